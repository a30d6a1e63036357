"""Entering afterwards what happened on paper while the system was down."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from motcua.dossiers.errors import OutsideWindow, PageRequired
from motcua.dossiers.rules.events import EnteredLate
from motcua.dossiers.rules.state import Target

if TYPE_CHECKING:
    from motcua.incidents.rules.windows import Window


def entered(
    window: Window, target: Target, page: str, done_by: str, entered_at: datetime, at: datetime
) -> EnteredLate:
    """The mark of an act that happened at `at` and is entered at `entered_at`.

    Refused without the page of the log, and outside the time and place of the incident.

    Basis: PT24-23.8.
    """
    if not page.strip():
        raise PageRequired(clauses=("PT24-23.8",))
    if at > entered_at or not window.covers(target.agency_id, target.posting.desk, at):
        raise OutsideWindow(clauses=("PT24-23.8",))
    return EnteredLate(window.id, page.strip(), entered_at, done_by.strip())
