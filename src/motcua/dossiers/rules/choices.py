"""How an officer wants to see a list of work: what of it, in which order, with which columns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from motcua.dossiers.enums import Box, Column, Lateness, Sort, Status

USUAL = (Column.PROCEDURE, Column.WORK, Column.TERM)
PLAIN_BOXES = frozenset({Box.MINE, Box.UNIT, Box.APPROVALS, Box.RETURNS})  # read as they are, without joins
NO_DUE = datetime(9000, 1, 1, tzinfo=UTC)  # sorts after every due moment


@dataclass(frozen=True, slots=True)
class Choice:
    """Nothing chosen means the whole list, what runs out first on top, with the usual columns."""

    sort: Sort = Sort.DUE
    columns: tuple[Column, ...] = USUAL
    procedure: str = ""
    unit_id: int | None = None
    status: Status | None = None
    lateness: Lateness | None = None

    @property
    def narrows(self) -> bool:
        """Whether anything of the list is left out."""
        return bool(self.procedure or self.unit_id or self.status or self.lateness)

    @property
    def is_usual(self) -> bool:
        return not self.narrows and self.sort is Sort.DUE and self.columns == USUAL


@dataclass(frozen=True, slots=True)
class Kept:
    """A choice that an officer has kept under a name; without a name it is how they last saw the list."""

    id: int
    name: str
    box: Box
    choice: Choice
