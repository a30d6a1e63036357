"""A length of opening time cut into what people say of it."""

from __future__ import annotations


def late_parts(minutes: int, day_minutes: int) -> tuple[int, int, int]:
    """Lateness as days, hours and minutes of opening time, of which at most two are said.

    From a day on, minutes are counted as an hour that has begun: what is said is never less than how late it
    is. `day_minutes` of opening time make a day.
    """
    days, rest = divmod(minutes, day_minutes)
    if not days:
        return 0, *divmod(rest, 60)
    hours = -(-rest // 60)
    if hours * 60 >= day_minutes:
        return days + 1, 0, 0
    return days, hours, 0
