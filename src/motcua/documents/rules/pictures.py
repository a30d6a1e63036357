"""What must be known of a JPEG to lay it on a page: its size, its colours, and which way up it is."""

from __future__ import annotations

from dataclasses import dataclass

_START_OF_FRAME = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
_EXIF, _ORIENTATION = b"Exif\x00\x00", 0x0112
_TURNS = {3: 180, 6: 90, 8: 270}  # what a camera notes of how it was held; mirrored pictures are left so


@dataclass(frozen=True, slots=True)
class Frame:
    """`turn`: by how many degrees clockwise the picture is turned when it is shown."""

    width: int
    height: int
    colours: int
    turn: int = 0


def frame_of(jpeg: bytes) -> Frame | None:
    """The frame of a JPEG; None where there is none, or colours that a page does not take as they are."""
    place, turn = 2, 0
    while place + 4 <= len(jpeg) and jpeg[place] == 0xFF:
        marker = jpeg[place + 1]
        if marker == 0xFF or marker in _ALONE:
            place += 1 if marker == 0xFF else 2
            continue
        length = int.from_bytes(jpeg[place + 2 : place + 4], "big")
        body = jpeg[place + 4 : place + 2 + length]
        if marker == 0xE1 and body.startswith(_EXIF):
            turn = _turn(body[len(_EXIF) :])
        if marker in _START_OF_FRAME:
            height, width = int.from_bytes(body[1:3], "big"), int.from_bytes(body[3:5], "big")
            known = len(body) > 5 and body[5] in (1, 3) and width and height
            return Frame(width, height, body[5], turn) if known else None
        place += 2 + length
    return None


def _turn(tiff: bytes) -> int:
    order = {b"II": "little", b"MM": "big"}.get(tiff[:2])
    if order is None or len(tiff) < 8:
        return 0
    little = order == "little"

    def number(at: int, length: int) -> int:
        return int.from_bytes(tiff[at : at + length], "little" if little else "big")

    start = number(4, 4)
    for entry in range(number(start, 2) if start + 2 <= len(tiff) else 0):
        at = start + 2 + 12 * entry
        if at + 12 > len(tiff):
            return 0
        if number(at, 2) == _ORIENTATION:
            return _TURNS.get(number(at + 8, 2), 0)
    return 0
