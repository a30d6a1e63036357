"""Codes sent by e-mail: how long they live, how often they may be tried and sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

DIGITS = 6
LIFETIME = timedelta(minutes=10)
MAX_TRIES = 5
PAUSE_BETWEEN = timedelta(seconds=60)
MAX_PER_HOUR = 5


def wait_before_next(sent: Sequence[datetime], at: datetime) -> timedelta:
    """How long to wait at `at` before another code may be sent, given when the earlier ones were sent.

    Zero means now: a minute since the last one, and fewer than five within the hour.
    """
    recent = sorted(moment for moment in sent if at - moment < timedelta(hours=1))
    if not recent:
        return timedelta(0)
    waits = [recent[-1] + PAUSE_BETWEEN - at]
    if len(recent) >= MAX_PER_HOUR:
        waits.append(recent[-MAX_PER_HOUR] + timedelta(hours=1) - at)
    return max(timedelta(0), *waits)


def can_be_tried(*, expires_at: datetime, tries: int, used_at: datetime | None, at: datetime) -> bool:
    """Whether a code is still good for one more try."""
    return used_at is None and tries < MAX_TRIES and at < expires_at
