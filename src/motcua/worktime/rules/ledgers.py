"""The ledger: why a due moment is what it is, as stretches without a gap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from motcua.worktime.enums import Reason, SegmentKind
from motcua.worktime.rules.calendars import Calendar
from motcua.worktime.rules.moments import ZONE, local
from motcua.worktime.rules.parts import parts_of
from motcua.worktime.rules.pauses import Pause, merged


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of time. `minutes` is its length by the clock, which for worked time is the time used up.

    `reason` is a `Reason`, a holiday's Vietnamese name or the reason of a pause; `detail` names a closure.
    """

    kind: SegmentKind
    start: datetime
    end: datetime
    minutes: int
    reason: str
    detail: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind.value,
            "from": self.start.isoformat(),
            "to": self.end.isoformat(),
            "minutes": self.minutes,
            "reason": str(self.reason),
            "detail": self.detail,
        }


def ledger(
    calendar: Calendar, start: datetime, end: datetime, pauses: Sequence[Pause] = ()
) -> tuple[Segment, ...]:
    """All time from `start` to `end` as worked, paused or closed; no gap, no overlap.

    Only opening time is paused: a closed stretch under a pause stays closed. So the paused minutes are what
    the pause moved the due moment by, and the worked minutes are the limit.
    """
    start, end = local(start), local(end)
    pieces = _open_and_closed(calendar, start, end)
    return _joined(_with_pauses(pieces, merged(pauses, start)))


def clock_ledger(
    calendar: Calendar, start: datetime, end: datetime, pauses: Sequence[Pause] = ()
) -> tuple[Segment, ...]:
    """As `ledger`, for a limit by the clock, which runs day and night."""
    start, end = local(start), local(end)
    whole = [_segment(SegmentKind.WORKED, start, end, Reason.CLOCK_HOURS)]
    return _joined(_with_pauses(whole, merged(pauses, start)))


def _segment(kind: SegmentKind, start: datetime, end: datetime, reason: str, detail: str = "") -> Segment:
    return Segment(kind, start, end, round((end - start).total_seconds()) // 60, reason, detail)


def _open_and_closed(calendar: Calendar, start: datetime, end: datetime) -> Iterator[Segment]:
    on = start.date()
    while on <= end.date():
        midnight = _midnight(on)
        for part in parts_of(calendar.day(on)):
            begins = max(start, midnight + timedelta(minutes=part.start))
            ends = min(end, midnight + timedelta(minutes=part.end))
            if begins < ends:
                kind = SegmentKind.WORKED if part.is_open else SegmentKind.CLOSED
                yield _segment(kind, begins, ends, part.reason, part.detail)
        on += timedelta(days=1)


def _midnight(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, tzinfo=ZONE)


def _with_pauses(segments: Iterable[Segment], pauses: Sequence[Pause]) -> Iterator[Segment]:
    """Cut worked stretches at the edges of pauses."""
    for segment in segments:
        if segment.kind is not SegmentKind.WORKED:
            yield segment
            continue
        at = segment.start
        for pause in pauses:
            begins = max(at, pause.start)
            ends = min(segment.end, pause.end) if pause.end else segment.end
            if begins >= ends:
                continue
            if at < begins:
                yield _segment(SegmentKind.WORKED, at, begins, segment.reason)
            yield _segment(SegmentKind.PAUSED, begins, ends, pause.reason)
            at = ends
        if at < segment.end:
            yield _segment(SegmentKind.WORKED, at, segment.end, segment.reason)


def _joined(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    """Neighbours that say the same become one, so that a night is one line and not two."""
    result: list[Segment] = []
    for segment in segments:
        last = result[-1] if result else None
        if last and (last.kind, last.reason, last.detail) == (segment.kind, segment.reason, segment.detail):
            result[-1] = replace(last, end=segment.end, minutes=last.minutes + segment.minutes)
        else:
            result.append(segment)
    return tuple(result)
