"""What can be wrong with a calendar or with a question put to it. All are ValueErrors."""

from __future__ import annotations


class WorktimeError(ValueError):
    """Base: the calendar or the question cannot be used."""


class BadCalendar(WorktimeError):
    """A data file cannot be read as a calendar; the message names file, key and reason."""

    def __init__(self, file: str, key: str, reason: str) -> None:
        super().__init__(f"{file}: {key}: {reason}")


class NeverOpens(WorktimeError):
    """The answer lies beyond the years that a calendar can be drawn out to."""


class NoCalendar(WorktimeError):
    """No calendar is published for this province."""


class OpenPause(WorktimeError):
    """The clock stands still: while a pause is open there is no due moment."""
