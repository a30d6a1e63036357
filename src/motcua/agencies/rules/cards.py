"""What other apps know of an agency: frozen values, no tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from motcua.agencies.enums import AgencyLevel, Role, UnitKind
from motcua.agencies.rules.naming import own_name
from motcua.kernel.periods import Period
from motcua.worktime.rules import Calendar, Closure, Hours


@dataclass(frozen=True, slots=True)
class UnitCard:
    id: int
    agency_id: int
    name: str
    kind: UnitKind
    ends: date | None = None

    @property
    def is_offered(self) -> bool:
        """Whether it may be chosen for something new: posts, procedures, dossiers."""
        return self.ends is None


@dataclass(frozen=True, slots=True)
class AgencyCard:
    """An agency with the units a dossier meets; a unit id is None where the agency has no such unit."""

    id: int
    province: str
    code: str | None
    code_is_synthetic: bool
    legacy_code: str | None
    name: str
    level: AgencyLevel
    parent_id: int | None
    validity: Period
    units: tuple[UnitCard, ...]
    dossier_code_prefix: str
    has_own_prefix: bool  # whether that is the agency's own code, and not the province's
    address: str = ""
    phones: tuple[str, ...] = ()
    email: str = ""
    contact_is_sample: bool = False  # number and mailbox are made up for a demonstration

    @property
    def desk_name(self) -> str:
        """What its one-stop desk is called; empty if it has none."""
        return next((own_name(unit.name, self.name) for unit in self.units if unit.kind is UnitKind.DESK), "")

    @property
    def desk_unit_id(self) -> int | None:
        return self._first(UnitKind.DESK)

    @property
    def leadership_unit_id(self) -> int | None:
        return self._first(UnitKind.LEADERSHIP)

    @property
    def division_id(self) -> int | None:
        """Its first division that is not about to end."""
        return self._first(UnitKind.DIVISION)

    @property
    def office_unit_id(self) -> int | None:
        return self._first(UnitKind.OFFICE)

    @property
    def offered_units(self) -> tuple[UnitCard, ...]:
        """Those that may be chosen for something new."""
        return tuple(unit for unit in self.units if unit.is_offered)

    def unit(self, unit_id: int) -> UnitCard | None:
        return next((unit for unit in self.units if unit.id == unit_id), None)

    def name_of(self, unit_id: int) -> str:
        """What a unit of it is called, as people read it; empty if it is none of its own."""
        unit = self.unit(unit_id)
        return own_name(unit.name, self.name) if unit else ""

    def _first(self, kind: UnitKind) -> int | None:
        return next((unit.id for unit in self.offered_units if unit.kind is kind), None)


@dataclass(frozen=True, slots=True)
class Post:
    """A position held: where, and as what.

    `for_id` and `for_name` name the absent officer whose post it is, where somebody stands in.
    """

    unit_id: int
    agency_id: int
    role: Role
    for_id: str = ""
    for_name: str = ""


@dataclass(frozen=True, slots=True)
class Officer:
    """Who holds a post. `away` is the absence that runs on the day asked about, where the question was who
    does the work of the post (`officers_of_each`)."""

    account_id: int
    full_name: str
    role: Role
    unit_id: int
    away: Away | None = None

    @property
    def is_missed(self) -> bool:
        """Whether they are away, and nobody can do the work of this post meanwhile."""
        return self.away is not None and not self.away.has_substitute_at(self.unit_id, self.role.value)


@dataclass(frozen=True, slots=True)
class Supporter:
    """Who helps the officers of an agency with the system, and how they are reached at work."""

    full_name: str
    agency_name: str
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class AbsenceCard:
    """An officer who is away from the first to the last day, and who stands in meanwhile."""

    id: int
    account_id: int
    full_name: str
    substitute_id: int
    substitute_name: str
    first_day: date
    last_day: date
    reason: str
    recorded_by: str
    is_left_alone: bool  # the substitute's account is blocked: nobody stands in
    lacks_a_post: bool  # the substitute does not hold what it takes for all that is handed on (`standing_in`)
    authority: str = ""  # by which paper a leader authorised the substitute

    def leaves_open(self, other: AbsenceCard) -> bool:
        """Whether the other is the substitute's own absence, on days when they should stand in."""
        is_theirs = other.account_id == self.substitute_id
        return is_theirs and other.first_day <= self.last_day and self.first_day <= other.last_day


@dataclass(frozen=True, slots=True)
class Away:
    """An absence as whoever gives work to the absent has to know it. `handed_on` are the posts that the
    substitute has meanwhile, each a unit with a role: those for which whoever recorded it answers."""

    first_day: date
    last_day: date
    substitute_id: int
    substitute_name: str
    handed_on: frozenset[tuple[int, str]] = frozenset()

    def has_substitute_at(self, unit_id: int, role: str | None = None) -> bool:
        """Whether somebody does the work of that post; without a role, of any post at the unit."""
        return any(unit == unit_id and role in (None, held) for unit, held in self.handed_on)


@dataclass(frozen=True, slots=True)
class KnownOfficer:
    """What an account is called, and its absence, if it is away."""

    full_name: str
    away: Away | None = None


@dataclass(frozen=True, slots=True)
class HoursVersion:
    """Opening hours that an agency published for itself, Monday first."""

    id: int
    days: tuple[Hours, ...]
    validity: Period
    source: str
    published_by: str
    published_at: datetime

    def is_ahead(self, today: date) -> bool:
        return self.validity.start is not None and self.validity.start > today


@dataclass(frozen=True, slots=True)
class ClosureCard:
    """A closure as it was announced; `moved` and `in_vain` as `LocalClosure` says."""

    id: int
    agency_id: int
    span: Closure
    source: str
    announced_by: str
    announced_at: datetime
    moved: int
    in_vain: int
    told_at: datetime | None
    withdrawn_by: str
    withdrawn_at: datetime | None
    untold_at: datetime | None

    def stands(self, at: datetime) -> bool:
        """Whether it goes on or is to come, and was not taken back."""
        return self.withdrawn_at is None and self.span.ends_at > at

    def is_ahead(self, at: datetime) -> bool:
        """Whether it may still be withdrawn."""
        return self.withdrawn_at is None and self.span.starts_at > at


@dataclass(frozen=True, slots=True)
class Ahead:
    """A closure that is not over, with the agency's calendar as it would be without any."""

    agency_id: int
    span: Closure
    announced_at: datetime
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class Holding:
    """A position with its days, as administrators see it."""

    id: int
    account_id: int
    full_name: str
    username: str
    is_active: bool
    role: Role
    unit_id: int
    unit_name: str
    agency_id: int
    agency_name: str
    days: Period


@dataclass(frozen=True, slots=True)
class AgencyFacts:
    """What stands beside the card for those who administer; `marks` say where each fact comes from."""

    id: int
    key: str
    kind: str
    address: str
    parent_name: str
    marks: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Successors:
    """Who took over from an agency that is no more: agencies that exist, else the words of the source."""

    agencies: tuple[AgencyCard, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class ContactCard:
    """Whom to ask at an agency, and about what."""

    id: int
    agency_id: int
    name: str
    duty: str
    phone: str
    email: str
    address: str
    changed_at: datetime


# At which kind of unit a role is held.
UNITS_OF_ROLE: Mapping[Role, frozenset[UnitKind]] = {
    Role.RECEIVER: frozenset({UnitKind.DESK}),
    Role.DESK_HEAD: frozenset({UnitKind.DESK}),
    Role.UNIT_HEAD: frozenset({UnitKind.DIVISION, UnitKind.OFFICE}),
    Role.CASE_OFFICER: frozenset({UnitKind.DIVISION, UnitKind.OFFICE}),
    Role.APPROVER: frozenset({UnitKind.LEADERSHIP, UnitKind.DIVISION}),
    Role.CLERK: frozenset({UnitKind.OFFICE, UnitKind.DESK, UnitKind.DIVISION}),
    Role.ADMIN: frozenset({UnitKind.OFFICE}),
    Role.POSTAL_STAFF: frozenset({UnitKind.DESK}),
}
