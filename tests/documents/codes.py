"""Reading the QR code off a printed paper: squares from the strokes of the PDF, text from the squares."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pypdf
from segno import consts

Squares = list[list[bool]]
_CODE = re.compile(r"((?:[-\d.]+\s[-\d.]+\s[ml]\s+){100,})")  # no other drawing has as many strokes at once
_MASKS = (
    lambda row, column: (row + column) % 2 == 0,
    lambda row, column: row % 2 == 0,
    lambda row, column: column % 3 == 0,
    lambda row, column: (row + column) % 3 == 0,
    lambda row, column: (row // 2 + column // 3) % 2 == 0,
    lambda row, column: row * column % 2 + row * column % 3 == 0,
    lambda row, column: (row * column % 2 + row * column % 3) % 2 == 0,
    lambda row, column: ((row + column) % 2 + row * column % 3) % 2 == 0,
)


def read_off(pdf: bytes) -> str:
    """What a telephone reads off the first page that bears a code. Codes of level M in bytes, as ours are."""
    return _text(squares_on(pdf))


def squares_on(pdf: bytes) -> Squares:
    """The dark squares of the first code that is drawn; fails where there is none."""
    for page in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        contents = page.get_contents()
        drawn = _CODE.search(contents.get_data().decode("latin-1")) if contents is not None else None
        if drawn:
            return _squares(drawn[1])
    raise AssertionError("no code on the paper")


def _squares(strokes: str) -> Squares:
    """Strokes one unit high: `m` is where one begins, `l` where it ends."""
    moves = [(float(x), float(y), verb) for x, y, verb in re.findall(r"([-\d.]+) ([-\d.]+) ([ml])", strokes)]
    size = int(max(y for _, y, _ in moves) + 0.5)
    squares, begun = [[False] * size for _ in range(size)], 0
    for x, y, verb in moves:
        if verb == "l":
            squares[int(y)][begun : int(x)] = [True] * (int(x) - begun)
        begun = int(x)
    return squares


def _text(squares: Squares) -> str:
    size = len(squares)
    version = (size - 17) // 4
    # The number of the mask stands beside the upper left corner, itself masked.
    mask = _MASKS[4 * squares[8][2] + 2 * squares[8][3] + squares[8][4] ^ 0b101]
    bits = [squares[row][column] ^ mask(row, column) for row, column in _way(size, version)]
    words = [
        int("".join("01"[bit] for bit in bits[at : at + 8]), 2) for at in range(0, len(bits) // 8 * 8, 8)
    ]
    stream = "".join(f"{word:08b}" for word in _in_order(words, version))
    assert stream[:4] == "0100", "not in bytes"
    wide = 16 if version > 9 else 8
    count = int(stream[4 : 4 + wide], 2)
    at = 4 + wide
    return bytes(int(stream[at + 8 * each : at + 8 * each + 8], 2) for each in range(count)).decode()


def _way(size: int, version: int) -> Iterator[tuple[int, int]]:
    """The squares that hold data, up and down in pairs of columns from the lower right."""
    up = True
    for right in [*range(size - 1, 6, -2), 5, 3, 1]:
        for row in range(size - 1, -1, -1) if up else range(size):
            yield from ((row, col) for col in (right, right - 1) if not _is_fixed(row, col, size, version))
        up = not up


def _is_fixed(row: int, column: int, size: int, version: int) -> bool:
    far = size - 8
    if 6 in (row, column) or (row < 9 and (column < 9 or column >= far)) or (row >= far and column < 9):
        return True
    if version > 6 and ((row < 6 and column >= size - 11) or (column < 6 and row >= size - 11)):
        return True
    places = consts.ALIGNMENT_POS[version - 2] if version > 1 else ()
    corners = {(6, 6), (6, size - 7), (size - 7, 6)}
    return any(
        abs(row - down) < 3 and abs(column - along) < 3
        for down in places
        for along in places
        if (down, along) not in corners
    )


def _in_order(words: list[int], version: int) -> Iterator[int]:
    """The data words block by block, as they were before they were interleaved."""
    lengths = [
        info.num_data for info in consts.ECC[version][consts.ERROR_LEVEL_M] for _ in range(info.num_blocks)
    ]
    blocks: list[list[int]] = [[] for _ in lengths]
    given = iter(words)
    for place in range(max(lengths)):
        for block, length in zip(blocks, lengths, strict=True):
            if place < length:
                block.append(next(given))
    for block in blocks:
        yield from block
