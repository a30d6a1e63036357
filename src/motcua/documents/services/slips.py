"""Printing a slip of the one-stop desk and keeping it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime, time

from openpyxl import Workbook

from motcua.documents import queries
from motcua.documents.enums import SlipKind
from motcua.documents.errors import NoSuchForm
from motcua.documents.rules import acknowledgement, register, routing, samples, slips, wording
from motcua.documents.rules.cards import FileCard
from motcua.documents.rules.forms import FormSet
from motcua.documents.rules.limits import PDF
from motcua.documents.services import rendering
from motcua.documents.services.cells import moment_cell, text_cell
from motcua.documents.services.storing import Made, keep_all
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.dates import ZONE


def render_slips(
    *, several: Sequence[tuple[SlipKind, slips.AnySlip]], actor: Actor = SYSTEM
) -> list[FileCard]:
    """Set the slips as PDF/A and keep them as of their issue, in their order; as many queries as for one.
    The same data gives the same bytes, kept once.

    One is set after the other, before the transaction that keeps them all. Raises ValueError if one is not of
    its kind, FontsMissing if the slips' own fonts are not there.
    """
    made = []
    for kind, data in several:
        if slips.kind_of(data) is not kind:
            raise ValueError(f"{type(data).__name__} is not a {kind}")
        name = slips.file_name(data, queries.forms_on(data.issued_at).named(kind))
        made.append(Made(rendering.pdf(data), name, PDF.media_type, data.issued_at))
    return keep_all(made=made, actor=actor)


def render_routing_slip(slip: routing.RoutingSlip) -> bytes:
    """The routing slip as PDF/A. It is printed anew each time, from the events up to then, and not kept."""
    return rendering.routing_pdf(slip)


def render_acknowledgement(slip: acknowledgement.Acknowledgement) -> bytes:
    """The acknowledgement of what was sent online as PDF/A, drawn anew each time and not kept."""
    return rendering.acknowledgement_pdf(slip)


def render_register(book: register.Register) -> bytes:
    """Pages of the register as PDF/A, printed anew each time."""
    return rendering.register_pdf(book)


def register_workbook(book: register.Register) -> bytes:
    """The same pages as a spreadsheet: moments can be sorted, all else is text and never a formula."""
    workbook = Workbook(write_only=True)
    page = workbook.create_sheet("So theo doi")
    page.append([f"{book.desk}, {book.agency}"])
    period = f"Từ {wording.date_words(book.first)} đến {wording.date_words(book.last)}"
    page.append([f"Quyển số: {book.book}. {period}"])
    page.append([*register.HEADINGS, register.CAME])
    for count, line in enumerate(book.lines, start=1):
        row = [text_cell(page, text) for text in register.cells(line, count)]
        for heading, at in register.moments(line).items():
            row[register.HEADINGS.index(heading)] = moment_cell(page, at)
        row.append(moment_cell(page, line.came_at) if line.came_at else text_cell(page, ""))
        page.append(row)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def preview_slip(data: slips.AnySlip) -> bytes:
    """The slip as PDF to look at; nothing is kept."""
    return rendering.pdf(data)


def sample_form(*, form_set: FormSet, kind: str, place: str, hotline: str) -> bytes:
    """A form of this set as PDF, with sample facts and marked as a sample; nothing is kept.

    It is dated on the first day of the set. Raises NoSuchForm for what the set does not have.
    """
    if kind not in form_set.forms:
        raise NoSuchForm()
    at = datetime.combine(form_set.valid_from, time(9), ZONE)
    if kind == samples.ROUTING_SLIP:
        return rendering.routing_pdf(samples.routing_slip(at, place=place))
    if kind == samples.REGISTER:
        return rendering.register_pdf(samples.register_page(at, place=place))
    return rendering.pdf(samples.slip(SlipKind(kind), at, place=place, hotline=hotline))
