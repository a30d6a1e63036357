"""Which daily figures an event adds to."""

from __future__ import annotations

from motcua.dossiers.enums import Figure
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
    events.ResultReturned: Figure.RETURNED,
    events.Withdrawn: Figure.WITHDRAWN,
    events.Stopped: Figure.STOPPED,
}
_ANSWERS = (events.Accepted, events.Declined, events.SupplementRequested)


def figures_of(event: Event, after: State) -> tuple[Figure, ...]:
    """The figures that go up by one; a result issued after its due moment counts as finished late.

    Basis: DL24-8.1.a#3, QN20-11.1#3, PT24-9.2.a; by reference QĐ 766/QĐ-TTg chỉ số 2.1 and
    NĐ 45/2020 Đ11 (found).
    """
    if isinstance(event, events.ResultIssued):
        return (Figure.FINISHED_LATE,) if after.is_late else ()
    if isinstance(event, events.Withdrawn) and not after.filed_at:
        return ()  # a draft thrown away was never before the agency
    figure = _BY_EVENT.get(type(event))
    found = [figure] if figure else []
    if isinstance(event, events.SupplementRequested) and len(after.supplements) == 2:
        found.append(Figure.ASKED_AGAIN)
    if isinstance(event, _ANSWERS) and after.answered_late_at == after.last_at:
        found.append(Figure.ANSWERED_LATE)
    return tuple(found)
