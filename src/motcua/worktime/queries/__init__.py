"""The published calendars: opening hours by province and agency, and the public holidays of Vietnam."""

from motcua.worktime.queries.published import (
    PublicHolidays,
    agency_codes,
    calendar_at,
    holidays_at,
    provinces,
    public_holidays,
    published_calendar,
)

__all__ = [
    "PublicHolidays",
    "agency_codes",
    "calendar_at",
    "holidays_at",
    "provinces",
    "public_holidays",
    "published_calendar",
]
