"""Why this due date: the ledger of a term, put together by day so that people can follow it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext

from motcua.kernel.errors import N_
from motcua.worktime import labels
from motcua.worktime.enums import Reason, SegmentKind
from motcua.worktime.rules import Segment, local

PAUSES = {
    "supplement": N_("chờ người nộp bổ sung"),
    "financial_obligation": N_("chờ hoàn thành nghĩa vụ tài chính"),
}
_USUAL = frozenset({Reason.NIGHT, Reason.MIDDAY})


@dataclass(frozen=True, slots=True)
class LedgerDay:
    """One day, or a row of closed days with the same reason. Minutes are opening minutes."""

    first: date
    last: date
    worked: int
    paused: int
    reason: str

    @property
    def kind(self) -> str:
        return "worked" if self.worked else "paused" if self.paused else "closed"


def by_day(segments: Iterable[Segment]) -> list[LedgerDay]:
    """The days of a ledger in order; neighbouring days without any worked time are drawn together."""
    days: dict[date, LedgerDay] = {}
    for segment in segments:
        for day, minutes in _pieces(segment):
            _add(days, day, segment, minutes)
    rows: list[LedgerDay] = []
    for entry in days.values():
        last = rows[-1] if rows else None
        if last and not entry.worked and entry.kind == last.kind and entry.reason == last.reason:
            rows[-1] = replace(last, last=entry.first, paused=last.paused + entry.paused)
        else:
            rows.append(entry)
    return [row for row in rows if row.worked or row.paused or row.reason]


def _pieces(segment: Segment) -> Iterable[tuple[date, int]]:
    """The segment cut at midnights: (day, minutes)."""
    start, end = local(segment.start), local(segment.end)
    while start < end:
        midnight = start.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        until = min(midnight, end)
        yield start.date(), int((until - start).total_seconds() // 60)
        start = until


def _add(days: dict[date, LedgerDay], day: date, segment: Segment, minutes: int) -> None:
    known = days.setdefault(day, LedgerDay(day, day, 0, 0, ""))
    is_worked = segment.kind is SegmentKind.WORKED
    is_paused = segment.kind is SegmentKind.PAUSED
    reason = known.reason
    if not is_worked and str(segment.reason) not in _USUAL:
        reason = gettext(PAUSES.get(str(segment.reason)) or labels.reason_label(segment))
    if segment.reason == Reason.MAKE_UP_DAY:
        reason = gettext(labels.REASONS[Reason.MAKE_UP_DAY])
    days[day] = replace(
        known,
        worked=known.worked + (minutes if is_worked else 0),
        paused=known.paused + (minutes if is_paused else 0),
        reason=reason,
    )
