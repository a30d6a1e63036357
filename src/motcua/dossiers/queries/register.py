"""The register of a desk, read by keyset."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from motcua.agencies import queries as agencies
from motcua.documents.rules.register import Line
from motcua.dossiers import labels
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.cursors import page_after
from motcua.dossiers.queries.offers import goes_back
from motcua.dossiers.rules.receipt import came_off_hours
from motcua.dossiers.rules.register import entry_of
from motcua.dossiers.rules.state import State
from motcua.kernel.wire import from_wire
from motcua.worktime.rules import ZONE


def register_lines(
    desk_unit_id: int, first: date, last: date, *, at: datetime, after: str | None = None, limit: int = 50
) -> tuple[tuple[Line, ...], str | None]:
    """Lines of the dossiers taken in by a desk on the days from `first` to `last`, and the next cursor.
    `at` is the moment at which they are read: what is open may be late by then.

    An unreadable cursor gives the first page. Asks nobody's right: `services.register_of` does.

    Basis: KT22-14.2bis.a#5, KT22-23.2#1, QN20-21.2#1, QN20-26.1, DL24-11.2#1, PT24-23.2#1.
    """
    begin, end = _midnight(first), _midnight(last + timedelta(days=1))
    rows = Dossier.objects.filter(desk_unit_id=desk_unit_id, accepted_at__gte=begin, accepted_at__lt=end)
    columns = ("agency_id", "procedure_version__title", "state")
    page, following = page_after(rows, ("accepted_at", "id"), columns, after, limit)
    lines = (_line(from_wire(State, state), agency_id, title, at) for _, _, agency_id, title, state in page)
    return tuple(lines), following


def _line(state: State, agency_id: int, title: str, at: datetime) -> Line:
    entry = entry_of(state)
    applicant, handing = state.contents.applicant, state.handing
    said = (handing.received_by, handing.postal_number, handing.proof) if handing else ()
    by_post = handing is not None and handing.how == "postal"
    signed = "; ".join(
        part for part in ("Gửi qua bưu chính" if by_post else "", *dict.fromkeys(said)) if part
    )
    return Line(
        number=entry.number if entry else "",
        code=state.code,
        procedure=title,
        sets=1,
        applicant=applicant.name,
        address=applicant.address,
        phone=applicant.phone,
        settled_by=agencies.agency(agency_id).name,
        received_at=state.received_at,
        came_at=came_off_hours(state),
        due_at=state.due_at,
        returned_at=state.returned_at,
        way=labels.DELIVERY_IN_REGISTER.get(handing.how if handing else goes_back(state), ""),
        signed=signed,
        note=labels.register_note(state, at),
        due_words=labels.PROMISED_BEFORE_PAUSE if labels.state_of_pause(state, at) else "",
        status=labels.STATUS[state.status],
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, ZONE)
