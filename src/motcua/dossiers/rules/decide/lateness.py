"""What the agency does about its clock: stop it on a named ground, let it run on, ask for more time."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from motcua.dossiers.errors import (
    AlreadyExtended,
    BadNewDate,
    NewDateTooFar,
    NoTerm,
    PauseNotAllowed,
    ReasonRequired,
    ReasonTooLong,
    WrongState,
)
from motcua.dossiers.rules import commands, events
from motcua.dossiers.rules.decide.telling import for_desk_to_tell
from motcua.dossiers.rules.moves import dues_after_pause, redated, redated_by_letter
from motcua.dossiers.rules.publishing import LONGEST_REASON
from motcua.dossiers.rules.state import State
from motcua.dossiers.rules.waits import check_not_awaited
from motcua.kernel.text import visible
from motcua.worktime import rules as worktime
from motcua.worktime.rules import local

if TYPE_CHECKING:
    from motcua.dossiers.rules.events import Event
    from motcua.dossiers.rules.facts import Facts
    from motcua.kernel.limits import TimeLimit
    from motcua.law.rules import Regulation
    from motcua.worktime.rules import Calendar


_MINUTE = timedelta(minutes=1)
_LONGEST_NOTICE = 60 * 24 * 60  # minutes looked back from the end of a term: no office is closed for so long


def pause(state: State, command: commands.Pause, facts: Facts, at: datetime) -> events.Paused:
    """Stop the clock on a ground that the regulation knows; the applicant is told what to do, by the desk.

    Basis: KT18-8.1.a, which knows none; the ground is ours (reading A40).
    """
    if command.ground.value not in facts.regulation.words("pause.grounds"):
        raise PauseNotAllowed()
    if not visible(command.reason):
        raise ReasonRequired()
    move = for_desk_to_tell(state, facts, at)
    return events.Paused(command.ground, visible(command.reason), move)


def resume(state: State, command: commands.Resume, facts: Facts, at: datetime) -> events.Resumed:
    """Let the clock run on: the due moment moves by the time that it stood still.

    The ground has fallen away, or what was asked for did not come and the agency goes on with what there is:
    it may then grant or refuse, but it cannot end the dossier without a decision. While the applicant still
    has time to bring what was asked for, the request is not dropped: they could answer it no more. That
    time ends early enough for the agency to keep its term, where it runs on meanwhile (`waits`). Before
    acceptance there is no clock; the desk declines instead.

    Basis: KT18-8.1.a; that the clock stood still for a payment, and the length of the wait, are ours
    (readings A35, A40).
    """
    if not visible(command.note):
        raise ReasonRequired()
    if state.accepted_at is None:
        raise WrongState(status=state.status.value)
    check_not_awaited(state, facts.calendar, at)
    dues = dues_after_pause(state, at, facts)
    return events.Resumed(visible(command.note), *dues, redated(state, at, facts, dues))


def may_apologise_again(state: State, regulation: Regulation) -> bool:
    """Whether the regulation lets one more new date be set; where no law gave a number yet, it does.

    Basis: PT24-10.3#2, KT22-9#1, QN20-11.3#2, DL24-3.2; by reference NĐ 61/2018 Đ19 (secondary); reading A37.
    """
    return _may_be_sent(len(state.apologies), regulation)


def _may_be_sent(sent: int, regulation: Regulation) -> bool:
    allowed = apologies_allowed(regulation)
    return allowed is None or sent < allowed


def apologies_allowed(regulation: Regulation) -> int | None:
    """How often a new date may be set; None where no law gave a number yet.

    Basis: PT24-10.3#2, KT22-9#1, QN20-11.3#2, DL24-3.2; by reference NĐ 61/2018 Đ19 (secondary); reading A37.
    """
    return regulation.number("apology.max_count")


def notice_of(regulation: Regulation) -> TimeLimit | None:
    """How long before the term ends an apology must come; None where no law asked for notice yet.

    Basis: PT24-10.3#1, KT22-9#1, QN20-11.3#2, DL24-3.2; by reference NĐ 61/2018 Đ19 (secondary); readings
    A12, A37.
    """
    return regulation.limit("apology.min_notice")


def is_timely(state: State, regulation: Regulation, calendar: Calendar, at: datetime) -> bool:
    """Whether an apology sent now comes with the notice that is due before the term ends; False where none
    runs.

    The notice counts back from the day on which the term ends: what is sent on that day comes too late, also
    where a whole working day is left until the office closes. It counts by the calendar by which that day was
    promised: a closure announced later moves neither (`calendar_of_term`). Where no law knew the letter yet,
    none puts the announced time off: it may not be exceeded, and the first promise stays.

    Basis: PT24-10.3#1, KT22-9#1, QN20-11.3#2, DL24-3.2, KT18-8.1.a; by reference NĐ 61/2018 Đ19 (secondary);
    readings A12, A37, A65, A69.
    """
    notice = notice_of(regulation)
    if notice is None or state.due_at is None:
        return False
    return _gives_notice(state.due_at, notice, calendar_of_term(state, calendar), at)


def _gives_notice(due_at: datetime, notice: TimeLimit, calendar: Calendar, at: datetime) -> bool:
    return local(at).date() < local(due_at).date() and worktime.due_at(calendar, at, notice) <= due_at


def calendar_of_term(state: State, calendar: Calendar) -> Calendar:
    """The calendar as it was known when the due moment was set: at the acceptance, or when the clock ran on
    after a pause, or by the letter that set another date.

    Whoever sets a due moment counts it with the closures announced until then, also where it is entered after
    an outage (`Facts.calendar`): on paper nobody knew of more. One that is announced later
    breaks no promise, and takes nothing from the time in which the agency may apologise for it: else it would
    make letters too late which nobody could have sent sooner.

    Basis: PT24-10.3#1, KT22-9#1, QN20-11.3#2, DL24-3.2; by reference NĐ 61/2018 Đ19 (secondary); reading A69.
    """
    set_at = _set_at(state)
    return worktime.known_at(calendar, set_at) if set_at else calendar


def _set_at(state: State) -> datetime | None:
    given = (
        *((state.accepted_at,) if state.accepted_at else ()),
        *(pause.end for pause in state.pauses if pause.end),
        *(letter.at for letter in state.apologies),
    )
    return max(given, default=None)


@dataclass(frozen=True, slots=True)
class RunningTerm:
    """What a term that runs is asked of until when its letter of apology is due: when it ends, when the
    dossier was accepted, when the end was set last (`calendar_of_term`), how many letters were sent."""

    due_at: datetime
    accepted_at: datetime
    set_at: datetime
    letters: int = 0


def letter_due(state: State, regulation: Regulation, calendar: Calendar) -> datetime | None:
    """Until when the leader apologises for a dossier that will not be done in time, to the minute.

    Where that moment lay before the acceptance, because the term is short or the acceptance came late, the
    letter is owed from the acceptance on: nobody could send it sooner (`too_short_for_a_letter`). None where
    nothing is owed: no term runs, the result is at the desk, the new date that may be set is set already, or
    no law of that day asks for a letter. A closure announced since the term was set moves it nowhere
    (`calendar_of_term`), nor does a pause that began when the term was over.

    Basis: PT24-10.3#1, KT22-9#1, QN20-11.3#2, DL24-3.2; by reference NĐ 61/2018 Đ19 (secondary); readings
    A12, A37, A69, A75.
    """
    due_at, accepted_at, set_at = state.due_at, state.accepted_at, _set_at(state)
    if due_at is None or accepted_at is None or set_at is None:
        return None
    if state.finished_at or state.ended_at or state.stands_still_for(due_at):
        return None
    term = RunningTerm(due_at, accepted_at, set_at, len(state.apologies))
    return letter_due_of_term(term, regulation, calendar)


def letter_due_of_term(term: RunningTerm, regulation: Regulation, calendar: Calendar) -> datetime | None:
    """`letter_due` of a dossier of which no more is known than its term, which runs.

    Basis: PT24-10.3#1, KT22-9#1, QN20-11.3#2, DL24-3.2; by reference NĐ 61/2018 Đ19 (secondary); readings
    A12, A37, A69.
    """
    then = regulation.on(local(term.due_at).date())
    notice = notice_of(then)
    if notice is None or not _may_be_sent(term.letters, then):
        return None
    in_time = _last_in_time(term.due_at, notice, worktime.known_at(calendar, term.set_at))
    last = local(max(in_time, term.accepted_at))
    is_law = notice_of(regulation.on(last.date())) is not None
    return last if is_law else None


@lru_cache(maxsize=512)
def _last_in_time(due_at: datetime, notice: TimeLimit, calendar: Calendar) -> datetime:
    """The last minute that gives the notice. Terms end at few moments, and lists ask for hundreds at once."""
    before = bisect_left(
        range(_LONGEST_NOTICE),
        True,
        key=lambda n: _gives_notice(due_at, notice, calendar, due_at - n * _MINUTE),
    )
    return due_at - before * _MINUTE


def too_short_for_a_letter(state: State, letter_by: datetime) -> bool:
    """Whether a letter that is owed (`letter_due`) could at no moment have come in time.

    Such a dossier is as healthy as any other until its term ends: nobody is reminded of it before.

    Basis: PT24-10.3#1, KT22-9#1, QN20-11.3#2, DL24-3.2; by reference NĐ 61/2018 Đ19 (secondary); reading A12.
    """
    return state.accepted_at is not None and letter_by <= state.accepted_at


def missed_letter(state: State, regulation: Regulation, calendar: Calendar, at: datetime) -> datetime | None:
    """Until when a letter was due for a dossier that is overdue at `at` without one; else None.

    The duty is one for dossiers that are overdue: whoever finishes between the last moment for the letter
    and the end of the term has missed nothing.

    Basis: PT24-10.3#1, KT22-9#1, QN20-11.3#2, DL24-3.2; by reference NĐ 61/2018 Đ19 (secondary); reading A12.
    """
    if state.due_at is None or at <= state.due_at:
        return None
    return letter_due(state, regulation, calendar)


def letter_not_owed(meanwhile: tuple[tuple[Event, datetime], ...], at: datetime) -> datetime | None:
    """When a letter was sent that counted as missed, though the result had come to the desk at `at`, within
    what was promised then; None if none was. Nobody knew of the result, which is entered after an outage:
    the letter was sent and stays, and nobody owed it.

    Basis: PT24-10.3#1, PT24-23.8; reading A78.
    """
    letters = ((event, when) for event, when in meanwhile if isinstance(event, events.Extended))
    return next((when for event, when in letters if event.missed and at <= event.was_due_at), None)


def late_at_the_end(
    state: State, regulation: Regulation, calendar: Calendar, at: datetime
) -> tuple[bool, datetime | None]:
    """Whether the dossier is late if it ends without a result at `at`, and the letter that was missed then
    (`missed_letter`). Where its clock stands still, both are as they were when it stopped. Of what the desk
    records for the applicant, `at` is by when they had asked (`withdrawing.asked_by`).

    Only what was accepted: before there is no term. That an ending hides no lateness is by reference; that a
    letter which was due and never came counts then as with a result is ours, for nothing else would tell.

    Basis: PT24-10.3#1, KT22-9#1, QN20-11.3#2, DL24-3.2; by reference QĐ 766/QĐ-TTg chỉ số 2.1 and
    NĐ 61/2018 Đ19 (secondary); reading A12.
    """
    due_at = state.measured_due_at
    if due_at is None or state.accepted_at is None:
        return False, None
    if state.is_paused:
        at, state = min(at, state.pauses[-1].start), replace(state, pauses=state.pauses[:-1])
    return at > due_at, missed_letter(state, regulation, calendar, at)


LONGEST = timedelta(days=366)  # ours: no text bounds a new date; whoever means a later one mistyped the year


def last_new_day(due_at: datetime, at: datetime) -> date:
    """The last day to which a letter may put off what is due: a year after it, or after the letter itself.

    No regulation bounds the new date; the bound is ours, so that a mistyped year is noticed and hides no
    lateness.
    """
    return (worktime.local(max(due_at, at)) + LONGEST).date()


def extend(state: State, command: commands.Extend, facts: Facts, at: datetime) -> events.Extended:
    """Apologise for the delay with its reason and set a new date, at most as often as the regulation lets.

    The letter is due a working day before the term ends, and not on the day on which it does. One that comes
    later is still sent, for the applicant should know, but the dossier stays late by its first promise (A12).
    So is one for a result that has its number and does not come to the desk; once it is there, none is due.
    The new date is the closing of a day on which the agency is open, later than what was promised, and within
    a year of it (`last_new_day`). How long a reason may be is ours: everybody may read it, and whoever opens
    the page waits until what is personal has been looked for in it.

    Basis: PT24-10.3#1, PT24-10.3#2, PT24-10.3#3, KT22-9#1, QN20-11.3#2; by reference NĐ 61/2018 Đ19
    (secondary).
    """
    regulation, calendar = facts.regulation, facts.calendar
    if state.due_at is None:
        raise NoTerm()
    if state.is_paused or state.finished_at is not None:
        raise WrongState(status=state.status.value)
    if not may_apologise_again(state, regulation):
        raise AlreadyExtended(clauses=regulation.clauses("apology.max_count"))
    reason = visible(command.reason)
    if not reason:
        raise ReasonRequired()
    if len(reason) > LONGEST_REASON:
        raise ReasonTooLong(most=LONGEST_REASON)
    last = last_new_day(state.due_at, at)
    if command.new_day > last:
        raise NewDateTooFar(last=last)
    is_before = command.new_day < worktime.local(max(state.due_at, at)).date()
    if is_before or not calendar.is_working_day(command.new_day):
        raise BadNewDate()
    due_at = calendar.closing_of(command.new_day)
    if due_at <= max(state.due_at, at):
        raise BadNewDate()
    in_time = is_timely(state, regulation, calendar, at)
    return events.Extended(
        reason=reason,
        was_due_at=state.due_at,
        due_at=due_at,
        is_timely=in_time,
        number=f"{state.reference}/PXL",
        missed=None if in_time else letter_due(state, regulation, calendar),
        move=redated_by_letter(state, due_at, facts) if in_time else events.Move(),
        signed_by=facts.signs_as,
    )
