"""Several pages as one file: shots of one paper, slips that are printed together."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from datetime import datetime

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, NumberObject, StreamObject

from motcua.documents import queries
from motcua.documents.enums import Origin
from motcua.documents.errors import Broken, Empty, TooLarge, TooManyPages
from motcua.documents.rules import content, names, pictures
from motcua.documents.rules.cards import FileCard
from motcua.documents.rules.limits import JPEG, PDF, Limits
from motcua.documents.services.storing import Upload, record
from motcua.kernel.actors import Actor

MOST_SHOTS = 30
_A4 = (595.28, 841.89)  # points
_COLOURS = {1: "/DeviceGray", 3: "/DeviceRGB"}


def pages_of(*, uploads: Sequence[Upload], name: str, actor: Actor, at: datetime) -> FileCard:
    """Keep photographs of the pages of one paper as one PDF, in their order.

    The pictures go in as they came, none is drawn anew; each fills its A4 page, upright as it was taken. All
    of them together are held to the limit of one file. Raises what `store` raises, and TooManyPages.
    """
    limits, safe = queries.limits(), names.sanitise(name)
    if not uploads:
        raise Empty(name=safe)
    if len(uploads) > MOST_SHOTS:
        raise TooManyPages(most=MOST_SHOTS)
    writer, left = PdfWriter(), limits.max_bytes
    for upload in uploads:
        shot = upload.read(left + 1)
        left -= len(shot)
        if left < 0:
            raise TooLarge(name=safe, limit=limits.size_text)
        _add_page(writer, shot, safe, limits)
    made = _bytes_of(writer)
    return record(
        io.BytesIO(made),
        hashlib.sha256(made).hexdigest(),
        len(made),
        name=f"{safe}.pdf",
        media_type=PDF.media_type,
        origin=Origin.UPLOADED,
        actor=actor,
        at=at,
    )


def one_after_another(file_ids: Sequence[str]) -> bytes:
    """Stored PDFs as one, to be printed in one go; nothing of it is kept. Raises NoSuchFile."""
    writer = PdfWriter()
    for file_id in file_ids:
        with queries.open_content(file_id) as stored:
            writer.append(io.BytesIO(stored.read()))
    return _bytes_of(writer)


def _add_page(writer: PdfWriter, shot: bytes, name: str, limits: Limits) -> None:
    if not shot:
        raise Empty(name=name)
    content.check(io.BytesIO(shot), f"{name}.jpg", Limits(limits.max_bytes, (JPEG,)))
    frame = pictures.frame_of(shot)
    if frame is None:
        raise Broken(name=name)
    lies = frame.width > frame.height
    width, height = (_A4[1], _A4[0]) if lies else _A4
    page = writer.add_blank_page(width, height)
    scale = min(width / frame.width, height / frame.height)
    drawn = (frame.width * scale, frame.height * scale)
    moved = ((width - drawn[0]) / 2, (height - drawn[1]) / 2)
    picture = StreamObject()
    picture.set_data(shot)
    picture.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Image"),
            NameObject("/Width"): NumberObject(frame.width),
            NameObject("/Height"): NumberObject(frame.height),
            NameObject("/ColorSpace"): NameObject(_COLOURS[frame.colours]),
            NameObject("/BitsPerComponent"): NumberObject(8),
            NameObject("/Filter"): NameObject("/DCTDecode"),
        }
    )
    drawing = DecodedStreamObject()
    at = f"{drawn[0]:.2f} 0 0 {drawn[1]:.2f} {moved[0]:.2f} {moved[1]:.2f}"
    drawing.set_data(f"q {at} cm /Shot Do Q".encode())
    shots = DictionaryObject({NameObject("/Shot"): writer._add_object(picture)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): shots})
    page[NameObject("/Contents")] = writer._add_object(drawing)
    if frame.turn:
        page.rotate(frame.turn)


def _bytes_of(writer: PdfWriter) -> bytes:
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()
