"""The register of a desk on the screen, on paper and as a spreadsheet, for those who may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from motcua.agencies import queries as agencies
from motcua.agencies.rules.cards import AgencyCard
from motcua.audit import services as audit
from motcua.documents import services as documents
from motcua.documents.rules.register import Line, Register
from motcua.dossiers import labels, policy, queries
from motcua.dossiers.errors import PeriodNotUsable, TooManyLines
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden

PDF_LINES = 500
WORKBOOK_LINES = 5000


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """One page of the register; `next_cursor` asks for the page after it, None at the end."""

    lines: tuple[Line, ...]
    next_cursor: str | None


def register_of(
    *,
    actor: Actor,
    at: datetime,
    desk_unit_id: int,
    first: date,
    last: date,
    after: str | None = None,
    limit: int = 50,
) -> RegisterPage:
    """One page of the dossiers a desk took in. The reading is recorded. Raises Forbidden, PeriodNotUsable."""
    _may(actor, at, desk_unit_id)
    _check(first, last)
    lines, cursor = queries.register_lines(desk_unit_id, first, last, at=at, after=after, limit=limit)
    _recorded(actor, at, desk_unit_id, first, last)
    return RegisterPage(lines, cursor)


def register_pdf(*, actor: Actor, at: datetime, desk_unit_id: int, first: date, last: date) -> bytes:
    """The register of some days as PDF/A. Raises Forbidden, PeriodNotUsable, TooManyLines."""
    return documents.render_register(_whole(actor, at, desk_unit_id, first, last, PDF_LINES))


def register_workbook(*, actor: Actor, at: datetime, desk_unit_id: int, first: date, last: date) -> bytes:
    """The register of some days as XLSX. Raises Forbidden, PeriodNotUsable, TooManyLines."""
    return documents.register_workbook(_whole(actor, at, desk_unit_id, first, last, WORKBOOK_LINES))


def _whole(actor: Actor, at: datetime, desk_unit_id: int, first: date, last: date, limit: int) -> Register:
    agency = _may(actor, at, desk_unit_id)
    _check(first, last)
    lines, more = queries.register_lines(desk_unit_id, first, last, at=at, limit=limit)
    if more:
        raise TooManyLines(limit=limit)
    _recorded(actor, at, desk_unit_id, first, last)
    return Register(
        agency=agency.name,
        desk=agency.name_of(desk_unit_id),
        place=labels.place_of(agency),
        book=str(first.year),
        first=first,
        last=last,
        lines=lines,
        system_name=labels.system_name(agency.province),
        issued_at=at,
        is_sample=settings.DEMO,
    )


def _may(actor: Actor, at: datetime, desk_unit_id: int) -> AgencyCard:
    agency = agencies.agency(agencies.unit(desk_unit_id).agency_id)
    footing = policy.footing_of(actor, at)
    if not policy.may_read_register(actor, footing, desk_unit_id, agency.leadership_unit_id):
        raise Forbidden()
    return agency


def _check(first: date, last: date) -> None:
    """One book is one year; a period runs forwards."""
    if last < first or first.year != last.year:
        raise PeriodNotUsable()


def _recorded(actor: Actor, at: datetime, desk_unit_id: int, first: date, last: date) -> None:
    what = f"register:{desk_unit_id}:{first.isoformat()}:{last.isoformat()}"
    audit.record_read(actor=actor, what=what, why="Xem sổ theo dõi hồ sơ", at=at)
