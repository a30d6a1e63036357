"""Lists, search and spreadsheets show nothing that the officer may not open."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.dossiers.test_queries_lists import ids, listed
from tests.dossiers.world import World, make_world

from motcua.agencies import queries as agencies
from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.models import Position, Unit
from motcua.audit import queries as audit
from motcua.catalogue import queries as catalogue
from motcua.dossiers import queries, services
from motcua.dossiers.enums import Box
from motcua.dossiers.models import ListExport
from motcua.dossiers.rules.choices import Choice
from motcua.dossiers.rules.state import SupplementItem
from motcua.kernel.errors import Forbidden
from motcua.process import queries as process

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> Iterator[World]:
    for known in (agencies, catalogue, process):
        known.forget()
    yield make_world()
    for known in (agencies, catalogue, process):
        known.forget()


def export(world: World, who: str, box: Box) -> int:
    """The number of lines that the spreadsheet got."""
    number = services.ask_for_export(actor=world.actor(who), at=world.now, box=box, choice=Choice())
    services.write_export(export_id=number, at=world.now)
    return ListExport.objects.get(pk=number).rows


def elsewhere(world: World) -> None:
    """Giang works in another division of the same agency."""
    second = Unit.objects.create(
        agency=world.agency, key="div2", name="Phòng 2", kind=UnitKind.DIVISION.value
    )
    Position.objects.create(account=world.people["giang"], unit=second, role=Role.CASE_OFFICER.value)
    agencies.forget()


def test_another_division_sees_nothing_of_what_it_may_not_open(world: World) -> None:
    elsewhere(world)
    act = world.until("close")
    with pytest.raises(Forbidden):
        services.reading.open_dossier(actor=world.actor("giang"), at=world.now, dossier_id=act.dossier_id)
    assert ids(listed(world, "giang", Box.DONE)) == []
    assert queries.find(world.actor("giang"), "066090000001", at=world.now) == ()
    posts = agencies.positions_of(world.people["giang"].pk, world.now.date())
    assert queries.by_number(world.actor("giang"), act.code, posts=posts) is None
    assert export(world, "giang", Box.DONE) == 0


@pytest.mark.parametrize("who", ["chi", "dung", "lan", "hanh"])
def test_units_that_work_on_it_find_it(world: World, who: str) -> None:
    act = world.until("close")
    assert ids(listed(world, who, Box.DONE)) == [act.dossier_id]
    (found,) = queries.find(world.actor(who), "nguyen van an", at=world.now)
    assert found.id == act.dossier_id
    assert export(world, who, Box.DONE) == 1


def test_administrator_of_the_agency_sees_nothing_that_waits(world: World) -> None:
    desk = world.units[UnitKind.DESK]
    Position.objects.create(account=world.people["giang"], unit=desk, role=Role.ADMIN.value)
    agencies.forget()
    act = world.until("accept")
    items = (SupplementItem("paper", "x"),)
    services.request_supplement(**world._on(act, "chi"), items=items, reason="a", guidance="b")
    assert ids(listed(world, "giang", Box.WAITING)) == []
    assert ids(listed(world, "chi", Box.WAITING)) == [act.dossier_id]


def test_chain_says_what_was_asked_for_and_how_much_left_the_house(world: World) -> None:
    world.until("close")
    export(world, "chi", Box.DONE)
    written, asked = audit.acts()
    assert (asked.act, asked.facts["box"], "choice" in asked.facts) == ("list_exported", "done", True)
    assert (written.act, written.facts) == ("list_written", {"box": "done", "rows": 1, "is_cut": False})
