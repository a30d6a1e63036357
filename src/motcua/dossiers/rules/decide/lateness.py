"""What the agency does about its clock: stop it on a named ground, let it run on, ask for more time."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from motcua.dossiers.errors import (
    AlreadyExtended,
    BadNewDate,
    NewDateTooFar,
    NoTerm,
    PauseNotAllowed,
    ReasonRequired,
    WrongState,
)
from motcua.dossiers.rules import commands, events
from motcua.dossiers.rules.moves import dues_after_pause, redated, redated_by_letter
from motcua.dossiers.rules.state import State
from motcua.dossiers.rules.waits import check_not_awaited
from motcua.kernel.text import visible
from motcua.worktime import rules as worktime
from motcua.worktime.rules import local

if TYPE_CHECKING:
    from motcua.dossiers.rules.facts import Facts
    from motcua.kernel.limits import TimeLimit
    from motcua.law.rules import Regulation
    from motcua.worktime.rules import Calendar


_MINUTE = timedelta(minutes=1)
_LONGEST_NOTICE = 60 * 24 * 60  # minutes looked back from the end of a term: no office is closed for so long


def pause(state: State, command: commands.Pause, facts: Facts, at: datetime) -> events.Paused:
    """Stop the clock on a ground that the regulation knows; the applicant is told what to do.

    Basis: KT18-8.1.a, which knows none; the ground is ours (reading A40).
    """
    if command.ground.value not in facts.regulation.words("pause.grounds"):
        raise PauseNotAllowed()
    if not visible(command.reason):
        raise ReasonRequired()
    return events.Paused(command.ground, visible(command.reason))


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
    allowed = apologies_allowed(regulation)
    return allowed is None or len(state.apologies) < allowed


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


def is_timely(due_at: datetime, regulation: Regulation, calendar: Calendar, at: datetime) -> bool:
    """Whether an apology sent now comes with the notice that is due before the term ends.

    The notice counts back from the day on which the term ends: what is sent on that day comes too late, also
    where a whole working day is left until the office closes. Where no law asked for notice yet, a letter
    comes in time as long as the term runs.

    Basis: PT24-10.3#1, KT22-9#1, QN20-11.3#2, DL24-3.2; by reference NĐ 61/2018 Đ19 (secondary); readings
    A12, A37.
    """
    notice = notice_of(regulation)
    if notice is None:
        return at <= due_at
    return local(at).date() < local(due_at).date() and worktime.due_at(calendar, at, notice) <= due_at


def letter_due(state: State, regulation: Regulation, calendar: Calendar) -> datetime | None:
    """Until when the leader apologises for a dossier that will not be done in time, to the minute.

    None where nothing is owed: no term runs, the result is there, the new date that may be set is set
    already, no law of that day asks for a letter, or the term is so short that it would have been due before
    the dossier was accepted.

    Basis: PT24-10.3#1, KT22-9#1, QN20-11.3#2, DL24-3.2; by reference NĐ 61/2018 Đ19 (secondary); readings
    A12, A37.
    """
    due_at, accepted_at = state.due_at, state.accepted_at
    if due_at is None or accepted_at is None or state.is_paused or state.finished_at or state.ended_at:
        return None
    then = regulation.on(local(due_at).date())
    if notice_of(then) is None or not may_apologise_again(state, then):
        return None
    moments = range(_LONGEST_NOTICE)
    before = bisect_left(moments, True, key=lambda n: is_timely(due_at, then, calendar, due_at - n * _MINUTE))
    last = local(due_at - before * _MINUTE)
    is_law = notice_of(regulation.on(last.date())) is not None
    return last if is_law and last > accepted_at else None


def missed_letter(state: State, regulation: Regulation, calendar: Calendar, at: datetime) -> datetime | None:
    """Until when a letter was due for a dossier that is overdue at `at` without one; else None.

    The duty is one for dossiers that are overdue: whoever finishes between the last moment for the letter
    and the end of the term has missed nothing.

    Basis: PT24-10.3#1, KT22-9#1, QN20-11.3#2, DL24-3.2; by reference NĐ 61/2018 Đ19 (secondary); reading A12.
    """
    if state.due_at is None or at <= state.due_at:
        return None
    return letter_due(state, regulation, calendar)


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
    The new date is the closing of a day on which the agency is open, later than what was promised, and within
    a year of it (`last_new_day`).

    Basis: PT24-10.3#1, PT24-10.3#2, PT24-10.3#3, KT22-9#1, QN20-11.3#2; by reference NĐ 61/2018 Đ19
    (secondary).
    """
    regulation, calendar = facts.regulation, facts.calendar
    if state.due_at is None:
        raise NoTerm()
    if state.is_paused:
        raise WrongState(status=state.status.value)
    if not may_apologise_again(state, regulation):
        raise AlreadyExtended(clauses=regulation.clauses("apology.max_count"))
    if not visible(command.reason):
        raise ReasonRequired()
    last = last_new_day(state.due_at, at)
    if command.new_day > last:
        raise NewDateTooFar(last=f"{last:%d/%m/%Y}")
    is_before = command.new_day < worktime.local(max(state.due_at, at)).date()
    if is_before or not calendar.is_working_day(command.new_day):
        raise BadNewDate()
    due_at = calendar.closing_of(command.new_day)
    if due_at <= max(state.due_at, at):
        raise BadNewDate()
    in_time = is_timely(state.due_at, regulation, calendar, at)
    return events.Extended(
        reason=visible(command.reason),
        was_due_at=state.due_at,
        due_at=due_at,
        is_timely=in_time,
        number=f"{state.reference}/PXL",
        missed=None if in_time else letter_due(state, regulation, calendar),
        move=redated_by_letter(state, due_at, facts) if in_time else events.Move(),
    )
