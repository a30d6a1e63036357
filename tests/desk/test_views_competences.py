"""Pages of what an agency settles: read by its administrators, changed by the province's."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from tests.desk.conftest import At
from tests.dossiers.world import World

from motcua.accounts.models import Account
from motcua.agencies import queries as agencies
from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.models import Agency, Position, Unit
from motcua.catalogue.models import Competence

pytestmark = pytest.mark.django_db
CODE = "1.000001"


@pytest.fixture
def giang(world: World, at_desk: At) -> Client:
    Account.objects.filter(username="giang").update(is_admin=True)
    world.people["giang"].refresh_from_db()
    return at_desk("giang")


@pytest.fixture
def lan(world: World, at_desk: At) -> Client:
    Position.objects.create(account=world.people["lan"], unit=world.units[UnitKind.OFFICE], role=Role.ADMIN)
    return at_desk("lan")


@pytest.fixture
def new(world: World) -> Agency:
    """Another department, with a division that is called in the data as that of the first."""
    agency = Agency.objects.create(
        province="dak-lak", key="moi", code="H15.16", name="Sở Mới", level="province", kind="department"
    )
    Agency.objects.filter(pk=world.agency.pk).update(kind="department")
    key = world.units[UnitKind.DIVISION].key
    Unit.objects.create(agency=agency, key=key, name="Phòng Mới", kind="division")
    agencies.forget()
    return agency


def address(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=args)


def codes(agency: Agency) -> set[str]:
    return set(Competence.objects.filter(agency=agency).values_list("procedure__code", flat=True))


def test_agency_reads_what_it_settles_and_changes_nothing(world: World, lan: Client, new: Agency) -> None:
    page = lan.get(address("competences", world.agency.pk)).content.decode()
    assert CODE in page
    assert "Thôi giao" not in page
    assert lan.get(address("competences", new.pk)).status_code == 403
    before = codes(world.agency)
    for name, args in (("add_competence", []), ("copy_competences", []), ("drop_competence", [CODE])):
        assert lan.post(address(name, world.agency.pk, *args)).status_code == 403
    assert codes(world.agency) == before


def test_procedure_is_found_given_and_taken_away(world: World, giang: Client, new: Agency) -> None:
    where = address("add_competence", new.pk) + f"?q={CODE[-3:]}"
    assert f"({CODE})" in giang.get(where).content.decode()
    unit = Unit.objects.get(agency=new)
    assert giang.post(where, {"unit_id": unit.pk}).status_code == 422
    assert codes(new) == set()
    answer = giang.post(where, {"code": CODE, "unit_id": unit.pk}, follow=True)
    assert "Đã giao thủ tục cho cơ quan." in answer.content.decode()
    assert codes(new) == {CODE}
    drop = address("drop_competence", new.pk, CODE)
    assert "kể cả hồ sơ đang soạn" in giang.get(drop).content.decode()
    giang.post(drop)
    assert codes(new) == set()
    assert giang.get(drop).status_code == 404


def test_procedure_that_was_not_found_on_the_page_is_not_given(
    world: World, giang: Client, new: Agency
) -> None:
    unit = Unit.objects.get(agency=new)
    answer = giang.post(address("add_competence", new.pk), {"code": CODE, "unit_id": unit.pk})
    assert (answer.status_code, codes(new)) == (422, set())


def test_new_agency_settles_as_another_of_its_kind(world: World, giang: Client, new: Agency) -> None:
    where = address("copy_competences", new.pk)
    assert giang.post(where, {}).status_code == 422
    answer = giang.post(where, {"like_id": world.agency.pk}, follow=True)
    assert f"Đã giao thêm {len(codes(world.agency))} thủ tục." in answer.content.decode()
    assert codes(new) == codes(world.agency)


def test_what_has_no_unit_is_named(world: World, giang: Client, new: Agency) -> None:
    Unit.objects.filter(agency=new).update(key="khac")
    answer = giang.post(
        address("copy_competences", new.pk), {"like_id": world.agency.pk}, follow=True
    ).content.decode()
    assert "Chưa giao được vì cơ quan không có đơn vị tương ứng" in answer
    assert CODE in answer
    assert codes(new) == set()
