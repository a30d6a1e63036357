"""The pages on which agencies and units end: looked at first, then recorded."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests.desk.conftest import At
from tests.dossiers.world import World

from motcua.accounts.models import Account
from motcua.agencies import queries
from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.models import Agency, Position, Unit
from motcua.catalogue.models import Competence

pytestmark = pytest.mark.django_db
LAST = "05/03/2024"


@pytest.fixture
def giang(world: World, at_desk: At) -> Client:
    """The province's administrator."""
    Account.objects.filter(username="giang").update(is_admin=True)
    world.people["giang"].refresh_from_db()
    return at_desk("giang")


@pytest.fixture
def other(world: World) -> Agency:
    made = Agency.objects.create(
        province=world.agency.province, key="ke-thua", name="Sở Kế thừa", level="province", kind="department"
    )
    Unit.objects.create(agency=made, key="division", name="Phòng chung", kind="division")
    queries.forget()
    return made


def test_agency_is_looked_at_refused_with_the_reason_and_ended(
    world: World, giang: Client, other: Agency
) -> None:
    world.until("accept")
    place, page = (reverse(f"desk:{name}", args=[world.agency.pk]) for name in ("end_agency", "agency"))
    assert place in giang.get(page).content.decode()
    assert giang.get(place).context["plan"] is None

    alone = giang.get(place, {"last_day": LAST, "successor_id": ""})
    assert ("Còn 1 hồ sơ chưa xong" in alone.content.decode(), len(alone.context["reasons"])) == (True, 2)
    refused = giang.post(place, {"last_day": LAST, "successor_id": ""})
    assert (refused.status_code, Agency.objects.get(pk=world.agency.pk).valid_to) == (422, None)

    unit = Unit.objects.get(agency=other)
    for row in Competence.objects.filter(agency=world.agency):
        Competence.objects.create(procedure=row.procedure, agency=other, settling_unit=unit)
    wish = {"last_day": LAST, "successor_id": str(other.pk)}
    shown = giang.get(place, wish)
    assert (shown.context["reasons"], "Sở Kế thừa" in shown.content.decode()) == ([], True)
    assert giang.post(place, wish).headers["Location"] == page

    text = giang.get(page).content.decode()
    assert ("Kế thừa: Sở Kế thừa" in text, LAST in text) == (True, True)
    assert "Ghi ngày hoạt động cuối cùng" in giang.get(page).context["entries"][0].title
    giang.post(reverse("desk:keep_agency", args=[world.agency.pk]))
    assert Agency.objects.get(pk=world.agency.pk).valid_to is None


def test_unit_ends_and_is_not_offered_any_more(world: World, at_desk: At) -> None:
    Position.objects.create(account=world.people["lan"], unit=world.units[UnitKind.OFFICE], role=Role.ADMIN)
    lan, page = at_desk("lan"), reverse("desk:agency", args=[world.agency.pk])
    lan.post(reverse("desk:new_unit", args=[world.agency.pk]), {"name": "Phòng hai", "kind": "division"})
    unit = Unit.objects.get(name="Phòng hai")
    place = reverse("desk:end_unit", args=[unit.pk])
    assert place in lan.get(page).content.decode()
    busy = lan.get(reverse("desk:end_unit", args=[world.units[UnitKind.DIVISION].pk]), {"last_day": LAST})
    assert "Chưa kết thúc được" in busy.content.decode()
    assert lan.get(place, {"last_day": "31/02/2024"}).status_code == 422
    assert lan.post(place, {"last_day": LAST}).headers["Location"] == page
    appoint = lan.get(reverse("desk:appoint", args=[world.agency.pk])).content.decode()
    assert ("Phòng hai" in appoint, "Phòng hai" in lan.get(page).content.decode()) == (False, True)
    lan.post(reverse("desk:keep_unit", args=[unit.pk]))
    assert Unit.objects.get(pk=unit.pk).valid_to is None


def test_page_asks_at_most_fourteen_times(
    world: World, giang: Client, other: Agency, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    place = reverse("desk:end_agency", args=[world.agency.pk])
    wish = {"last_day": LAST, "successor_id": str(other.pk)}
    giang.get(place, wish)
    with django_assert_max_num_queries(14):
        giang.get(place, wish)
