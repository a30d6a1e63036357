"""Taking a file in: streamed to a scratch file, judged, written to the store once, recorded."""

from __future__ import annotations

import hashlib
import io
import tempfile
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
        return record(
            file, sha256, size, name=checked.name, media_type=checked.type.media_type,
            origin=Origin.UPLOADED, actor=actor, at=at, pages=checked.pages,
        )  # fmt: skip


def keep(*, content: bytes, name: str, media_type: str, actor: Actor, at: datetime) -> FileCard:
    """Keep what the house itself made, for example a slip. Not checked."""
    sha256 = hashlib.sha256(content).hexdigest()
    return record(
        io.BytesIO(content), sha256, len(content), name=names.sanitise(name), media_type=media_type,
        origin=Origin.PRODUCED, actor=actor, at=at,
    )  # fmt: skip


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


def record(
    file: BinaryIO, sha256: str, size: int, *, name: str, media_type: str, origin: Origin, actor: Actor,
    at: datetime, pages: int | None = None,
) -> FileCard:  # fmt: skip
    lies_there = _send_ahead(file, sha256)
    with transaction.atomic():
        lock_content(sha256)
        if not Blob.objects.filter(pk=sha256).exists():
            if not lies_there:
                _send(file, sha256)
            Blob.objects.create(sha256=sha256, size=size, stored_at=at, pages=pages)
        row = StoredFile.objects.create(
            id=uuid7(at), blob_id=sha256, name=name, media_type=media_type, origin=origin.value,
            actor_kind=actor.kind.value, actor_id=actor.id, at=at,
        )  # fmt: skip
    return FileCard(str(row.pk), sha256, size, media_type, name, pages)


def lock_content(sha256: str) -> None:
    """Until the transaction ends nobody else writes or sweeps these bytes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [addresses.lock_number(sha256)])


def _send_ahead(file: BinaryIO, sha256: str) -> bool:
    """Bytes first, row second: a file without a row is swept later, a row without a file would be a loss.

    Sent before the transaction, which so waits for no network: fresh bytes are never swept. False if bytes
    lie there of which no row speaks: they may be swept at this very moment, so they are sent again under the
    lock, unless somebody else has recorded them by then.
    """
    is_known = Blob.objects.filter(pk=sha256).exists()
    lies_there = queries.content_storage().exists(addresses.key_of(sha256))
    if not lies_there:
        _send(file, sha256)
    return is_known or not lies_there


def _send(file: BinaryIO, sha256: str) -> None:
    file.seek(0)
    queries.content_storage().save(addresses.key_of(sha256), File(file))
