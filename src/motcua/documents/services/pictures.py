"""Pictures and pages decoded: as large as a sheet needs, turned as they were held, one at a time."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from PIL import Image, ImageOps

from motcua.documents import queries
from motcua.documents.errors import Broken, NoSuchFile, TooManyPixels
from motcua.documents.models import Blob
from motcua.documents.rules.cards import FileCard
from motcua.documents.rules.limits import MOST_PIXELS, PDF, PICTURES
from motcua.documents.services.drawing import count, draw

THUMBNAIL = 320  # pixels of the longer side
_THUMBNAIL_QUALITY = 72
VIEW = 1800  # pixels of the longer side: small print of an A4 page can be read
_VIEW_QUALITY = 82
_SHEET = (8.27, 11.69)  # A4, in inches
# A picture may fill a few hundred megabytes while it is decoded: one at a time in each process.
_one_at_a_time = threading.Lock()


def thumbnail(card: FileCard, *, number: int = 1, turn: int = 0, for_office: bool = False) -> bytes:
    """A small JPEG of one page of a picture or PDF, turned clockwise, for an applicant or for an officer.

    Raises what `view` raises.
    """
    picture = _page(card, number, THUMBNAIL, for_office=for_office)
    picture.thumbnail((THUMBNAIL, THUMBNAIL))
    return _jpeg(_turned(picture, turn), _THUMBNAIL_QUALITY)


def view(card: FileCard, *, number: int = 1) -> bytes:
    """A JPEG of one page of a picture or PDF, large enough to read it, for an officer.

    Raises NoSuchFile for other files and for pages that are not there, NotDrawn for those that take too
    long, DrawingBusy if too many are drawn now, Broken and TooManyPixels for pictures.
    """
    return _jpeg(_page(card, number, VIEW, for_office=True), _VIEW_QUALITY)


def count_shown(card: FileCard) -> int:
    """How many pages of this file `view` can show; 0 if it has none that can be looked at here.

    A PDF that was not counted when it was sent in is counted when it is first looked at, apart and within the
    limits of a drawing; that it could not be is kept as well. Raises DrawingBusy, NotDrawn, NoSuchFile: then
    nothing is kept.
    """
    if card.media_type in PICTURES:
        return 1
    if card.media_type != PDF.media_type:
        return 0
    return card.pages if card.pages is not None else _counted(card)


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
        raise TooManyPixels(name=card.name)  # taken before such pictures were refused
    picture.draft("RGB", (longest, longest))  # a JPEG is decoded smaller at once
    upright = ImageOps.exif_transpose(picture)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        upright = Image.alpha_composite(
            Image.new("RGBA", upright.size, "white"), upright.convert("RGBA")
        )  # what shows through shows paper
    upright = upright.convert("RGB")
    upright.thumbnail((longest, longest), reducing_gap=2)
    return upright


def _page(card: FileCard, number: int, longest: int, *, for_office: bool) -> Image.Image:
    if card.media_type == PDF.media_type:
        return draw(card, number, longest, for_office=for_office)
    if card.media_type not in PICTURES or number != 1:
        raise NoSuchFile
    with decoded(card, longest) as found:
        return found.copy()


def _counted(card: FileCard) -> int:
    pages = count(card)
    Blob.objects.filter(pk=card.sha256).update(pages=pages)
    return pages


def _turned(picture: Image.Image, turn: int) -> Image.Image:
    """Clockwise, as people turn a sheet; the library turns the other way."""
    return picture.rotate(-turn, expand=True) if turn % 360 else picture


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=quality, optimize=True)
    return target.getvalue()
