"""What lies within an incident, and how long it may last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from motcua.incidents.enums import Scope, Whom
from motcua.incidents.errors import NotYet, TooLongAgo, WhatHappened
from motcua.kernel.limits import TimeLimit

URGED_EVERY = timedelta(days=1)
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

    def reaches(self, agency_id: int, desk_unit_id: int) -> bool:
        """Whether the place was hit.

        Basis: PT24-23.8.
        """
        return {
            Scope.PROVINCE: True,
            Scope.AGENCY: agency_id == self.agency_id,
            Scope.DESK: desk_unit_id == self.unit_id,
        }[self.scope]

    def lasts_at(self, at: datetime) -> bool:
        """Whether it went on at that moment; begin and end belong to it.

        Basis: PT24-23.8.
        """
        return self.began_at <= at and (self.ended_at is None or at <= self.ended_at)

    def takes_entries(self, at: datetime, within: timedelta) -> bool:
        """Whether the paper log may still be entered at `at`: while it lasts, and `within` after its end.

        No text says how long; the number is a setting.

        Basis: PT24-23.8.
        """
        return self.ended_at is None or at - self.ended_at <= within


def recover_by(began_at: datetime, limit: TimeLimit | None) -> datetime | None:
    """Until when the system must work again: clock hours from the incident, nights and holidays included.

    None where the regulation gives no number.

    Basis: PT24-21.6; PT24-3.7, reading A15.
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

    Basis: DL24-10.2, KT18-13.7, KT22-22.5#2, QN20-26.5, PT24-25.4; reading A30.
    """
    return tuple(Whom(word) for word in words) or DEFAULT_WHOM


def check_begin(began_at: datetime, what: str, at: datetime, within: timedelta) -> None:
    """Refuse an incident of the future, one that says nothing, or one that began longer than `within` ago.

    No text says how far back a declaration may reach; the number is a setting.

    Basis: PT24-23.8.
    """
    if not what.strip():
        raise WhatHappened()
    if began_at > at:
        raise NotYet()
    if at - began_at > within:
        raise TooLongAgo(hours=within // timedelta(hours=1))


def check_end(began_at: datetime, ended_at: datetime, remedy: str, at: datetime) -> None:
    """Refuse an end before the beginning or in the future, or one that does not say what was done."""
    if not remedy.strip():
        raise WhatHappened()
    if not began_at <= ended_at <= at:
        raise NotYet()
