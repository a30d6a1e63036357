"""JPEG and PNG: whole files with sane dimensions. Pixels are not decoded."""

from __future__ import annotations

import zlib
from typing import BinaryIO

from motcua.documents.rules.content.faults import Fault, broken, large
from motcua.documents.rules.limits import JPEG, MOST_PIXELS, PNG, FileType

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_LONGEST_CHUNK = 64 * 1024 * 1024
_START_OF_FRAME = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})  # JPEG markers without a length
_TAIL = 64 * 1024


def png_fault(file: BinaryIO) -> Fault | None:
    """Every chunk is there with its right checksum, from the header to the end mark."""
    file.seek(len(PNG_SIGNATURE))
    seen: set[bytes] = set()
    while True:
        head = file.read(8)
        length, kind = int.from_bytes(head[:4], "big"), head[4:]
        if len(head) < 8 or length > _LONGEST_CHUNK:
            return broken("PNG ends before its end mark")
        if not seen and (kind != b"IHDR" or length != 13):
            return broken("PNG does not start with its header")
        body = file.read(length)
        if file.read(4) != zlib.crc32(kind + body).to_bytes(4, "big"):
            return broken(f"PNG chunk {kind!r} has a wrong checksum")
        if kind == b"IHDR" and (fault := _size_fault(PNG, body[:4], body[4:8])):
            return fault
        if kind == b"IEND":
            return None if b"IDAT" in seen else broken("PNG without a picture")
        seen.add(kind)


def jpeg_fault(file: BinaryIO) -> Fault | None:
    """The segments lead to a frame with dimensions and to a scan, and the end mark is there."""
    file.seek(2)
    has_frame = False
    while True:
        marker = _next_marker(file)
        if marker is None:
            return broken("JPEG ends before its picture")
        if marker in _ALONE:
            continue
        length = int.from_bytes(file.read(2), "big")
        if length < 2:
            return broken("JPEG segment without a length")
        body = file.read(length - 2)
        if len(body) != length - 2:
            return broken("JPEG segment cut off")
        if marker in _START_OF_FRAME:
            if fault := _size_fault(JPEG, body[1:3], body[3:5]):
                return fault
            has_frame = True
        if marker == 0xDA:
            return _end_fault(file) if has_frame else broken("JPEG scan without a frame")


def _next_marker(file: BinaryIO) -> int | None:
    if file.read(1) != b"\xff":
        return None
    marker = b"\xff"
    while marker == b"\xff":  # fill bytes
        marker = file.read(1)
    return marker[0] if marker else None


def _end_fault(file: BinaryIO) -> Fault | None:
    """Phones add data after the end mark, so it is looked for in the whole tail."""
    start = file.tell()
    end = file.seek(0, 2)
    file.seek(max(start, end - _TAIL))
    return None if b"\xff\xd9" in file.read(_TAIL) else broken("JPEG without its end mark")


def _size_fault(kind: FileType, first: bytes, second: bytes) -> Fault | None:
    pixels = int.from_bytes(first, "big") * int.from_bytes(second, "big")
    if pixels == 0:
        return broken("picture without a size")
    return large("picture of too many pixels") if pixels > MOST_PIXELS[kind.media_type] else None
