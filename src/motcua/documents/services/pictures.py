"""Pictures and pages decoded: as large as a sheet needs, turned as they were held, one at a time."""

from __future__ import annotations

import io
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

import typst
from PIL import Image, ImageOps

from motcua.documents import queries
from motcua.documents.errors import Broken, NoSuchFile, TooManyPixels
from motcua.documents.rules.cards import FileCard
from motcua.documents.rules.limits import JPEG, PDF, PNG

PICTURES = (JPEG.media_type, PNG.media_type)
MOST_PIXELS: Final = {JPEG.media_type: 64_000_000, PNG.media_type: 40_000_000}  # a JPEG is decoded smaller
THUMBNAIL = 320  # pixels of the longer side
_THUMBNAIL_QUALITY = 72
_SHEET = (8.27, 11.69)  # A4, in inches
_PAGE = '#set page(width: auto, height: auto, margin: 0pt)\n#image("paper.pdf", page: {number}, width: 160pt)'
# A picture may fill a few hundred megabytes while it is decoded: one at a time in each process.
_one_at_a_time = threading.Lock()


def thumbnail(card: FileCard, *, number: int = 1, turn: int = 0) -> bytes:
    """A small JPEG of one page of a picture or PDF, turned clockwise. Raises NoSuchFile for other files and
    for pages that are not there or cannot be drawn.
    """
    if card.media_type == PDF.media_type:
        picture = _drawn(card, number)
    elif card.media_type in PICTURES and number == 1:
        with decoded(card, THUMBNAIL) as found:
            picture = found.copy()
    else:
        raise NoSuchFile
    picture.thumbnail((THUMBNAIL, THUMBNAIL))
    return _jpeg(_turned(picture, turn), _THUMBNAIL_QUALITY)


def sheet(card: FileCard, *, turn: int, dots_per_inch: int, quality: int) -> bytes:
    """A picture as a PDF of one page that fits on A4, lying or standing. Raises Broken, TooManyPixels."""
    longest = round(_SHEET[1] * dots_per_inch)
    target = io.BytesIO()
    with decoded(card, longest) as picture:
        page = _turned(picture, turn)
        across, down = _SHEET if page.height >= page.width else reversed(_SHEET)
        resolution = max(page.width / across, page.height / down)
        page.save(target, "PDF", resolution=resolution, quality=quality)
    return target.getvalue()


@contextmanager
def decoded(card: FileCard, longest: int) -> Iterator[Image.Image]:
    """The picture on white, upright as it was held, its longer side at most so many pixels.

    Raises Broken, TooManyPixels.
    """
    with _one_at_a_time, queries.open_card(card) as file:
        try:
            yield _read(file, card, longest)
        except (OSError, ValueError, SyntaxError, ArithmeticError, EOFError, Image.DecompressionBombError):
            raise Broken(name=card.name) from None


def _read(file: BinaryIO, card: FileCard, longest: int) -> Image.Image:
    picture: Image.Image = Image.open(file, formats=("JPEG", "PNG"))
    if picture.width * picture.height > MOST_PIXELS[card.media_type]:
        raise TooManyPixels(name=card.name)
    picture.draft("RGB", (longest, longest))  # a JPEG is decoded smaller at once
    upright = ImageOps.exif_transpose(picture)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        upright = Image.alpha_composite(
            Image.new("RGBA", upright.size, "white"), upright.convert("RGBA")
        )  # what shows through shows paper
    upright = upright.convert("RGB")
    upright.thumbnail((longest, longest), reducing_gap=2)
    return upright


def _turned(picture: Image.Image, turn: int) -> Image.Image:
    """Clockwise, as people turn a sheet; the library turns the other way."""
    return picture.rotate(-turn, expand=True) if turn % 360 else picture


def _drawn(card: FileCard, number: int) -> Image.Image:
    with tempfile.TemporaryDirectory() as folder, queries.open_card(card) as file:
        place = Path(folder)
        place.joinpath("paper.pdf").write_bytes(file.read())
        source = place / "page.typ"
        source.write_text(_PAGE.format(number=int(number)), encoding="utf-8")
        try:
            png = typst.compile(str(source), root=folder, format="png", ppi=144)
        except typst.TypstError:
            raise NoSuchFile from None
    if not isinstance(png, bytes):
        raise NoSuchFile
    return Image.open(io.BytesIO(png)).convert("RGB")


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=quality, optimize=True)
    return target.getvalue()
