"""Moments as the house counts them: Vietnamese time, whole minutes.

The slips of the law state a moment as "… giờ … phút, ngày …", so a minute is the smallest legal unit of time.
Seconds are dropped, never rounded up: a second late at the counter must not cost the applicant a minute.
"""

from __future__ import annotations

from datetime import datetime

from motcua.kernel.dates import ZONE

__all__ = ["ZONE", "local"]


def local(at: datetime) -> datetime:
    """The moment in Vietnamese time, cut to the minute. Raises ValueError if it has no time zone."""
    if at.tzinfo is not ZONE:
        if at.tzinfo is None:
            raise ValueError(f"a moment needs a time zone: {at.isoformat()}")
        at = at.astimezone(ZONE)
    if at.second or at.microsecond:
        at = at.replace(second=0, microsecond=0)
    return at
