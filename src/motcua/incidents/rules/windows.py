"""What lies within an incident, and how long it may last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from motcua.incidents.enums import Scope, Whom
from motcua.incidents.errors import (
    EndsBeforeEntry,
    EvidenceRequired,
    ForLeaders,
    NotYet,
    TooLongAgo,
    WhatHappened,
)
from motcua.kernel.limits import TimeLimit
from motcua.kernel.text import visible
from motcua.worktime.rules import ZONE, Calendar, local

URGED_EVERY = timedelta(days=1)
_LONGEST = 366  # days
DEFAULT_WHOM = (Whom.DTTT, Whom.OFFICE)


@dataclass(frozen=True, slots=True)
class Window:
    """The time and place of an incident. `ended_at` is None while it lasts."""

    id: str
    scope: Scope
    began_at: datetime
    agency_id: int | None = None
    unit_id: int | None = None
    ended_at: datetime | None = None

    def reaches(self, agency_id: int, unit_id: int) -> bool:
        """Whether work in this unit of this agency was hit.

        Basis: PT24-23.8.
        """
        return {
            Scope.PROVINCE: True,
            Scope.AGENCY: agency_id == self.agency_id,
            Scope.DESK: unit_id == self.unit_id,
        }[self.scope]

    def lasts_at(self, at: datetime) -> bool:
        """Whether it went on at that moment; begin and end belong to it.

        Basis: PT24-23.8.
        """
        return self.began_at <= at and (self.ended_at is None or at <= self.ended_at)

    def takes_entries(self, since: datetime) -> bool:
        """Whether the paper log may still be entered: while it lasts, and if it ended no earlier than
        `since` (`logs_open_since`)."""
        return self.ended_at is None or self.ended_at >= since


def logs_open_since(calendar: Calendar, at: datetime, days: int) -> datetime:
    """The earliest end of an outage whose paper log may still be entered at `at`.

    The log is open on the day of the end and until midnight of the working day of the agency that is the
    `days`-th after it: holidays, closures and days off do not use the time up. No text gives a limit
    (PT24-23.8 only wants the log entered once the system works again); it is ours, so that the past is
    closed at some time (ADR 0014). A calendar without working days holds a log open for a year.
    """
    today = day = local(at).date()
    left = days
    while left > 0 and (today - day).days < _LONGEST:
        day -= timedelta(days=1)
        left -= calendar.is_working_day(day)
    return datetime.combine(day, time(), ZONE)


def recover_by(began_at: datetime, limit: TimeLimit | None) -> datetime | None:
    """Until when the system must work again: clock hours from the incident, nights and holidays included.

    None where the regulation gives no number.

    Basis: PT24-21.6; PT24-3.7#2, reading A15.
    """
    return began_at + timedelta(hours=float(limit.value)) if limit is not None else None


def is_breached(due_at: datetime | None, ended_at: datetime | None, at: datetime) -> bool:
    """Whether the term for recovery was missed, or has run out by `at`.

    Basis: PT24-21.6.
    """
    return due_at is not None and (ended_at or at) > due_at


def is_to_be_urged(
    began_at: datetime, due_at: datetime | None, told_at: datetime | None, at: datetime
) -> bool:
    """Whether those who were told of an outage that lasts are reminded of it at `at`.

    An outage that nobody ends stays a window for late entry: no text closes it, and while the system is down
    nothing can be entered. So it is not closed; it is asked after, every day from when the term for recovery
    has run out, or, where the regulation gives none, from a day after the beginning. The day is ours, no text
    says how often.

    Basis: PT24-21.6, PT24-23.8; PT24-25.4, KT22-22.5#2, DL24-10.2, KT18-13.7, QN20-26.5.
    """
    first = due_at if due_at is not None else began_at + URGED_EVERY
    return at > first and (told_at is None or at - told_at >= URGED_EVERY)


def whom_to_tell(words: Sequence[str]) -> tuple[Whom, ...]:
    """Who is told: those the regulation names; where it is silent, the department and the Office.

    Where a text has bodies restore the system together, both are named: none can help that learns nothing.

    Basis: DL24-10.2, KT18-13.7, KT22-22.5#2, KT22-24.3, QN20-26.5, PT24-25.4; reading A30.
    """
    return tuple(Whom(word) for word in words) or DEFAULT_WHOM


def is_fresh(calendar: Calendar, happened_at: datetime, at: datetime, within: timedelta) -> bool:
    """Whether what happened lies no further back than `within`, the time on days off not counted.

    So what broke on the last afternoon before a holiday is still fresh on every day of it, and on the morning
    after it; and what is fresh no longer never is again. The limit is ours, no text gives one (ADR 0014).
    """
    return happened_at <= at and _counted(calendar, happened_at, at) <= within


def _counted(calendar: Calendar, since: datetime, until: datetime) -> timedelta:
    """The time between two moments that does not lie on days off. Of more than a year the rest counts whole:
    a calendar may have no working days."""
    start, end = since.astimezone(ZONE), until.astimezone(ZONE)
    counted, days = end - start, 0
    day = start.date()
    while day <= end.date() and days < _LONGEST:
        if not calendar.is_working_day(day):
            midnight = datetime.combine(day, time(), ZONE)
            counted -= min(end, midnight + timedelta(days=1)) - max(start, midnight)
        day, days = day + timedelta(days=1), days + 1
    return counted


def check_begin(
    began_at: datetime,
    what: str,
    at: datetime,
    within: timedelta,
    calendar: Calendar,
    *,
    evidence: str,
    reaches_back: bool,
) -> None:
    """Refuse an incident of the future, one that says nothing, and one that began longer than `within` ago
    unless whoever declares it `reaches_back` and writes down what shows since when the system failed.

    While the system is down nobody can declare anything, so the begin may lie as far back as the outage was
    long; what the declaration must follow closely is the end (`check_end`). No text says how far back a
    declaration may reach or what must show it: both are ours (ADR 0014).

    Basis: PT24-23.8.
    """
    if not visible(what):
        raise WhatHappened()
    if began_at > at:
        raise NotYet()
    if is_fresh(calendar, began_at, at, within):
        return
    hours = within // timedelta(hours=1)
    if not reaches_back:
        raise ForLeaders(hours=hours)
    if not visible(evidence):
        raise EvidenceRequired(hours=hours)


def check_end(
    began_at: datetime,
    ended_at: datetime,
    remedy: str,
    at: datetime,
    *,
    declared_at: datetime,
    within: timedelta,
    calendar: Calendar,
    last_entry: datetime | None = None,
) -> None:
    """Refuse an end before the beginning or in the future, one that does not say what was done, and one that
    lies longer than `within` before the outage was declared: such an outage opens no door into the past. Nor
    does an outage end before the `last_entry` of its paper log: it was done on paper because it lasted.

    The limit is ours, no text gives one (ADR 0014).

    Basis: PT24-23.8.
    """
    if not visible(remedy):
        raise WhatHappened()
    if not began_at <= ended_at <= at:
        raise NotYet()
    if not is_fresh(calendar, min(ended_at, declared_at), declared_at, within):
        raise TooLongAgo(hours=within // timedelta(hours=1))
    if last_entry is not None and ended_at < last_entry:
        raise EndsBeforeEntry(moment=last_entry)
