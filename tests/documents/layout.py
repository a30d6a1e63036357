"""Where each piece of text of a printed page lies, and which upright lines are drawn there.

Reading a PDF's text cannot see that two words lie over each other. Here the page is read as it is drawn: what
typst sets in one go is one piece, its width comes from the font in the file. Points from the lower left.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pikepdf

RISE, FALL = 0.66, 0.2  # of the size: a letter's body; marks above a capital may touch the line above
CLOSING = ".,;:)”…"  # may follow a bold word at once
KERNED = 0.15  # of the size: as far as letters are drawn together
GRACE = 0.35  # points: rounding, and the hair of a line

Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text on one page."""

    page: int
    text: str
    left: float
    right: float
    size: float
    base: float
    bottom: float
    top: float


@dataclass(frozen=True, slots=True)
class Upright:
    """A vertical line on one page: the edge of a column."""

    page: int
    x: float
    bottom: float
    top: float


@dataclass(frozen=True, slots=True)
class Layout:
    """All that is drawn, by page; `widths` are those of the pages."""

    pieces: tuple[Piece, ...]
    uprights: tuple[Upright, ...]
    widths: tuple[float, ...]


def layout_of(content: bytes) -> Layout:
    pieces: list[Piece] = []
    uprights: list[Upright] = []
    with pikepdf.open(io.BytesIO(content)) as document:
        for number, page in enumerate(document.pages):
            for found in _Reader(number, page).run():
                if isinstance(found, Piece):
                    pieces.append(found)
                else:
                    uprights.append(found)
        widths = tuple(float(page.mediabox[2]) for page in document.pages)
    return Layout(tuple(pieces), tuple(uprights), widths)


def faults_of(content: bytes, margin: float) -> list[str]:
    """What no reader could read: texts over or into each other, over the edge of a column, off the sheet."""
    drawn = layout_of(content)
    return [*_overlaps(drawn.pieces), *_joints(drawn.pieces), *_crossings(drawn), *_strays(drawn, margin)]


def _overlaps(pieces: tuple[Piece, ...]) -> Iterator[str]:
    rows = sorted((p for p in pieces if p.text.strip()), key=lambda p: (p.page, p.bottom))
    for index, one in enumerate(rows):
        for other in rows[index + 1 :]:
            if other.page != one.page or other.bottom >= one.top - GRACE:
                break
            shared = min(one.right, other.right) - max(one.left, other.left)
            if shared > KERNED * min(one.size, other.size):
                yield f"page {one.page + 1}: “{one.text}” lies over “{other.text}”"


def _joints(pieces: tuple[Piece, ...]) -> Iterator[str]:
    """Two pieces of different size side by side with nothing between them: no word goes on so."""
    lines: dict[tuple[int, float], list[Piece]] = {}
    for piece in pieces:
        lines.setdefault((piece.page, round(piece.base, 1)), []).append(piece)
    for line in lines.values():
        line.sort(key=lambda piece: piece.left)
        for one, other in pairwise(line):
            is_spaced = one.text[-1:].isspace() or other.text[:1].isspace() or other.text[:1] in CLOSING
            if not is_spaced and one.size != other.size and abs(other.left - one.right) < GRACE:
                yield f"page {one.page + 1}: “{one.text}” runs into “{other.text}”"


def _crossings(drawn: Layout) -> Iterator[str]:
    for piece in drawn.pieces:
        middle = (piece.bottom + piece.top) / 2
        for line in drawn.uprights:
            is_beside = line.page == piece.page and line.bottom < middle < line.top
            if is_beside and piece.left + GRACE < line.x < piece.right - GRACE:
                yield f"page {piece.page + 1}: “{piece.text}” leaves its column"


def _inked(piece: Piece) -> float:
    """Where its letters end: a blank at the end of a line hangs into the margin."""
    blanks = len(piece.text) - len(piece.text.rstrip())
    return piece.right - (piece.right - piece.left) * blanks / len(piece.text)


def _strays(drawn: Layout, margin: float) -> Iterator[str]:
    for piece in drawn.pieces:
        if piece.left < margin - GRACE or _inked(piece) > drawn.widths[piece.page] - margin + GRACE:
            yield f"page {piece.page + 1}: “{piece.text}” runs off the sheet"


class _Reader:
    """Follows the operators of one page that place text or draw a line."""

    def __init__(self, number: int, page: pikepdf.Page) -> None:
        self.number = number
        self.page = page
        self.fonts = {str(name): _Font(font) for name, font in page.resources.get("/Font", {}).items()}
        self.matrix: Matrix = (1, 0, 0, 1, 0, 0)
        self.kept: list[Matrix] = []
        self.font, self.size, self.at = None, 0.0, (0.0, 0.0)
        self.start = (0.0, 0.0)

    def run(self) -> Iterator[Piece | Upright]:
        for step in pikepdf.parse_content_stream(self.page):
            found = self._step(str(step.operator), list(step.operands))
            if found is not None:
                yield found

    def _step(self, operator: str, given: list[Any]) -> Piece | Upright | None:
        match operator:
            case "q":
                self.kept.append(self.matrix)
            case "Q":
                self.matrix = self.kept.pop()
            case "cm":
                self.matrix = _times(tuple(float(each) for each in given), self.matrix)
            case "Tf":
                self.font, self.size = self.fonts[str(given[0])], float(given[1])
            case "Tm":
                self.at = (float(given[4]), float(given[5]))
            case "TJ" | "Tj":
                return self._piece(given[0] if operator == "TJ" else [given[0]])
            case "m":
                self.start = _point(self.matrix, float(given[0]), float(given[1]))
            case "l":
                return self._line(_point(self.matrix, float(given[0]), float(given[1])))
        return None

    def _piece(self, parts: Any) -> Piece:
        assert self.font is not None
        text, width, inked = "", 0.0, 0.0
        for part in parts:
            if not isinstance(part, pikepdf.String):
                width -= float(part)
                continue
            for said, wide in self.font.read(bytes(part)):
                text, width = text + said, width + wide
                inked = inked if said.isspace() else width
        left, base = _point(self.matrix, *self.at)
        right = left + inked / 1000 * self.size * abs(self.matrix[0])
        bottom, top = base - FALL * self.size, base + RISE * self.size
        return Piece(self.number, text, left, right, self.size, base, bottom, top)

    def _line(self, end: tuple[float, float]) -> Upright | None:
        (x, bottom), (other, top) = self.start, end
        if abs(x - other) > 0.01:
            return None
        return Upright(self.number, x, min(bottom, top), max(bottom, top))


class _Font:
    """Widths and characters of a composite font with two bytes a glyph."""

    def __init__(self, font: pikepdf.Object) -> None:
        inner = font.DescendantFonts[0]
        self.default = float(inner.get("/DW", 1000))
        self.widths = dict(_widths(list(inner.get("/W", []))))
        self.characters = dict(_characters(font.ToUnicode.read_bytes().decode("ascii")))

    def read(self, data: bytes) -> Iterator[tuple[str, float]]:
        """Character and width of each glyph."""
        for at in range(0, len(data), 2):
            glyph = int.from_bytes(data[at : at + 2])
            yield self.characters.get(glyph, ""), self.widths.get(glyph, self.default)


def _widths(listed: list[Any]) -> Iterator[tuple[int, float]]:
    """`first [w w w]` or `first last w`."""
    at = 0
    while at < len(listed):
        first, then = int(listed[at]), listed[at + 1]
        if isinstance(then, pikepdf.Array):
            yield from ((first + more, float(width)) for more, width in enumerate(list(then)))
            at += 2
        else:
            yield from ((glyph, float(listed[at + 2])) for glyph in range(first, int(then) + 1))
            at += 3


def _characters(cmap: str) -> Iterator[tuple[int, str]]:
    """The lines `<0001> <0053>` of a map to Unicode."""
    for line in cmap.splitlines():
        words = line.split()
        if len(words) == 2 and all(word.startswith("<") for word in words):
            yield int(words[0][1:-1], 16), bytes.fromhex(words[1][1:-1]).decode("utf-16-be")


def _times(one: Any, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    x, y = _point(other, e, f)
    return (
        a * other[0] + b * other[2],
        a * other[1] + b * other[3],
        c * other[0] + d * other[2],
        c * other[1] + d * other[3],
        x,
        y,
    )


def _point(by: Matrix, x: float, y: float) -> tuple[float, float]:
    return x * by[0] + y * by[2] + by[4], x * by[1] + y * by[3] + by[5]
