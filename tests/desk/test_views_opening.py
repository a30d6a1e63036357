"""The pages on which an administrator sets when an agency is open: form, preview, publishing, taking back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests.desk.conftest import At
from tests.dossiers.world import World, moment

from motcua.accounts.models import Account
from motcua.agencies import queries
from motcua.agencies.models import Agency, LocalClosure, WorkingCalendar
from motcua.dossiers import queries as dossiers
from motcua.dossiers.models import Dossier
from motcua.worktime.rules import NewHours
from motcua.worktime.rules.hours import hours

pytestmark = pytest.mark.django_db
DAYS = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), "9h - 11h30; 13:30–17:00")
ASKED = DAYS | {"saturday": "07:30–11:30", "sunday": "", "source": "Thông báo số 45/TB-STP"}


@pytest.fixture
def giang(world: World, at_desk: At) -> Client:
    """The province's administrator."""
    Account.objects.filter(username="giang").update(is_admin=True)
    world.people["giang"].refresh_from_db()
    return at_desk("giang")


def address(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=args)


def test_hours_are_looked_at_published_and_then_no_sample_any_more(world: World, giang: Client) -> None:
    act = world.accept(world.register())
    promised = world.state(act).due_at
    assert promised is not None
    asked = ASKED | {"first_day": f"{promised:%d/%m/%Y}"}
    place = address("new_hours", world.agency.pk)
    shown = giang.post(place, asked | {"preview": "1"})
    plan = shown.context["plan"]
    assert (plan.counts.moved, plan.counts.in_vain) == (
        1,
        1,
    )  # promised for shortly after eight, closed until nine
    assert act.code in shown.content.decode()
    assert not WorkingCalendar.objects.exists()

    assert giang.post(place, asked | {"save": "1"}).headers["Location"] == address("hours", world.agency.pk)
    assert world.state(act).due_at == promised
    on = promised.date()
    new = queries.calendar_of(world.agency.pk, on)
    assert [str(each) for each in new.usual_week(on)[5]] == ["07:30-11:30"]
    assert [queries.calendar_of(world.agency.pk, day).mark for day in (world.now.date(), on)] == [
        "sample",
        "found",
    ]
    page = giang.get(address("hours", world.agency.pk)).content.decode()
    assert ("Thông báo số 45/TB-STP" in page, "sắp áp dụng" in page, "giờ mẫu" in page) == (True, True, True)

    refused = giang.post(place, asked | {"save": "1"})
    assert (refused.status_code, "Cơ quan đã công bố giờ làm việc" in refused.content.decode()) == (422, True)
    giang.post(address("withdraw_hours", WorkingCalendar.objects.get().pk))
    assert not WorkingCalendar.objects.exists()


def agency_below(above: Agency, key: str) -> Agency:
    given = {"province": above.province, "level": "province", "kind": "department"}
    return Agency.objects.create(key=key, name=f"Chi cục {key}", parent=above, **given)


def test_preview_counts_dossiers_of_agencies_below_that_follow_these_hours(
    world: World, giang: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """One below has hours of its own, and who is below that follows those."""
    follower = agency_below(world.agency, "theo")
    deeper = agency_below(follower, "theo-sau")
    apart = agency_below(world.agency, "rieng")
    under_apart = agency_below(apart, "duoi-rieng")
    week = NewHours(world.now.date(), (hours(["08:00-11:00"]),) * 7).week.to_json()
    body = {"name": "Riêng", "weeks": [week], "source": "TB 1", "mark": "found"}
    WorkingCalendar.objects.create(
        agency=apart, name="Riêng", body=body, valid_from="2024-01-01", published_at=world.now
    )
    acts = [world.accept(world.register()) for _ in range(5)]
    places = (world.agency, follower, deeper, apart, under_apart)
    for act, there in zip(acts, places, strict=True):
        Dossier.objects.filter(id=act.dossier_id).update(agency=there)
    queries.forget()
    promised = world.state(acts[0]).due_at
    assert promised is not None
    asked = ASKED | {"first_day": f"{promised:%d/%m/%Y}", "preview": "1"}
    giang.post(address("new_hours", world.agency.pk), asked)
    with django_assert_max_num_queries(15):
        page = giang.post(address("new_hours", world.agency.pk), asked)
    plan, text = page.context["plan"], page.content.decode()
    assert (plan.followers, plan.counts.moved) == (2, 3)
    assert [(item.dossier_id, item.agency) for item in plan.page.items] == [
        (act.dossier_id, there.name) for act, there in zip(acts[:3], places[:3], strict=True)
    ]
    assert ("2 cơ quan cấp dưới chưa có giờ riêng" in text, "Chi cục theo-sau" in text) == (True, True)
    alone = giang.post(address("new_hours", deeper.pk), asked).context["plan"]
    assert (alone.followers, [item.dossier_id for item in alone.page.items]) == (0, [acts[2].dossier_id])


def test_preview_walks_the_dossiers_of_all_who_follow_page_by_page(world: World) -> None:
    follower = agency_below(world.agency, "theo")
    acts = [world.accept(world.register()) for _ in range(5)]
    Dossier.objects.filter(id__in=[act.dossier_id for act in acts[::2]]).update(agency=follower)
    new = NewHours(world.now.date() + timedelta(days=1), (hours(["09:00-11:30"]),) * 5 + ((), ()))
    both = dossiers.both_calendars([world.agency.pk, follower.pk], new)
    seen, after = [], None
    for _page in range(3):
        page = dossiers.touched(world.agency.pk, new, after=after, limit=2, both=both)
        seen += [item.dossier_id for item in page.items]
        after = page.next_cursor
    assert (seen, after) == ([act.dossier_id for act in acts], None)


def test_day_closed_in_part_keeps_of_the_new_hours_what_the_closure_leaves(world: World) -> None:
    LocalClosure.objects.create(
        agency=world.agency,
        starts_at=moment("2024-03-11 13:30"),
        ends_at=moment("2024-03-11 17:30"),
        reason="Mất điện",
        announced_at=world.now,
        moved=0,
        in_vain=0,
    )
    queries.forget()
    on = moment("2024-03-11 08:00").date()
    new = NewHours(on, (hours(["09:00-11:30", "13:00-16:00"]),) * 7)
    sides = queries.calendars_with([world.agency.pk], new)[world.agency.pk]
    before, after = next((one, two) for days, one, two in sides if on in days)
    assert [str(each) for each in before.hours_on(on)] == ["07:30-11:30"]
    assert [str(each) for each in after.hours_on(on)] == ["09:00-11:30", "13:00-13:30"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("sáng", "Hãy ghi mở cửa từ giờ nào đến giờ nào"),
        ("11:30-07:30", "Giờ sau phải muộn hơn giờ trước"),
        ("07:30-11:30; 11:00-15:00", "Giờ sau phải muộn hơn giờ trước"),
    ],
)
def test_hours_that_make_no_sense_are_told_beside_the_day(
    world: World, giang: Client, typed: str, said: str
) -> None:
    asked = ASKED | {"first_day": "10/03/2024", "monday": typed}
    page = giang.post(address("new_hours", world.agency.pk), asked | {"preview": "1"})
    assert (page.status_code, said in page.content.decode(), typed in page.content.decode()) == (
        422,
        True,
        True,
    )


def test_refused_hours_are_told_beside_the_field_that_mends_them(world: World, giang: Client) -> None:
    place = address("new_hours", world.agency.pk)
    giang.post(place, ASKED | {"first_day": "20/03/2024", "save": "1"})
    for day, said in (
        ("04/03/2024", "sớm nhất từ ngày mai"),
        ("12/03/2024", "Hãy chọn một ngày sau ngày đó"),
    ):
        (told,) = giang.post(place, ASKED | {"first_day": day, "preview": "1"}).context["page_errors"]
        assert (told.href, said in told.text) == ("#id_first_day", True)


def test_hours_are_closed_to_officers_who_administer_nothing(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    places = [address(name, world.agency.pk) for name in ("hours", "new_hours")]
    assert [chi.get(place).status_code for place in places] == [403, 403]


def test_code_and_place_are_put_right_while_no_dossier_bears_the_code(world: World, giang: Client) -> None:
    key = {"province": world.agency.province, "level": "province", "kind": "department"}
    below = Agency.objects.create(key="duoi", name="Sở Dưới", code="H15.X01", code_is_synthetic=True, **key)
    queries.forget()
    place = address("identify_agency", below.pk)
    above = {"code": "H15.44", "parent_id": str(world.agency.pk)}
    assert giang.post(place, above).headers["Location"] == address("agency", below.pk)
    card = queries.agency(below.pk)
    assert (card.code, card.code_is_synthetic, card.parent_id) == ("H15.44", False, world.agency.pk)
    for typed, said in (
        ({"code": world.agency.code}, "Mã này đã thuộc"),
        ({"code": "H15,9"}, "Mã định danh có dạng"),
    ):
        assert said in giang.post(place, above | typed).content.decode()

    world.accept(world.register())
    top = address("identify_agency", world.agency.pk)
    assert "nên mã không đổi được nữa" in giang.get(top).content.decode()
    refused = giang.post(top, {"code": "H15.45", "parent_id": ""}).content.decode()
    assert "nên không đổi mã được nữa" in refused
    ring = giang.post(top, {"code": world.agency.code, "parent_id": str(below.pk)}).content.decode()
    assert "nên không làm cấp trên được" in ring
    assert queries.agency(world.agency.pk) == queries.agency(card.parent_id or 0)
