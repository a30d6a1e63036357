"""Clearing the store of bytes that no row speaks of: left by transactions that were rolled back, or of files
that were thrown away."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from django.core.files.storage import Storage
from django.db import transaction

from motcua.documents import queries
from motcua.documents.enums import Origin
from motcua.documents.models import Blob, StoredFile
from motcua.documents.rules import addresses
from motcua.documents.services.folder import INCOMING
from motcua.documents.services.storing import lock_content

GRACE = timedelta(days=1)  # longer than any transaction lives
YOUNG = timedelta(hours=1)  # bytes that may be on their way to their row, whatever grace is asked for


def sweep(*, at: datetime, grace: timedelta = GRACE) -> int:
    """Delete bytes older than `grace` without a row, and files that never finished arriving.

    Each is looked at again under its lock, its row and its age, so that a file that is being sent at this
    moment is never lost. The lock holds up nobody but who sends the same bytes. Returns how many were
    deleted. Anything else that lies in the store is left alone.
    """
    storage, before = queries.content_storage(), at - max(grace, YOUNG)
    return sum(_sweep_one(storage, key, before) for key in list(_old_keys(storage, before)))


@transaction.atomic
def throw_away(file_ids: Collection[str]) -> None:
    """Forget files that the house made and nobody needs any more. The database refuses one that something
    still points to, and what somebody sent is never thrown away.

    Their bytes go with the next sweep, unless another file has the same.
    """
    rows = StoredFile.objects.filter(pk__in=file_ids, origin=Origin.PRODUCED.value)
    hashes = set(rows.values_list("blob_id", flat=True))
    lock_content(hashes)
    rows.delete()
    Blob.objects.filter(pk__in=hashes, files__isnull=True).delete()


def _sweep_one(storage: Storage, key: str, before: datetime) -> bool:
    sha256 = addresses.sha256_of(key)
    if sha256 is None:  # an unfinished file: nobody can be about to need it
        storage.delete(key)
        return True
    with transaction.atomic():
        lock_content([sha256])
        if Blob.objects.filter(pk=sha256).exists() or not _is_old(storage, key, before):
            return False
        storage.delete(key)
        return True


def _is_old(storage: Storage, key: str, before: datetime) -> bool:
    """False also for what has gone meanwhile: whoever sends it anew sends it before the lock."""
    return storage.exists(key) and storage.get_modified_time(key) < before


def _old_keys(storage: Storage, before: datetime) -> Iterator[str]:
    for key in _keys(storage):
        is_ours = addresses.sha256_of(key) is not None or key.rsplit("/", 1)[-1].startswith(INCOMING)
        if is_ours and storage.get_modified_time(key) < before:
            yield key


def _keys(storage: Storage) -> Iterator[str]:
    try:
        tops = storage.listdir("")[0]
    except FileNotFoundError:  # nothing was ever stored
        return
    for top in sorted(tops):
        for second in sorted(storage.listdir(top)[0]):
            folder = f"{top}/{second}"
            for name in sorted(storage.listdir(folder)[1]):
                yield f"{folder}/{name}"
