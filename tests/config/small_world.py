"""The small province of the dossier tests, as the simulation sees one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random

from tests.dossiers.world import START, World, make_world

from motcua.accounts import queries as accounts
from motcua.agencies import queries as agencies
from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.models import Position, Unit
from motcua.catalogue import queries as catalogue
from motcua.config.demo.people import Citizen, Staff
from motcua.config.demo.stories import Office, Story, story
from motcua.config.simulation import world as simulated

ROLES = {
    Role.RECEIVER: ("chi",),
    Role.CASE_OFFICER: ("dung", "em"),
    Role.UNIT_HEAD: ("lan",),
    Role.APPROVER: ("hanh",),
    Role.CLERK: ("khoa",),
}


@dataclass
class Small:
    """The rows behind it, and what the simulation is given."""

    rows: World
    world: simulated.World

    @property
    def office(self) -> Office:
        return self.world.offices[0]

    def story(self, number: int, at: datetime, seed: int) -> Story:
        """The story of a dossier that comes in at the moment."""
        world = self.world
        return story(number, world.offices, world.citizens, lambda *_: at, Random(seed))


def small() -> Small:
    """One office with its people, and a second unit that can be asked for an opinion."""
    rows = make_world()
    other = Unit.objects.create(
        agency=rows.agency, key="other", name="Phòng khác", kind=UnitKind.DIVISION.value
    )
    for who in ("dung", "em"):
        Position.objects.create(
            account=rows.people[who], unit=other, role=Role.CASE_OFFICER.value, valid_from=START
        )
    by_role = {role: tuple(map(rows.actor, names)) for role, names in ROLES.items()}
    by_id = {actor.id: actor for held in by_role.values() for actor in held}
    agency = agencies.agency(rows.agency.pk)
    office = Office(
        Staff(agency, by_role, by_id),
        agencies.calendar_of(agency.id, rows.now.date()),
        (catalogue.sheet(rows.version.pk),),
    )
    citizens = tuple(_citizen(accounts.card_of(rows.people[name])) for name in ("an", "binh"))
    world = simulated.World(
        offices=(office,),
        citizens=citizens,
        admin=rows.actor("giang"),
        idle=rows.actor("giang"),
        askable=(other.pk,),
        agency_of={unit.id: agency.id for unit in agency.units},
    )
    return Small(rows, world)


def _citizen(card: accounts.AccountCard) -> Citizen:
    return Citizen(
        accounts.actor_of(card),
        card.personal_id or "",
        "0905000001",
        card.email,
        "12 Lê Duẩn, Buôn Ma Thuột",
        card.date_of_birth,
    )
