"""Promises of shorter terms on the pages of administrators."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests.desk.conftest import At
from tests.dossiers.world import World

from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.models import Position
from motcua.audit.models import ActRecord
from motcua.catalogue import queries as catalogue
from motcua.catalogue.models import Promise

pytestmark = pytest.mark.django_db
CODE = "1.000001"


@pytest.fixture
def lan(world: World, at_desk: At) -> Client:
    """The administrator of the department."""
    Position.objects.create(account=world.people["lan"], unit=world.units[UnitKind.OFFICE], role=Role.ADMIN)
    return at_desk("lan")


def typed(world: World, **changes: str) -> dict[str, str]:
    day = f"{world.now:%d/%m/%Y}"
    return {"limit": "2", "valid_from": day, "decision": "Thông báo 12/TB-STP"} | changes


def new(world: World) -> str:
    return reverse("desk:new_promise", args=[world.agency.pk]) + f"?ma={CODE}"


def shown(world: World, client: Client) -> list[str]:
    page = client.get(reverse("desk:promises", args=[world.agency.pk]))
    return [limit for _, limit in page.context["running"]]


@pytest.mark.clause("QN20-11.5", "KT18-8.1.c")
def test_promise_is_told_before_it_is_made_and_holds_for_what_is_filed_online_from_then_on(
    world: World, lan: Client
) -> None:
    before = world.state(world.until("accept"))
    preview = lan.post(new(world), typed(world) | {"preview": "1"})
    text = preview.content.decode()
    assert "03 ngày làm việc" in text
    assert "02 ngày làm việc" in text
    assert not Promise.objects.exists()
    done = lan.post(new(world), typed(world) | {"save": "1"})
    assert done.headers["Location"] == reverse("desk:promises", args=[world.agency.pk])
    after, counter = world.state(world.until("accept")), world.state(world.accept(world.register()))
    assert [each.term.limit for each in (before, after, counter)] == ["3wd", "2wd", "3wd"]
    assert shown(world, lan) == ["02 ngày làm việc"]
    assert ActRecord.objects.filter(act="promise_published").latest("id").actor_name == "Lan"


@pytest.mark.clause("QN20-11.5", "KT18-8.1.c")
def test_ended_promise_leaves_what_was_accepted_and_can_be_made_again(world: World, lan: Client) -> None:
    lan.post(new(world), typed(world) | {"save": "1"})
    held = world.state(world.until("accept"))
    promise = Promise.objects.get()
    lan.post(reverse("desk:end_promise", args=[promise.pk]), {"last_day": f"{world.now:%d/%m/%Y}"})
    today, version = world.now.date(), world.version.pk
    found = [catalogue.promise_for(version, world.agency.pk, today + timedelta(days=n)) for n in (0, 1)]
    assert [str(each) if each else None for each in found] == ["2wd", None]
    assert held.term.limit == "2wd"
    later = f"{today + timedelta(days=10):%d/%m/%Y}"
    lan.post(new(world), typed(world, valid_from=later) | {"save": "1"})
    promise.refresh_from_db()
    assert promise.valid_to == today  # a later one does not stretch it
    assert shown(world, lan) == ["02 ngày làm việc", "02 ngày làm việc"]


def test_promise_that_has_not_begun_is_taken_back_and_the_one_before_goes_on(
    world: World, lan: Client
) -> None:
    lan.post(new(world), typed(world) | {"save": "1"})
    later = f"{world.now.date() + timedelta(days=10):%d/%m/%Y}"
    preview = lan.post(new(world), typed(world, limit="1", valid_from=later) | {"preview": "1"})
    assert "hết áp dụng từ ngày đó" in preview.content.decode()
    lan.post(new(world), typed(world, limit="1", valid_from=later) | {"save": "1"})
    first, second = Promise.objects.order_by("valid_from")
    assert first.valid_to == second.valid_from - timedelta(days=1)
    lan.post(reverse("desk:end_promise", args=[second.pk]))
    assert [(each.pk, each.valid_to) for each in Promise.objects.all()] == [(first.pk, None)]
    assert ActRecord.objects.filter(act="promise_taken_back").count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"limit": "3"}, "limit"),
        ({"limit": "0"}, "limit"),
        ({"limit": "-1"}, "limit"),
        ({"limit": "1/0"}, "limit"),
        ({"limit": "soon"}, "limit"),
        ({"decision": ""}, "decision"),
        ({"valid_from": "01/01/2016"}, "valid_from"),
        ({"valid_from": "x"}, "valid_from"),
    ],
)
def test_promise_that_cannot_be_is_told_at_its_field(
    world: World, lan: Client, changes: dict[str, str], field: str
) -> None:
    for button in ("preview", "save"):
        page = lan.post(new(world), typed(world, **changes) | {button: "1"})
        assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert not Promise.objects.exists()


def test_end_of_a_promise_lies_neither_in_the_past_nor_behind_its_end(world: World, lan: Client) -> None:
    lan.post(new(world), typed(world) | {"save": "1"})
    promise = Promise.objects.get()
    where, today = reverse("desk:end_promise", args=[promise.pk]), world.now.date()
    past = lan.post(where, {"last_day": f"{today - timedelta(days=1):%d/%m/%Y}"})
    assert (past.status_code, list(past.context["form"].errors)) == (422, ["last_day"])
    Promise.objects.update(valid_to=today + timedelta(days=5))
    assert lan.post(where, {"last_day": f"{today + timedelta(days=6):%d/%m/%Y}"}).status_code == 422
    Promise.objects.update(valid_from=today - timedelta(days=9), valid_to=today - timedelta(days=5))
    assert lan.post(where, {"last_day": f"{today:%d/%m/%Y}"}).status_code == 422
    promise.refresh_from_db()
    assert promise.valid_to == today - timedelta(days=5)


def test_promises_are_for_those_who_administer_the_agency(world: World, lan: Client, at_desk: At) -> None:
    lan.post(new(world), typed(world) | {"save": "1"})
    end = reverse("desk:end_promise", args=[Promise.objects.get().pk])
    for who in ("chi", "giang", "hanh"):
        client = at_desk(who)
        asked = [client.get(reverse("desk:promises", args=[world.agency.pk])), client.get(end)]
        asked += [client.post(new(world), typed(world) | {"save": "1"}), client.post(end)]
        assert [each.status_code for each in asked] == [403] * 4
    assert Promise.objects.get().valid_to is None
    assert lan.get(reverse("desk:end_promise", args=[2**40])).status_code == 404
    nobody = reverse("desk:new_promise", args=[world.agency.pk])
    assert lan.get(f"{nobody}?ma=9.999999").status_code == 404
    assert [each.code for each in lan.get(f"{nobody}?q={CODE}").context["found"]] == [CODE]


def test_list_of_promises_costs_the_same_for_many(
    world: World, lan: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(4):
        start = world.now.date() + timedelta(days=number)
        Promise.objects.create(
            procedure_id=world.version.procedure_id,
            agency=world.agency,
            limit="2wd",
            decision="12/TB",
            valid_from=start,
            published_at=world.now,
            published_by="Lan",
        )
    with django_assert_max_num_queries(15):
        assert len(shown(world, lan)) == 4
