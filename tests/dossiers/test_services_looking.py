"""Who has a dossier open: for a minute after it was last heard of, as long as they may read it."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from tests.dossiers.world import World

from motcua.agencies.models import Position
from motcua.dossiers import services
from motcua.dossiers.models import DossierEvent, Look
from motcua.dossiers.queries import Looking
from motcua.kernel.errors import Forbidden, NotFound

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(world: World) -> str:
    return world.register().dossier_id


def look(world: World, who: str, dossier: str) -> Looking:
    return services.look(actor=world.actor(who), at=world.now, dossier_id=dossier)


def heard(world: World, who: str, dossier: str, page: str) -> Looking:
    return services.go_on_looking(actor=world.actor(who), at=world.now, dossier_id=dossier, page=page)


def names(found: Looking) -> list[str]:
    return [each.name for each in found.others]


def test_each_hears_of_the_other_and_since_when(world: World, dossier: str) -> None:
    mine = look(world, "chi", dossier)
    began = world.now
    assert mine.others == ()
    world.later(seconds=30)
    theirs = look(world, "dung", dossier)
    assert [(each.name, each.since) for each in theirs.others] == [("Chi", began)]
    assert names(heard(world, "chi", dossier, mine.page)) == ["Dung"]


def test_page_that_is_closed_is_told_of_no_more(world: World, dossier: str) -> None:
    mine, theirs = look(world, "chi", dossier), look(world, "dung", dossier)
    services.leave(actor=world.actor("chi"), page=theirs.page)  # not theirs to close
    assert names(heard(world, "chi", dossier, mine.page)) == ["Dung"]
    services.leave(actor=world.actor("dung"), page=theirs.page)
    assert names(heard(world, "chi", dossier, mine.page)) == []


def test_page_not_heard_of_for_a_minute_is_forgotten_and_one_that_goes_on_is_not(
    world: World, dossier: str
) -> None:
    mine, theirs = look(world, "chi", dossier), look(world, "dung", dossier)
    for _ in range(3):
        world.later(seconds=20)
        found = heard(world, "chi", dossier, mine.page)
    assert names(found) == []
    assert names(heard(world, "dung", dossier, theirs.page)) == ["Chi"]  # woke up again
    assert names(heard(world, "chi", dossier, mine.page)) == ["Dung"]


def test_going_on_to_another_page_of_the_dossier_is_one_look_from_the_first(
    world: World, dossier: str
) -> None:
    began = world.now
    first = look(world, "dung", dossier)
    world.later(seconds=40)
    look(world, "dung", dossier)
    services.leave(actor=world.actor("dung"), page=first.page)  # the browser says so after the next is there
    (found,) = look(world, "chi", dossier).others
    assert (found.name, found.since) == ("Dung", began)


def test_other_dossiers_are_no_ones_business_here(world: World, dossier: str) -> None:
    look(world, "dung", world.register().dossier_id)
    assert names(look(world, "chi", dossier)) == []


@pytest.mark.parametrize("who", ["giang", "an"])
def test_right_is_asked_as_for_the_dossier(world: World, dossier: str, who: str) -> None:
    with pytest.raises(Forbidden):
        heard(world, who, dossier, str(uuid4()))
    assert Look.objects.count() == 0


def test_right_that_ended_meanwhile_ends_the_telling(world: World, dossier: str) -> None:
    mine = look(world, "dung", dossier)
    Position.objects.filter(account=world.people["dung"]).delete()
    with pytest.raises(Forbidden):
        heard(world, "dung", dossier, mine.page)


def test_unknown_dossier_is_refused(world: World) -> None:
    with pytest.raises(NotFound):
        heard(world, "chi", str(uuid4()), str(uuid4()))


def test_page_of_somebody_else_is_not_taken_over(world: World, dossier: str) -> None:
    theirs = look(world, "dung", dossier)
    heard(world, "chi", dossier, theirs.page)
    assert Look.objects.get(pk=theirs.page).account_id == world.people["dung"].pk


def test_what_was_left_behind_goes_with_the_next_look(world: World, dossier: str) -> None:
    for _ in range(3):
        look(world, "dung", dossier)
        world.later(minutes=2)
    assert Look.objects.count() == 1


def test_looking_is_no_event_and_its_table_is_not_logged(world: World, dossier: str) -> None:
    before = DossierEvent.objects.count()
    look(world, "chi", dossier)
    assert DossierEvent.objects.count() == before
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence::text FROM pg_class WHERE relname = 'dossiers_look'")
        assert cursor.fetchone() == ("u",)
