"""What befalls the offices in the year: officers are away, the system is down. Settled by the seed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from motcua.agencies.enums import Role
from motcua.config.demo.stories import Office
from motcua.config.simulation.world import World
from motcua.incidents.enums import Scope
from motcua.worktime.rules import ZONE, Calendar

ABSENCES = 4  # a year for each officer
OUTAGES = 10  # a year for each office, and as many for the province as for one
_STAND_IN = {Role.APPROVER: Role.UNIT_HEAD, Role.UNIT_HEAD: Role.CASE_OFFICER, Role.DESK_HEAD: Role.RECEIVER}


@dataclass(frozen=True, slots=True)
class Away:
    """An officer is away from the first to the last day; `substitute_id` is empty if nobody stands in."""

    officer_id: str
    substitute_id: str
    recorder_id: str
    agency_id: int
    first_day: date
    last_day: date

    def is_on(self, on: date) -> bool:
        return self.first_day <= on <= self.last_day


@dataclass(frozen=True, slots=True)
class Outage:
    """The system is down at an agency (None: in the whole province) from one moment to another."""

    agency_id: int | None
    began_at: datetime
    declared_at: datetime
    ended_at: datetime

    @property
    def scope(self) -> Scope:
        return Scope.PROVINCE if self.agency_id is None else Scope.AGENCY

    def hits(self, agency_id: int, at: datetime) -> bool:
        return self.agency_id in (None, agency_id) and self.began_at <= at < self.ended_at


@dataclass(frozen=True, slots=True)
class Happenings:
    absences: tuple[Away, ...]
    outages: tuple[Outage, ...]
    _by_day: dict[date, tuple[Away, ...]] = field(default_factory=dict, compare=False, repr=False)

    def away(self, officer_id: str, on: date) -> Away | None:
        return next((each for each in self._absent(on) if each.officer_id == officer_id), None)

    def stands_in(self, officer_id: str, on: date) -> bool:
        return any(each.substitute_id == officer_id for each in self._absent(on))

    def _absent(self, on: date) -> tuple[Away, ...]:
        if on not in self._by_day:
            self._by_day[on] = tuple(each for each in self.absences if each.is_on(on))
        return self._by_day[on]

    def outage(self, agency_id: int, at: datetime) -> int | None:
        """The number of the outage that hits the agency at the moment, if there is one."""
        return next((n for n, each in enumerate(self.outages) if each.hits(agency_id, at)), None)


def of_year(world: World, start: date, days: int, seed: object) -> Happenings:
    """The happenings of the days from `start` on; the same seed gives the same ones."""
    rng = Random(f"{seed}/happenings")  # noqa: S311 - sample data
    absences = [away for office in world.offices for away in _absences(office, start, days, rng)]
    outages: list[Outage] = []
    for office in (None, *world.offices):
        calendar = (office or world.offices[0]).calendar
        place = office.staff.agency.id if office else None
        outages += _outages(place, calendar, start, days, rng)
    return Happenings(
        tuple(sorted(absences, key=lambda each: (each.first_day, each.officer_id))),
        tuple(sorted(outages, key=lambda each: each.began_at)),
    )


def _absences(office: Office, start: date, days: int, rng: Random) -> Iterator[Away]:
    staff = office.staff
    leader = staff.by_role.get(Role.APPROVER, ())
    for role, held in sorted(staff.by_role.items()):
        for officer in held:
            begin = 0
            for _ in range(ABSENCES * days // 365):
                begin += rng.randint(3, 2 * 365 // ABSENCES)
                length = rng.choice((1, 1, 2, 3, 5, 10))
                others = [one for one in staff.by_role.get(_STAND_IN.get(role, role), ()) if one != officer]
                stand_in = rng.choice(others).id if others and rng.random() < 0.7 else ""
                if begin + length < days and leader:
                    first = start + timedelta(days=begin)
                    last = first + timedelta(days=length - 1)
                    yield Away(officer.id, stand_in, leader[0].id, staff.agency.id, first, last)
                begin += length


def _outages(
    agency_id: int | None, calendar: Calendar, start: date, days: int, rng: Random
) -> Iterator[Outage]:
    after = start
    for _ in range(OUTAGES * days // 365):
        after += timedelta(days=rng.randint(5, 2 * 365 // OUTAGES))
        at = calendar.next_opening(datetime.combine(after, time(rng.randint(7, 15), 10), ZONE))
        began = at + timedelta(minutes=rng.randint(0, 50))
        ended = began + timedelta(minutes=rng.choice((30, 60, 120, 180, 300, 1200)))
        declared = began + timedelta(minutes=rng.randint(1, 25))
        if (ended.date() - start).days < days:
            yield Outage(agency_id, began, declared, ended)
