"""Days that are not like their weekday: holidays, make-up working days, local closures and half days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.worktime.rules.hours import Hours


@dataclass(frozen=True, slots=True)
class Holiday:
    """A public holiday, a compensatory day (`nghỉ bù`) or a working day swapped for a Saturday.

    `mark` tells how sure the entry is; a forecast is not yet announced by the Government.
    """

    on: date
    name: str
    source: str = ""
    mark: str = "unverified"
    forecast: bool = False

    def to_json(self) -> dict[str, Any]:
        return {
            "on": self.on.isoformat(),
            "name": self.name,
            "source": self.source,
            "mark": self.mark,
            "forecast": self.forecast,
        }


@dataclass(frozen=True, slots=True)
class MakeUpDay:
    """A day of rest that is worked instead of the day `instead_of`, with that day's opening hours."""

    on: date
    instead_of: date
    source: str = ""
    mark: str = "unverified"

    def to_json(self) -> dict[str, Any]:
        return {
            "on": self.on.isoformat(),
            "instead_of": self.instead_of.isoformat(),
            "source": self.source,
            "mark": self.mark,
        }


@dataclass(frozen=True, slots=True)
class LocalDay:
    """A day with this agency's own hours: none is a closure, fewer a half day, more an extra opening."""

    on: date
    name: str
    hours: Hours = ()

    def to_json(self) -> dict[str, Any]:
        return {"on": self.on.isoformat(), "name": self.name, "hours": [str(item) for item in self.hours]}


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a calendar: its opening hours, the `usual` ones of its weekday, and what changed them."""

    on: date
    hours: Hours
    usual: Hours
    holiday: Holiday | None = None
    make_up: MakeUpDay | None = None
    local: LocalDay | None = None

    @property
    def is_rest(self) -> bool:
        """Saturday or Sunday, unless worked instead of another day."""
        return self.on.weekday() >= 5 and self.make_up is None
