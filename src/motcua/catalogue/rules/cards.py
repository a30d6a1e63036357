"""What lists and searches show of a procedure, and where it can be filed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from motcua.catalogue.enums import OnlineLevel
from motcua.catalogue.rules import codes


@dataclass(frozen=True, slots=True)
class ProcedureCard:
    version_id: int
    code: str
    title: str
    sector: str
    online_level: OnlineLevel
    is_sample: bool

    @property
    def national_code(self) -> str:
        """The code as people may quote it; empty where the procedure has none."""
        return codes.national(self.code)


@dataclass(frozen=True, slots=True)
class Offer:
    """An agency that settles the procedure, and the unit that does the work."""

    agency_id: int
    agency_name: str
    agency_level: str
    province: str
    settling_unit_id: int


@dataclass(frozen=True, slots=True)
class Settled:
    """A procedure that one agency settles, and by which of its units."""

    code: str
    title: str
    sector: str
    unit_name: str


@dataclass(frozen=True, slots=True)
class Called:
    """A procedure that something in a life calls for: by its code, and when somebody needs it."""

    code: str
    why: str
    why_english: str


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """Something that happens in a life or a business, with the procedures it calls for, the usual first."""

    key: str
    name: str
    english: str
    about: str
    about_english: str
    whose: str  # person or organisation
    calls_for: tuple[Called, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(each.code for each in self.calls_for)


@dataclass(frozen=True, slots=True)
class Note:
    """What whoever looks for a matter should know beside what is found, in both languages."""

    vietnamese: str
    english: str


@dataclass(frozen=True, slots=True)
class VersionCard:
    """One published version of a procedure."""

    id: int
    number: int
    valid_from: date


@dataclass(frozen=True, slots=True)
class SectorCount:
    sector: str
    procedures: int
