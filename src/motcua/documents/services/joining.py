"""Several pages become one paper: put in order, turned, joined to one PDF that is kept as one file."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import BinaryIO

from django.db import transaction
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NumberObject

from motcua.documents import queries
from motcua.documents.errors import Broken, JoinedTooLarge, NoPages, NoSuchFile, NotJoinable, Signed
from motcua.documents.rules.cards import FileCard
from motcua.documents.rules.content.pdf import UNREADABLE
from motcua.documents.rules.limits import PDF, PICTURES
from motcua.documents.rules.pages import Page, Pages, from_wire
from motcua.documents.services import pictures, trays
from motcua.documents.services.storing import keep
from motcua.kernel.actors import Actor

# How sharp pictures become, the best first; the next is tried when the whole is too large.
SHARPNESS = ((200, 80), (150, 65))  # dots per inch, JPEG quality
_LOOK = 64  # pixels: enough to see whether a picture can be decoded at all
_SIGNATURES_EXIST = 1


def count_pages(card: FileCard) -> int:
    """How many pages this file gives. Raises NotJoinable, Signed, TooManyPixels, Broken."""
    if card.media_type in PICTURES:
        with pictures.decoded(card, _LOOK):
            return 1
    if card.media_type != PDF.media_type:
        raise NotJoinable(name=card.name)
    with queries.open_card(card) as file:
        try:
            reader = PdfReader(file, strict=False)
            if _is_signed(reader, file):
                raise Signed(name=card.name)
            return len(reader.pages)
        except UNREADABLE:
            raise Broken(name=card.name) from None


def arrange(*, actor: Actor, purpose: str, change: Callable[[Pages], Pages], at: datetime) -> Pages:
    """Change the pages that lie ready for this purpose, one change after the other; answers what lies there.

    Lets the refusals of `change` through; then nothing was changed.
    """
    with transaction.atomic():
        changed = change(from_wire(trays.hold(actor=actor, purpose=purpose, at=at)))
        trays.lay(actor=actor, purpose=purpose, contents=changed.as_wire(), at=at)
    return changed


def join(*, pages: Sequence[Page], name: str, actor: Actor, at: datetime) -> FileCard:
    """One PDF of these pages, kept as a file of the actor. `name` is what it is called, without an extension.

    Pictures become sheets of A4 as sharp as print needs; when the whole is larger than a file may be, they
    are made again less sharp. Pages of a PDF stay as they are. Raises NoPages, JoinedTooLarge, and what
    `count_pages` raises.
    """
    if not pages:
        raise NoPages
    called = name.replace("/", "-").replace("\\", "-") + ".pdf"
    cards = queries.cards(tuple(dict.fromkeys(page.file_id for page in pages)))
    limits = queries.limits()
    for dots_per_inch, quality in SHARPNESS:
        content = _joined(pages, cards, dots_per_inch, quality)
        if len(content) <= limits.max_bytes:
            return keep(content=content, name=called, media_type=PDF.media_type, actor=actor, at=at)
    raise JoinedTooLarge(limit=limits.size_text)


def one_after_another(file_ids: Sequence[str]) -> bytes:
    """Stored PDFs as one, to be printed in one go; nothing of it is kept. Raises NoSuchFile."""
    writer, cards = PdfWriter(), queries.cards(tuple(file_ids))
    for file_id in file_ids:
        if file_id not in cards:
            raise NoSuchFile
        with queries.open_card(cards[file_id]) as stored:
            writer.append(io.BytesIO(stored.read()))
    return _written(writer)


def _joined(pages: Sequence[Page], cards: dict[str, FileCard], dots_per_inch: int, quality: int) -> bytes:
    writer = PdfWriter()
    readers: dict[str, PdfReader] = {}
    for page in pages:
        card = cards[page.file_id]
        if card.media_type in PICTURES:
            sheet = pictures.sheet(card, turn=page.turn, dots_per_inch=dots_per_inch, quality=quality)
            writer.append(io.BytesIO(sheet))
            continue
        try:
            reader = readers.get(card.id) or readers.setdefault(card.id, _reader(card))
            writer.add_page(reader.pages[page.number - 1]).rotate(page.turn)
        except UNREADABLE:
            raise Broken(name=card.name) from None
    return _written(writer)


def _written(writer: PdfWriter) -> bytes:
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _reader(card: FileCard) -> PdfReader:
    with queries.open_card(card) as file:
        return PdfReader(io.BytesIO(file.read()), strict=False)


def _is_signed(reader: PdfReader, file: BinaryIO) -> bool:
    """By its form, or by the range of bytes that every signature names, which is never compressed."""
    form = reader.root_object.get("/AcroForm")
    form = form.get_object() if form is not None else None
    if isinstance(form, DictionaryObject):
        flags = form.get("/SigFlags")
        if isinstance(flags, NumberObject) and int(flags) & _SIGNATURES_EXIST:
            return True
    file.seek(0)
    return b"/ByteRange" in file.read()
