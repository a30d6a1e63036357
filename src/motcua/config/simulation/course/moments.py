"""When somebody comes back to a dossier."""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction

from motcua.config.simulation.course.look import Look
from motcua.dossiers.enums import Status
from motcua.kernel.limits import TimeLimit, TimeUnit
from motcua.worktime.rules import due_at

_AS_ASKED = frozenset({Status.WITHDRAWN, Status.STOPPED})
_MISTAKABLE = _AS_ASKED | {Status.DECLINED}
OVER = frozenset({Status.CLOSED, Status.DECLINED, Status.WITHDRAWN, Status.STOPPED})

MISTAKEN = 0.25  # of the dossiers that were declined, and that the desk recorded as withdrawn or stopped


def next_moment(look: Look) -> datetime | None:
    """When somebody comes back to the dossier; None if its life is over or it was given up."""
    status = look.state.status
    may_be_mistaken = look.state.ending if status in _AS_ASKED else look.state.declining
    if status in _MISTAKABLE and may_be_mistaken is not None and look.rng.random() < MISTAKEN:
        return _hours(look, 0.1, 10)  # it was the wrong dossier
    if status in OVER or (status is Status.DRAFT and look.rng.random() < 0.06):
        return None
    if status is Status.DRAFT:
        return look.at + timedelta(minutes=look.rng.randint(1, 90))
    if status is Status.AWAITING_SUPPLEMENT:
        later = look.at + timedelta(hours=look.rng.uniform(5, 110))
        return later if look.owner() else _hours(look, 0.1, 2, after=later)
    if status is Status.AWAITING_PAYMENT:
        return _hours(look, 0.1, 3, after=look.at + timedelta(days=look.rng.randint(0, 6)))
    if status is Status.READY:
        return _hours(look, 0.1, 3, after=look.at + timedelta(hours=look.rng.uniform(0, 50)))
    if status in (Status.IN_PROGRESS, Status.DECIDED):
        return _after_work(look)
    return _hours(look, 0.2, 3 if look.story.slowness < 1 else 14)


def _after_work(look: Look) -> datetime:
    """After a part of the term of an open step, stretched by slowness."""
    dues = [task.due_at for task in look.steps() if task.due_at is not None]
    if not dues:
        return _hours(look, 0.3, 3)
    hours = max(look.calendar.open_minutes(look.at, min(dues)), 30) / 60
    slow = look.story.slowness
    return _hours(look, min(hours * 0.2 * slow, 60), min(hours * 0.8 * slow, 90))


def next_day(look: Look) -> datetime:
    """The first working hours of another day: nobody was there."""
    morning = look.at.replace(hour=0, minute=0, second=0) + timedelta(days=1)
    return _hours(look, 0.1, 2, after=morning)


def _hours(look: Look, low: float, high: float, *, after: datetime | None = None) -> datetime:
    """Between `low` and `high` working hours from now or from `after`."""
    minutes = int(look.rng.uniform(low, max(low, high)) * 60) + 1
    limit = TimeLimit(Fraction(minutes, 60), TimeUnit.WORKING_HOUR)
    return due_at(look.calendar, after or look.at, limit)
