"""Which daily figures an event changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from motcua.dossiers.enums import Correctable, Decision, Figure, Status
from motcua.dossiers.rules import events
from motcua.dossiers.rules.events import Event
from motcua.dossiers.rules.state import Ending, State
from motcua.worktime.rules import local

_BY_EVENT: dict[type[Event], Figure] = {
    events.Submitted: Figure.SUBMITTED,
    events.Registered: Figure.SUBMITTED,
    events.Accepted: Figure.ACCEPTED,
    events.Declined: Figure.DECLINED,
    events.Redirected: Figure.REDIRECTED,
    events.NotCollected: Figure.NOT_COLLECTED,
    events.Withdrawn: Figure.WITHDRAWN,
    events.Stopped: Figure.STOPPED,
}
_SETTLED = {Decision.GRANT: Figure.GRANTED, Decision.REFUSE: Figure.REFUSED}
_ANSWERS = (events.Accepted, events.Declined, events.Redirected, events.SupplementRequested)


@dataclass(frozen=True, slots=True)
class Counted:
    """Figures of one agency on one day, and by how much each of them changes: up by one, or down."""

    agency_id: int
    on_day: date
    figures: tuple[Figure, ...]
    step: int = 1


def counted(event: Event, before: State | None, after: State, at: datetime) -> Counted:
    """What an event, done at `at`, changes in the daily figures.

    What was recorded by mistake and is taken back leaves the figures of the day on which it was recorded:
    they are as if it had never been, and no day goes below nothing. What was passed on is a figure of whoever
    passed it on.

    A dossier is settled when its result lies where it is handed over (ADR 0098).

    Basis: DL24-5.6, PT24-5.2, DL24-8.1.a#3, DL24-8.1.b, DL24-19.1.d, KT18-14.4, QN20-11.1#3, PT24-9.2.a,
    PT24-9.2.b#2, PT24-10.3#1, DL24-9.1.e, PT24-10.1.e; by reference NĐ 45/2020 Đ11 (found) and NĐ 61/2018
    Đ19 (secondary); of what ended unanswered or not handed over reading A74; of what is taken back our own
    reading (ADR 0066).
    """
    if isinstance(event, events.Corrected) and before is not None:
        figures, on = _undone(event, before)
        return Counted(after.target.agency_id, local(on or at).date(), figures, -1)
    agency_id = event.from_agency_id if isinstance(event, events.Redirected) else after.target.agency_id
    return Counted(agency_id, local(at).date(), _added(event, before, after, at))


def no_longer_counted(event: Event, before: State | None, after: State) -> Counted | None:
    """What leaves the figures of an earlier day by an event that was entered after an outage: a letter of
    apology that came too late and counted, where it shows now that none was owed, for the result had come to
    the desk in time, on paper (ADR 0106)."""
    if not isinstance(event, events.ResultIssued | events.StepCompleted) or not _has_come(before, after):
        return None
    moot = event.moot_letter
    return Counted(after.target.agency_id, local(moot).date(), (Figure.LETTER_MISSED,), -1) if moot else None


def is_a_filing(event: Event) -> bool:
    """Whether the event is a use of a service: a dossier sent online, or entered by a desk.

    Basis: KT18-5.1.b#2, DL24-5.6.
    """
    return isinstance(event, events.Submitted | events.Registered)


def _undone(event: events.Corrected, before: State) -> tuple[tuple[Figure, ...], datetime | None]:
    """What the mistake had added, and when it was recorded."""
    if event.what is Correctable.RETURN:
        late = (Figure.SENT_LATE,) if before.is_sent_late else ()
        return (Figure.RETURNED, *late), before.returned_at
    if event.what is Correctable.DECLINE and before.declining is not None:
        at = before.declining.at
        late = (Figure.ANSWERED_LATE,) if before.answered_late_at == at else ()
        return (Figure.DECLINED, *late), at
    if event.what is Correctable.ENDING and before.ending is not None:
        figure = Figure.WITHDRAWN if before.status is Status.WITHDRAWN else Figure.STOPPED
        return (figure, *_late_ending(before.ending), *_left_undone(before)), before.ending.at
    if event.what is Correctable.SUPPLEMENT and before.asking is not None:
        again = (Figure.ASKED_AGAIN,) if len(before.requests) == 2 else ()
        late = (Figure.ANSWERED_LATE,) if before.answered_late_at == before.asking.at else ()
        return (*again, *late), before.asking.at
    return (), None


def _late_ending(ending: events.Withdrawn | events.Stopped | Ending) -> tuple[Figure, ...]:
    late = (Figure.FINISHED_LATE,) if ending.is_late else ()
    return (*late, Figure.LETTER_MISSED) if ending.missed_letter else late


def _left_undone(ended: State) -> tuple[Figure, ...]:
    """Of a dossier that ended at the desk: the terms that had passed there with nothing done."""
    unanswered = (Figure.ANSWERED_LATE,) if ended.unanswered_by else ()
    return (*unanswered, Figure.FORWARDED_LATE) if ended.unforwarded_by else unanswered


def _has_come(before: State | None, after: State) -> bool:
    """Whether the result came to the desk just now."""
    return after.finished_at is not None and (before is None or before.finished_at is None)


def _added(event: Event, before: State | None, after: State, at: datetime) -> tuple[Figure, ...]:
    """The figures that go up.

    What was granted or refused counts once the result is at the desk: until then it can be withdrawn, or
    become late. One that came there after its due moment counts as finished late, and so does a dossier that
    ended without one when that had passed; one that left the desk after its term counts as forwarded late,
    and so does one that ended there when that had passed; a result that nobody comes for, kept there beyond
    the promise, as sent late. A filing that ended unanswered counts as one that was answered late. A letter
    of apology that did not come in time counts when it comes after all, or with what ends the dossier.
    """
    if isinstance(event, events.ResultIssued | events.StepCompleted):
        is_done = _has_come(before, after)
        found = [_SETTLED[after.decision]] if is_done and after.decision else []
        found += [Figure.FINISHED_LATE] if is_done and after.is_late else []
        return (*found, Figure.LETTER_MISSED) if event.missed_letter else tuple(found)
    if isinstance(event, events.Extended):
        return (Figure.LETTER_MISSED,) if event.missed else ()
    if isinstance(event, events.Withdrawn) and not after.filed_at:
        return ()  # a draft thrown away was never before the agency
    if isinstance(event, events.HandedOver):
        return (Figure.FORWARDED_LATE,) if event.is_late else ()
    if isinstance(event, events.ResultReturned):
        return (Figure.RETURNED, Figure.SENT_LATE) if event.is_late else (Figure.RETURNED,)
    figure = _BY_EVENT.get(type(event))
    found = [figure] if figure else []
    if isinstance(event, events.Withdrawn | events.Stopped):
        found += (*_late_ending(event), *_left_undone(after))
    if isinstance(event, events.SupplementRequested) and len(after.requests) == 2:
        found.append(Figure.ASKED_AGAIN)
    if isinstance(event, _ANSWERS) and after.answered_late_at == at:
        found.append(Figure.ANSWERED_LATE)
    return tuple(found)
