"""Which characters a TrueType font can draw, read from the font itself."""

from __future__ import annotations

import struct


def drawn_by(font: bytes) -> frozenset[int]:
    """Code points that the font has a glyph for. Raises ValueError if this is no whole TrueType font."""
    try:
        table = _table(font, b"cmap")
        return frozenset(point for points in _subtables(table) for point in points)
    except (struct.error, IndexError) as error:
        raise ValueError(f"font cut off: {error}") from None


def _table(font: bytes, tag: bytes) -> bytes:
    if font[:4] not in (b"\x00\x01\x00\x00", b"true", b"OTTO"):
        raise ValueError("not a TrueType font")
    (count,) = struct.unpack_from(">H", font, 4)
    for index in range(count):
        name, _, offset, length = struct.unpack_from(">4sIII", font, 12 + 16 * index)
        if offset + length > len(font):
            raise ValueError("font cut off")
        if name == tag:
            return font[offset : offset + length]
    raise ValueError(f"font without {tag!r}")


def _subtables(cmap: bytes) -> list[set[int]]:
    (count,) = struct.unpack_from(">H", cmap, 2)
    found = []
    for index in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", cmap, 4 + 8 * index)
        if (platform, encoding) in {(0, 3), (0, 4), (3, 1), (3, 10)}:
            (form,) = struct.unpack_from(">H", cmap, offset)
            found.append(_format_12(cmap, offset) if form == 12 else _format_4(cmap, offset))
    return found


def _format_12(cmap: bytes, start: int) -> set[int]:
    (groups,) = struct.unpack_from(">I", cmap, start + 12)
    points: set[int] = set()
    for index in range(groups):
        first, last, glyph = struct.unpack_from(">III", cmap, start + 16 + 12 * index)
        points.update(point for point in range(first, last + 1) if glyph + point - first)
    return points


def _format_4(cmap: bytes, start: int) -> set[int]:
    form, _, _, doubled = struct.unpack_from(">HHHH", cmap, start)
    if form != 4:
        return set()
    segments = doubled // 2
    ends, starts = start + 14, start + 16 + doubled
    deltas, offsets = starts + doubled, starts + 2 * doubled
    points: set[int] = set()
    for index in range(segments):
        (last,) = struct.unpack_from(">H", cmap, ends + 2 * index)
        (first,) = struct.unpack_from(">H", cmap, starts + 2 * index)
        (delta,) = struct.unpack_from(">h", cmap, deltas + 2 * index)
        place = offsets + 2 * index
        (offset,) = struct.unpack_from(">H", cmap, place)
        for point in range(first, last + 1):
            glyph = point + delta
            if offset:
                (glyph,) = struct.unpack_from(">H", cmap, place + offset + 2 * (point - first))
            if glyph & 0xFFFF and point != 0xFFFF:
                points.add(point)
    return points
