"""Taking a file in: streamed to a scratch file, judged, written to the store once, recorded."""

from __future__ import annotations

import hashlib
import io
import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO, BinaryIO, Protocol, cast

from django.core.files import File
from django.db import connection, transaction

from motcua.documents import queries
from motcua.documents.enums import Origin
from motcua.documents.errors import Empty, TooLarge
from motcua.documents.models import Blob, StoredFile
from motcua.documents.rules import addresses, content, names
from motcua.documents.rules.cards import FileCard
from motcua.documents.rules.limits import Limits
from motcua.kernel.actors import Actor
from motcua.kernel.ids import uuid7

_PIECE = 256 * 1024
_IN_MEMORY = 1024 * 1024


class Upload(Protocol):
    """Anything that can be read in pieces: Django's uploaded file, an open file."""

    def read(self, size: int, /) -> bytes: ...


def store(*, upload: Upload, name: str, actor: Actor, at: datetime, limits: Limits | None = None) -> FileCard:
    """Keep what somebody sent, if it is of a received type, whole, harmless and within the limit.

    `limits` are those of this kind of file, where it has its own. Reads no further than the limit. Raises
    Empty, TooLarge, TypeNotAllowed, TypeMismatch, Broken, Encrypted or ActiveContent; then nothing was kept.
    The same bytes are kept once, whoever sends them and however often.

    Basis: KT18-7.1.a#1, KT18-4.4, QN20-26.3.
    """
    limits = limits or queries.limits()
    safe = names.sanitise(name)
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as scratch:
        sha256, size = _copy(upload, scratch, safe, limits)
        file = cast(BinaryIO, scratch)
        checked = content.check(file, safe, limits)
        sent = _Sent(file, sha256, size, checked.name, checked.type.media_type, at, checked.pages)
        return _record([sent], Origin.UPLOADED, actor)[0]


@dataclass(frozen=True, slots=True)
class Made:
    """What the house itself made, to be kept as a file."""

    content: bytes
    name: str
    media_type: str
    at: datetime


def keep(*, content: bytes, name: str, media_type: str, actor: Actor, at: datetime) -> FileCard:
    """Keep what the house itself made, for example a slip. Not checked."""
    return keep_all(made=[Made(content, name, media_type, at)], actor=actor)[0]


def keep_all(*, made: Sequence[Made], actor: Actor) -> list[FileCard]:
    """The same for several files, all or none, in their order; as many queries as for one."""
    sent = [
        _Sent(
            io.BytesIO(each.content),
            hashlib.sha256(each.content).hexdigest(),
            len(each.content),
            names.sanitise(each.name),
            each.media_type,
            each.at,
        )
        for each in made
    ]
    return _record(sent, Origin.PRODUCED, actor)


@dataclass(frozen=True, slots=True)
class _Sent:
    file: BinaryIO
    sha256: str
    size: int
    name: str
    media_type: str
    at: datetime
    pages: int | None = None


def _copy(upload: Upload, scratch: IO[bytes], name: str, limits: Limits) -> tuple[str, int]:
    """Copy in pieces and stop at the first byte past the limit. Returns hash and size."""
    digest, size = hashlib.sha256(), 0
    while piece := upload.read(_PIECE):
        size += len(piece)
        if size > limits.max_bytes:
            raise TooLarge(name=name, limit=limits.size_text)
        digest.update(piece)
        scratch.write(piece)
    if size == 0:
        raise Empty(name=name)
    return digest.hexdigest(), size


def _record(sent: Sequence[_Sent], origin: Origin, actor: Actor) -> list[FileCard]:
    fresh = _send_ahead(sent)
    with transaction.atomic():
        lock_content({each.sha256 for each in sent})
        hashes = [each.sha256 for each in sent]
        known = set(Blob.objects.filter(pk__in=hashes).values_list("pk", flat=True))
        new = {each.sha256: each for each in sent if each.sha256 not in known}
        for each in new.values():
            if each.sha256 not in fresh:
                _send(each)
        Blob.objects.bulk_create(
            Blob(sha256=each.sha256, size=each.size, stored_at=each.at, pages=each.pages)
            for each in new.values()
        )
        rows = StoredFile.objects.bulk_create(
            StoredFile(
                id=uuid7(each.at),
                blob_id=each.sha256,
                name=each.name,
                media_type=each.media_type,
                origin=origin.value,
                actor_kind=actor.kind.value,
                actor_id=actor.id,
                at=each.at,
            )
            for each in sent
        )
    return [
        FileCard(str(row.pk), each.sha256, each.size, each.media_type, each.name, each.pages)
        for row, each in zip(rows, sent, strict=True)
    ]


def lock_content(hashes: Collection[str]) -> None:
    """Until the transaction ends nobody else writes or sweeps the bytes with these hashes.

    They are locked in one order, so that two who do this never wait for each other.
    """
    every = "SELECT pg_advisory_xact_lock(number) FROM unnest(%s::bigint[]) AS number"
    with connection.cursor() as cursor:
        cursor.execute(every, [addresses.lock_numbers(hashes)])


def _send_ahead(sent: Sequence[_Sent]) -> set[str]:
    """Bytes first, row second: a file without a row is swept later, a row without a file would be a loss.

    Sent before the transaction, which so waits for no network: fresh bytes are never swept. Answers what was
    sent now. Of what lay there no row may speak, and then it may be swept at this very moment: it is sent
    again under the lock, unless a row speaks of it then.
    """
    storage, fresh = queries.content_storage(), set()
    for each in sent:
        if each.sha256 not in fresh and not storage.exists(addresses.key_of(each.sha256)):
            _send(each)
            fresh.add(each.sha256)
    return fresh


def _send(sent: _Sent) -> None:
    sent.file.seek(0)
    queries.content_storage().save(addresses.key_of(sent.sha256), File(sent.file))
