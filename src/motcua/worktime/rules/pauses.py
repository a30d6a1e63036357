"""Pauses: stretches in which a time limit does not run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.worktime.rules.moments import local


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stands still from `start` to `end`; without an end it still does.

    Basis: by reference NĐ 61/2018 (memory): waiting for a supplement does not count; design, section 4.
    """

    start: datetime
    end: datetime | None = None
    reason: str = "pause"

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise ValueError(f"a pause cannot end ({self.end}) before it starts ({self.start})")

    def to_json(self) -> dict[str, Any]:
        return {
            "from": self.start.isoformat(),
            "to": self.end.isoformat() if self.end else None,
            "reason": self.reason,
        }


def merged(pauses: Iterable[Pause], since: datetime) -> tuple[Pause, ...]:
    """Pauses in order and apart from each other, as far as they lie after `since`.

    Time under two pauses counts once; the earlier pause gives its reason.
    """
    result: list[Pause] = []
    for pause in sorted(pauses, key=lambda item: item.start):
        start, end = max(local(pause.start), since), local(pause.end) if pause.end else None
        if result:
            last = result[-1].end
            if last is None:
                break
            start = max(start, last)
        if end is None or start < end:
            result.append(Pause(start, end, pause.reason))
    return tuple(result)


def continuous(pauses: Iterable[Pause]) -> tuple[Pause, ...]:
    """Pauses that touch as one: where one ends and the next begins, the clock never ran."""
    result: list[Pause] = []
    for pause in pauses:
        if result and result[-1].end == pause.start:
            result[-1] = Pause(result[-1].start, pause.end, result[-1].reason)
        else:
            result.append(pause)
    return tuple(result)


def open_pause(pauses: Sequence[Pause]) -> Pause | None:
    """The pause that has not ended, if there is one; pauses as `merged` gives them."""
    return pauses[-1] if pauses and pauses[-1].end is None else None
