"""Adding a dossier that was brought to a desk: by code, at one press, or not at all."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.dossiers.world import World
from tests.portal.conftest import Browser

from motcua.accounts.models import Account
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.state import Applicant
from motcua.dossiers.services import Act
from motcua.notify.models import OutboxMessage

pytestmark = pytest.mark.django_db
ADD, CODE = "/ho-so-cua-toi/them/", "/ho-so-cua-toi/them/nhap-ma/"
AN = Applicant("Nguyễn Văn An", "066090000001", "0905000001", "me.cua.an@example.vn")


@pytest.fixture
def brought(world: World) -> Act:
    Account.objects.filter(pk=world.people["an"].pk).update(full_name=AN.name)
    return world.accept(world.register(applicant=AN))


@pytest.fixture
def an(brought: Act, browser_of: Browser) -> Client:
    return browser_of("an")


def owner(act: Act) -> int | None:
    return Dossier.objects.values_list("owner_id", flat=True).get(pk=act.dossier_id)


def compared(world: World) -> None:
    Account.objects.filter(pk=world.people["an"].pk).update(identity_checked_at=world.now)


def test_dossier_is_added_by_its_code_and_the_code_from_the_letter(
    world: World, brought: Act, an: Client
) -> None:
    assert ADD in an.get("/ho-so-cua-toi/").content.decode()
    assert an.post(ADD, {"reference": brought.code}).headers["Location"] == CODE
    code = OutboxMessage.objects.get(key="contact.join_code").context["code"]
    answer = an.post(CODE, {"code": code})
    assert answer.headers["Location"] == f"/ho-so-cua-toi/{brought.dossier_id}/"
    page = an.get(answer.headers["Location"]).content.decode()
    assert "Hồ sơ đã ở trong tài khoản của bạn." in page
    assert owner(brought) == world.people["an"].pk


def test_page_of_the_code_says_the_same_for_a_dossier_of_somebody_else(
    world: World, brought: Act, an: Client
) -> None:
    other = world.accept(
        world.register(applicant=Applicant("Lê Thị Bình", "066190005678", "", "b@example.vn"))
    )
    pages = []
    for act in (brought, other):
        answer = an.post(ADD, {"reference": act.code})
        pages.append((answer.headers["Location"], len(an.get(CODE).content.decode().splitlines())))
    assert pages[0] == pages[1]
    assert OutboxMessage.objects.filter(key="contact.join_code").count() == 1


def test_wrong_code_adds_nothing(brought: Act, an: Client) -> None:
    an.post(ADD, {"reference": brought.code})
    assert an.post(CODE, {"code": "x"}).status_code == 422
    assert owner(brought) is None


def test_unknown_code_is_told_at_its_field(an: Client) -> None:
    answer = an.post(ADD, {"reference": "YC-0000-0000"})
    assert answer.status_code == 422
    assert 'href="#id_reference"' in answer.content.decode()


def test_compared_account_sees_its_dossiers_and_adds_at_one_press(
    world: World, brought: Act, an: Client
) -> None:
    assert brought.code
    assert brought.code not in an.get(ADD).content.decode()
    refused = an.post(ADD, {"dossier": brought.dossier_id}, follow=True).content.decode()
    assert "chưa được đối chiếu" in refused
    compared(world)
    assert brought.code in an.get(ADD).content.decode()
    an.post(ADD, {"dossier": brought.dossier_id})
    assert owner(brought) == world.people["an"].pk


@pytest.mark.parametrize("identity", ["x", "00000000-0000-7000-8000-000000000000"])
def test_dossier_that_is_none_is_not_added(world: World, an: Client, identity: str) -> None:
    compared(world)
    assert an.post(ADD, {"dossier": identity}).headers["Location"] == ADD


def test_code_page_without_asking_leads_back(an: Client) -> None:
    assert an.get(CODE).headers["Location"] == ADD


def test_account_says_whether_it_was_compared(world: World, an: Client) -> None:
    assert "Chưa đối chiếu với thẻ căn cước" in an.get("/tai-khoan/").content.decode()
    compared(world)
    assert "Đã đối chiếu với thẻ căn cước" in an.get("/tai-khoan/").content.decode()


def test_owner_reads_which_unit_has_the_dossier(world: World, browser_of: Browser) -> None:
    act = world.accept(world.register(applicant=AN, owner_id=world.actor("an").id))
    page = browser_of("an").get(f"/ho-so-cua-toi/{act.dossier_id}/").content.decode()
    assert "Đang ở" in page
    assert "<dd>desk</dd>" in page
