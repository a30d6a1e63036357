"""What incidents need from above: somebody who knows what was entered from the paper log of an outage
(`dossiers` does)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

LastEntry = Callable[[str, datetime], datetime | None]

_last_entry: list[LastEntry] = []


def register_entries(last_entry: LastEntry) -> None:
    """Make `last_entry` the one who knows when the last act was done that was entered, by id and beginning of
    the outage; the last one registered serves."""
    _last_entry[:] = [last_entry]


def last_entry(incident_id: str, began_at: datetime) -> datetime | None:
    """When the last act was done that was entered from the paper log of this outage; None if there is none.
    Raises RuntimeError if nobody knows: a mistake of the installation."""
    if not _last_entry:
        raise RuntimeError("no app registered itself to know what was entered from a paper log")
    return _last_entry[0](incident_id, began_at)
