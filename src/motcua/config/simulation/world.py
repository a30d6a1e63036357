"""The province that is played: loaded once, found again in its database when a run goes on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from typing import Any

from motcua.accounts import queries as accounts
from motcua.agencies import queries as agencies
from motcua.agencies.enums import Role
from motcua.catalogue import queries as catalogue
from motcua.config.demo import people, province
from motcua.config.demo.people import Citizen, Staff
from motcua.config.demo.stories import Office
from motcua.kernel.actors import Actor

IDLE = ("giang", "Cao Minh Giang")  # an officer without any post
CITIZENS = 40


@dataclass(frozen=True, slots=True)
class World:
    """Agencies with their people, citizens, an administrator, and somebody with no business here."""

    offices: tuple[Office, ...]
    citizens: tuple[Citizen, ...]
    admin: Actor
    idle: Actor
    askable: tuple[int, ...]  # units that may be asked for an opinion
    agency_of: Mapping[int, int]  # by unit

    def office(self, agency_id: int) -> Office | None:
        return next((each for each in self.offices if each.staff.agency.id == agency_id), None)

    def office_of_unit(self, unit_id: int) -> Office | None:
        return self.office(self.agency_of.get(unit_id, 0))

    def officer(self, account_id: str) -> Actor | None:
        return next(
            (one for each in self.offices if (one := each.staff.by_id.get(account_id)) is not None), None
        )

    def holder(self, unit_id: int, role: str, rng: Random) -> Actor | None:
        """Somebody who holds the role in the agency of the unit."""
        office = self.office_of_unit(unit_id)
        held = office.staff.by_role.get(Role(role), ()) if office else ()
        return rng.choice(held) if held else None


def load(at: datetime, seed: int) -> World:
    """Load the published province and make its people. The database is empty before."""
    rng = Random(seed)  # noqa: S311 - sample data
    province.load_published(at)
    offices = province.offices(at, rng)
    first = offices[0].staff.agency
    people.administrators(first, at)
    people.officer(*IDLE, at)
    citizens = people.citizens(CITIZENS, first.name, at=at, rng=rng)
    return _world(tuple(offices), citizens, at.date())


def remember(world: World) -> dict[str, Any]:
    """Whom the world is made of, as JSON."""
    return {
        "offices": [
            {
                "agency": office.staff.agency.id,
                "roles": {
                    role.value: [actor.id for actor in held] for role, held in office.staff.by_role.items()
                },
                "versions": [sheet.version_id for sheet in office.sheets],
            }
            for office in world.offices
        ],
        "citizens": [citizen.actor.id for citizen in world.citizens],
    }


def recall(kept: Mapping[str, Any], on: date) -> World:
    """The world that was remembered, from the database in which it was made."""
    offices = tuple(_office(one, on) for one in kept["offices"])
    return _world(offices, tuple(map(_citizen, kept["citizens"])), on)


def _office(kept: Mapping[str, Any], on: date) -> Office:
    by_role = {
        Role(role): tuple(accounts.actor_of(accounts.account_card(one)) for one in held)
        for role, held in kept["roles"].items()
    }
    by_id = {actor.id: actor for held in by_role.values() for actor in held}
    agency = agencies.agency(kept["agency"])
    sheets = tuple(catalogue.sheet(version) for version in kept["versions"])
    return Office(Staff(agency, by_role, by_id), agencies.calendar_of(agency.id, on), sheets)


def _citizen(account_id: str) -> Citizen:
    card = accounts.account_card(account_id)
    return Citizen(
        accounts.actor_of(card),
        card.personal_id or "",
        card.phone,
        card.email,
        card.address,
        card.date_of_birth,
    )


def _world(offices: tuple[Office, ...], citizens: tuple[Citizen, ...], on: date) -> World:
    first = offices[0].staff.agency
    staffed = agencies.staffed_units(first.province, (Role.UNIT_HEAD, Role.CASE_OFFICER), on)
    units = [unit for _, found in staffed for unit in found]
    agency_of = {unit.id: office.staff.agency.id for office in offices for unit in office.staff.agency.units}
    return World(
        offices=offices,
        citizens=citizens,
        admin=_known(people.ADMIN[0]),
        idle=_known(IDLE[0]),
        askable=tuple(unit.id for unit in units),
        agency_of=agency_of,
    )


def _known(username: str) -> Actor:
    card = accounts.find_officer(username)
    assert card is not None
    return accounts.actor_of(card)
