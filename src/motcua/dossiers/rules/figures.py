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


def figures_of(event: Event, after: State) -> tuple[Figure, ...]:
    """The figures that go up by one; a result issued after its due moment counts as finished late."""
    if isinstance(event, events.ResultIssued):
        return (Figure.FINISHED_LATE,) if after.is_late else ()
    if isinstance(event, events.Withdrawn) and not after.filed_at:
        return ()  # a draft thrown away was never before the agency
    figure = _BY_EVENT.get(type(event))
    return (figure,) if figure else ()
