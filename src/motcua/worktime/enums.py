"""Words of working time. Their values are stable: they stand in JSON, in files and in the database."""

from __future__ import annotations

from enum import StrEnum


class SegmentKind(StrEnum):
    """What the clock does in a stretch of a ledger."""

    WORKED = "worked"  # the agency is open and the limit runs
    PAUSED = "paused"  # the agency is open and the limit does not run
    CLOSED = "closed"  # the agency is not open


class Reason(StrEnum):
    """Why a stretch is worked or closed. A holiday gives its own name instead."""

    OPENING_HOURS = "opening hours"
    MAKE_UP_DAY = "make-up day"
    CLOCK_HOURS = "clock hours"  # a limit by the clock runs day and night
    NIGHT = "night"  # before the first opening of a day, or after its last
    MIDDAY = "midday"  # between two openings of a day
    WEEKEND = "weekend"  # the weekly rest: a weekday without opening hours
    LOCAL_CLOSURE = "local closure"  # a day, or a part of one, on which this agency is shut


class Counted(StrEnum):
    """What a day is to such a term."""

    FIRST = "first"  # the day from which it runs does not count itself
    DAY = "day"  # counts, open or closed
    PAUSED = "paused"
    BEYOND = "beyond"  # the last day was closed: the term ends when there is next somebody


class OffHours(StrEnum):
    """What a regulation says of a dossier that comes outside opening hours.

    Basis: DL24-8.1.c#2, PT24-9.2.c#2 (next working period); the other regulations are silent.
    """

    NONE = "none"
    NEXT_WORKING_PERIOD = "next_working_period"
