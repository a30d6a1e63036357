"""When dossiers come in over a year: by season, weekday and hour."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import accumulate
from random import Random

from motcua.catalogue.enums import Channel
from motcua.worktime.rules import ZONE, Calendar

# Before Tết people settle what they can, in Tết nothing, in late summer schools and licences.
MONTHS = (70, 60, 110, 105, 100, 95, 100, 120, 125, 105, 105, 120)
WEEKDAYS = (125, 110, 100, 95, 100, 30, 20)  # online at weekends; a closed desk takes nobody
AT_DESK = (0,) * 7 + (18, 22, 17, 10, 5, 1, 9, 14, 10, 5, 1) + (0,) * 6  # by hour
ONLINE = (2, 1, 1, 1, 1, 2, 3, 6, 9, 9, 8, 7, 5, 6, 8, 7, 6, 5, 5, 7, 9, 9, 6, 4)


class Arrivals:
    """Moments at which dossiers come in within the days from `start` on."""

    def __init__(self, start: date, days: int) -> None:
        self.days = [start + timedelta(days=number) for number in range(days)]
        weights = (MONTHS[day.month - 1] * WEEKDAYS[day.weekday()] for day in self.days)
        self.summed = list(accumulate(weights))

    def __call__(self, channel: Channel, calendar: Calendar, rng: Random) -> datetime:
        """At the counter and by post within opening hours, online at any hour."""
        (day,) = rng.choices(self.days, cum_weights=self.summed)
        (hour,) = rng.choices(range(24), ONLINE if channel is Channel.ONLINE else AT_DESK)
        moment = datetime.combine(day, time(hour, rng.randrange(60)), ZONE)
        if channel is Channel.ONLINE:
            return moment
        opening = calendar.next_opening(moment)
        if opening == moment:
            return moment
        return opening + timedelta(minutes=rng.randrange(90))  # those who wait when the doors open
