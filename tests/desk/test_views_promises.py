"""Promises of shorter terms on the pages of administrators."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.http import HttpResponse
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


def publish(world: World, client: Client, **changes: str) -> HttpResponse:
    """Previewed and saved, as the page leads."""
    preview = client.post(new(world), typed(world, **changes) | {"preview": "1"})
    seen = preview.context["plan"].seen
    return client.post(new(world), typed(world, **changes) | {"save": "1", "seen": seen})


def end(client: Client, promise: Promise, last_day: date) -> None:
    answer = client.post(reverse("desk:end_promise", args=[promise.pk]), {"last_day": f"{last_day:%d/%m/%Y}"})
    assert answer.status_code == 302


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
    done = publish(world, lan)
    assert done.headers["Location"] == reverse("desk:promises", args=[world.agency.pk])
    after, counter = world.state(world.until("accept")), world.state(world.accept(world.register()))
    assert [each.term.limit for each in (before, after, counter)] == ["3wd", "2wd", "3wd"]
    assert shown(world, lan) == ["02 ngày làm việc"]
    assert ActRecord.objects.filter(act="promise_published").latest("id").actor_name == "Lan"


@pytest.mark.clause("QN20-11.5", "KT18-8.1.c")
def test_ended_promise_leaves_what_was_accepted_and_can_be_made_again(world: World, lan: Client) -> None:
    publish(world, lan)
    held = world.state(world.until("accept"))
    promise = Promise.objects.get()
    lan.post(reverse("desk:end_promise", args=[promise.pk]), {"last_day": f"{world.now:%d/%m/%Y}"})
    today, version = world.now.date(), world.version.pk
    found = [catalogue.promise_for(version, world.agency.pk, today + timedelta(days=n)) for n in (0, 1)]
    assert [str(each) if each else None for each in found] == ["2wd", None]
    assert held.term.limit == "2wd"
    later = f"{today + timedelta(days=10):%d/%m/%Y}"
    publish(world, lan, valid_from=later)
    promise.refresh_from_db()
    assert promise.valid_to == today  # a later one does not stretch it
    assert shown(world, lan) == ["02 ngày làm việc", "02 ngày làm việc"]


def test_promise_that_has_not_begun_is_taken_back_and_the_one_before_goes_on(
    world: World, lan: Client
) -> None:
    publish(world, lan)
    later = f"{world.now.date() + timedelta(days=10):%d/%m/%Y}"
    preview = lan.post(new(world), typed(world, limit="1", valid_from=later) | {"preview": "1"})
    assert "hết áp dụng từ ngày đó" in preview.content.decode()
    publish(world, lan, limit="1", valid_from=later)
    first, second = Promise.objects.order_by("valid_from")
    assert first.valid_to == second.valid_from - timedelta(days=1)
    lan.post(reverse("desk:end_promise", args=[second.pk]))
    assert [(each.pk, each.valid_to) for each in Promise.objects.all()] == [(first.pk, None)]
    assert ActRecord.objects.filter(act="promise_taken_back").count() == 1


@pytest.mark.parametrize("given", [9, 20], ids=["the day before", "later"])
def test_promise_ended_by_somebody_does_not_revive_when_the_next_is_taken_back(
    world: World, lan: Client, given: int
) -> None:
    today = world.now.date()
    publish(world, lan)
    first = Promise.objects.get()
    end(lan, first, today + timedelta(days=given))
    publish(world, lan, limit="1", valid_from=f"{today + timedelta(days=10):%d/%m/%Y}")
    first.refresh_from_db()
    assert first.valid_to == today + timedelta(days=9)
    lan.post(reverse("desk:end_promise", args=[Promise.objects.latest("valid_from").pk]))
    first.refresh_from_db()
    assert first.valid_to == today + timedelta(days=given)


def test_promise_between_two_is_taken_back_and_the_first_goes_on_to_the_third(
    world: World, lan: Client
) -> None:
    days = [world.now.date() + timedelta(days=number) for number in (0, 10, 20)]
    for limit, day in zip(("2", "1", "1,5"), days, strict=True):
        publish(world, lan, limit=limit, valid_from=f"{day:%d/%m/%Y}")
    first, second, third = Promise.objects.order_by("valid_from")
    lan.post(reverse("desk:end_promise", args=[second.pk]))
    first.refresh_from_db()
    assert first.valid_to == days[2] - timedelta(days=1)
    lan.post(reverse("desk:end_promise", args=[third.pk]))
    first.refresh_from_db()
    assert first.valid_to is None


def test_promise_saved_from_a_preview_that_is_no_longer_true_is_refused(world: World, lan: Client) -> None:
    old = lan.post(new(world), typed(world) | {"preview": "1"}).context["plan"].seen
    later = f"{world.now.date() + timedelta(days=10):%d/%m/%Y}"
    publish(world, lan)
    for seen in (old, ""):
        asked = typed(world, limit="1", valid_from=later) | {"save": "1", "seen": seen}
        page = lan.post(new(world), asked)
        (error,) = page.context["page_errors"]
        assert (page.status_code, "hãy xem trước lại" in error.text) == (422, True)
        assert 'value="1"' in page.content.decode()
    assert Promise.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"limit": "1e-9999"}, "limit"),
        ({"limit": "1/3"}, "limit"),
        ({"limit": "1_0e-1"}, "limit"),
        ({"limit": "0,12"}, "limit"),
        ({"limit": "1000"}, "limit"),
        ({"limit": "\u0662"}, "limit"),
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
    publish(world, lan)
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
    publish(world, lan)
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
