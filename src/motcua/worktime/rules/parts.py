"""One day cut where the agency opens and closes, each part with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from motcua.worktime.enums import Reason
from motcua.worktime.rules.days import Day
from motcua.worktime.rules.hours import DAY, Hours


@dataclass(frozen=True, slots=True)
class Part:
    """Minutes `start` to `end` of a day; `reason` is a `Reason` or a holiday, `detail` names a closure."""

    start: int
    end: int
    is_open: bool
    reason: str
    detail: str = ""


def parts_of(day: Day) -> tuple[Part, ...]:
    """The whole day from minute 0 to 1440 without a gap; neighbours that say the same are one part."""
    joined: list[Part] = []
    for part in _pieces(day):
        last = joined[-1] if joined else None
        if last and (last.is_open, last.reason, last.detail) == (part.is_open, part.reason, part.detail):
            joined[-1] = replace(last, end=part.end)
        else:
            joined.append(part)
    return tuple(joined)


def _pieces(day: Day) -> Iterator[Part]:
    edges = {0, DAY}
    for item in day.hours + day.usual:
        edges |= {item.opens, item.closes}
    cuts = sorted(edges)
    for start, end in pairwise(cuts):
        if _within(start, day.hours):
            works = Reason.MAKE_UP_DAY if day.make_up else Reason.OPENING_HOURS
            yield Part(start, end, True, works)
        elif day.holiday and not day.make_up:
            yield Part(start, end, False, day.holiday.name)
        elif day.local and _within(start, day.usual):
            yield Part(start, end, False, Reason.LOCAL_CLOSURE, day.local.name)
        else:
            yield Part(start, end, False, _closed(start, day))


def _closed(start: int, day: Day) -> Reason:
    known = day.hours + day.usual
    if not known:
        return Reason.WEEKEND
    if start < min(item.opens for item in known):
        return Reason.NIGHT
    if start < max(item.closes for item in known):
        return Reason.MIDDAY
    return Reason.WEEKEND if day.is_rest else Reason.NIGHT


def _within(minute: int, ranges: Hours) -> bool:
    return any(item.opens <= minute < item.closes for item in ranges)
