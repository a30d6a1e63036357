"""Working time as pure functions: calendars, limits, pauses, due moments and their ledger."""

from motcua.worktime.rules.calendars import Calendar
from motcua.worktime.rules.closures import Closure, closed, known_at
from motcua.worktime.rules.day_counts import Days, counted_days
from motcua.worktime.rules.days import Day, Holiday, LocalDay, MakeUpDay
from motcua.worktime.rules.deadlines import Due, due, due_at, working_minutes
from motcua.worktime.rules.hours import Hours, Range, Week, hours
from motcua.worktime.rules.ledgers import Segment, clock_ledger, ledger
from motcua.worktime.rules.lengths import late_parts
from motcua.worktime.rules.moments import ZONE, local
from motcua.worktime.rules.pauses import Pause
from motcua.worktime.rules.weeks import NewHours, with_hours
from motcua.worktime.rules.wire import calendar_from_json, week_from_json

__all__ = [
    "ZONE",
    "Calendar",
    "Closure",
    "Day",
    "Days",
    "Due",
    "Holiday",
    "Hours",
    "LocalDay",
    "MakeUpDay",
    "NewHours",
    "Pause",
    "Range",
    "Segment",
    "Week",
    "calendar_from_json",
    "clock_ledger",
    "closed",
    "counted_days",
    "due",
    "due_at",
    "hours",
    "known_at",
    "late_parts",
    "ledger",
    "local",
    "week_from_json",
    "with_hours",
    "working_minutes",
]
