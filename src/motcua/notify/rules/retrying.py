"""When a message that was not taken is tried again, and when it is given up."""

from __future__ import annotations

from datetime import datetime, timedelta

CLAIM_LASTS = timedelta(minutes=5)  # far above EMAIL_TIMEOUT: whoever takes longer is dead
WAITS = (
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(minutes=30),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
    timedelta(hours=12),
)


def next_try(
    *, attempts: int, posted_at: datetime, good_for: timedelta | None, at: datetime
) -> datetime | None:
    """When to try again after `attempts` failures; None to give up.

    The pauses grow from half a minute to half a day. A message of limited use (a code) is given up when it
    would come too late.
    """
    if attempts > len(WAITS):
        return None
    moment = at + WAITS[max(attempts, 1) - 1]
    if good_for is not None and moment >= posted_at + good_for:
        return None
    return moment
