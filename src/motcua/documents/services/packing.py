"""Many stored files as one package, written while it is sent: nothing of it is ever whole in memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zipfile import ZipFile, ZipInfo

from motcua.documents import queries
from motcua.documents.errors import NoSuchFile
from motcua.documents.rules.cards import FileCard
from motcua.documents.rules.packing import Drawn
from motcua.documents.rules.wording import local

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_CHUNK = 64 * 1024
Packed = tuple[str, FileCard | Drawn]  # the path in the package, and the file

# Told the paths whose bytes could not be read; answers name and text of the list at the package's end.
Listing = Callable[[Sequence[str]], tuple[str, str]]


def pack(files: Sequence[Packed], *, listing: Listing, at: datetime) -> Iterator[bytes]:
    """The bytes of a ZIP with these files and a list of them, in pieces.

    Who may have each file was asked before. Papers are compressed already, so they are stored as they are.
    A file whose bytes are gone is left out and named to `listing`: half a package would tell nobody.
    """
    out, missing = _Outlet(), []
    with ZipFile(out, "w", zipfile.ZIP_STORED) as package:
        for path, card in files:
            try:
                content = io.BytesIO(card.content) if isinstance(card, Drawn) else queries.open_card(card)
            except NoSuchFile:
                missing.append(path)
                continue
            with content, package.open(_entry(path, card.size, at), "w") as entry:
                while piece := content.read(_CHUNK):
                    entry.write(piece)
                    yield from out.taken()
            yield from out.taken()
        name, text = listing(missing)
        content_of_list = ("\ufeff" + text).encode()
        package.writestr(_entry(name, len(content_of_list), at), content_of_list)
    yield from out.taken()


def _entry(path: str, size: int, at: datetime) -> ZipInfo:
    entry = ZipInfo(path, _clock(at))
    entry.file_size = size
    entry.external_attr = 0o600 << 16
    return entry


def _clock(at: datetime) -> tuple[int, int, int, int, int, int]:
    here = local(at)
    return here.year, here.month, here.day, here.hour, here.minute, here.second


class _Outlet:
    """What the package writes to: it can neither look back nor seek, and is emptied as it fills."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: ReadableBuffer) -> int:
        self._pieces.append(bytes(piece))
        return len(self._pieces[-1])

    def flush(self) -> None:
        """Nothing waits here."""

    def close(self) -> None:
        """Nothing is held."""

    def taken(self) -> Iterator[bytes]:
        """What was written since the last time."""
        pieces, self._pieces = self._pieces, []
        if pieces:
            yield b"".join(pieces)
