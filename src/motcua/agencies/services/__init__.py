"""Changing the agency tree: imports, positions, calendars."""

from motcua.agencies.services.absences import answered_for, end_absence, record_absence
from motcua.agencies.services.importing import import_agencies, import_file
from motcua.agencies.services.loading import load_province
from motcua.agencies.services.positions import end_position, give_position, publish_calendar

__all__ = [
    "answered_for",
    "end_absence",
    "end_position",
    "give_position",
    "import_agencies",
    "import_file",
    "load_province",
    "publish_calendar",
    "record_absence",
]
