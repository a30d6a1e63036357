"""Which daily figures an event adds to."""

from __future__ import annotations

from motcua.dossiers.enums import Correctable, Figure
from motcua.dossiers.rules import events
from motcua.dossiers.rules.events import Event
from motcua.dossiers.rules.state import State

_BY_EVENT: dict[type[Event], Figure] = {
    events.Submitted: Figure.SUBMITTED,
    events.Registered: Figure.SUBMITTED,
    events.Accepted: Figure.ACCEPTED,
    events.Declined: Figure.DECLINED,
    events.Approved: Figure.GRANTED,
    events.Refused: Figure.REFUSED,
    events.Redirected: Figure.REDIRECTED,
    events.NotCollected: Figure.NOT_COLLECTED,
    events.ResultReturned: Figure.RETURNED,
    events.Withdrawn: Figure.WITHDRAWN,
    events.Stopped: Figure.STOPPED,
}
_ANSWERS = (events.Accepted, events.Declined, events.Redirected, events.SupplementRequested)


def counted_at(event: Event, after: State) -> int:
    """The agency whose figures an event adds to: what was passed on is a figure of whoever passed it on."""
    return event.from_agency_id if isinstance(event, events.Redirected) else after.target.agency_id


def figures_of(event: Event, after: State) -> tuple[Figure, ...]:
    """The figures that go up by one, at the agency that `counted_at` names.

    A result issued after its due moment counts as finished late, a dossier that left the desk after its
    term as forwarded late.

    Basis: DL24-8.1.a#3, DL24-8.1.b, DL24-19.1.d, KT18-14.4, QN20-11.1#3, PT24-9.2.a, PT24-9.2.b#2; by
    reference QĐ 766/QĐ-TTg chỉ số 2.1 and NĐ 45/2020 Đ11 (found).
    """
    if isinstance(event, events.ResultIssued):
        return (Figure.FINISHED_LATE,) if after.is_late else ()
    if isinstance(event, events.Withdrawn) and not after.filed_at:
        return ()  # a draft thrown away was never before the agency
    if isinstance(event, events.HandedOver):
        return (Figure.FORWARDED_LATE,) if event.is_late else ()
    if isinstance(event, events.Corrected):
        return (Figure.RETURN_UNDONE,) if event.what is Correctable.RETURN else ()
    figure = _BY_EVENT.get(type(event))
    found = [figure] if figure else []
    if isinstance(event, events.SupplementRequested) and len(after.supplements) == 2:
        found.append(Figure.ASKED_AGAIN)
    if isinstance(event, _ANSWERS) and after.answered_late_at == after.last_at:
        found.append(Figure.ANSWERED_LATE)
    return tuple(found)
