"""Help at the desk: the officer's guide, the section of the page one is on, and who helps at the agency."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from tests.desk.conftest import At
from tests.dossiers.world import World

from motcua.accounts.models import Account
from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.models import Position
from motcua.theme.guides import library

pytestmark = pytest.mark.django_db
GUIDE = "/noi-bo/huong-dan/"


@pytest.fixture
def lan(world: World) -> Account:
    """The administrator of the department, who can be reached."""
    lan = world.people["lan"]
    Account.objects.filter(pk=lan.pk).update(phone="0262777", email="lan@example.vn")
    Position.objects.create(account=lan, unit=world.units[UnitKind.OFFICE], role=Role.ADMIN)
    return lan


@pytest.mark.clause("DL24-19.3")
def test_guide_tells_receivers_how_to_help_people_online(world: World, at_desk: At) -> None:
    page = at_desk("chi").get(GUIDE).content.decode()
    assert 'id="giup-nguoi-dan-dung-dich-vu-truc-tuyen"' in page
    assert 'href="/huong-dan/nguoi-dan/"' in page


def test_guide_shows_every_task_under_its_anchor(world: World, at_desk: At) -> None:
    page = at_desk("chi").get(GUIDE).content.decode()
    anchors = set(re.findall(r'<h3[^>]* id="([^"]+)"', page))
    assert anchors == {section.anchor for section in library.guide("cong-chuc").sections}


def test_guide_is_english_under_the_english_switch(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    chi.post("/ngon-ngu/", {"language": "en", "next": GUIDE})
    page = chi.get(GUIDE, {"q": "absent"})
    shown = page.content.decode()
    assert '<h1 class="govuk-heading-l" lang="en">Guide for officers</h1>' in shown
    assert [each.section.title for each in page.context["found"]][:1] == ["Somebody is absent"]
    assert 'id="co-nguoi-vang-mat"' in shown  # where the help links of all pages lead
    assert "chỉ có bằng tiếng Việt" not in shown


@pytest.mark.clause("QN20-26.4")
def test_officers_see_who_supports_their_agency_with_the_system(
    world: World, lan: Account, at_desk: At
) -> None:
    page = at_desk("chi").get(GUIDE).content.decode()
    for words in (lan.full_name, "tel:0262777", "mailto:lan@example.vn"):
        assert words in page


def test_refused_page_names_whom_to_ask_once(world: World, lan: Account, at_desk: At) -> None:
    page = at_desk("chi").get("/noi-bo/quan-tri/thu-gui-di/").content.decode()
    asked = page.partition("Nếu công việc của bạn cần trang này, hãy hỏi</h2>")[2]
    assert lan.full_name in asked
    assert "Hãy hỏi" not in asked


def test_an_account_that_was_closed_supports_nobody(world: World, lan: Account, at_desk: At) -> None:
    Account.objects.filter(pk=lan.pk).update(is_active=False)
    answer = at_desk("chi").get(GUIDE)
    assert answer.context["supporters"] == ()
    assert "Hãy hỏi quản trị viên của tỉnh." in answer.content.decode()


def test_nobody_is_told_to_ask_themselves(world: World, lan: Account, at_desk: At) -> None:
    theirs = at_desk("lan").get("/noi-bo/quan-tri/thu-gui-di/")
    assert theirs.status_code == 403
    asked = theirs.content.decode().partition("Nếu công việc của bạn cần trang này</h2>")[2]
    assert lan.full_name not in asked
    assert "Hãy hỏi quản trị viên của tỉnh." in asked
    assert at_desk("lan").get(GUIDE).context["supporters"] == ()


@pytest.mark.clause("QN20-26.4", "DL24-24.1")
def test_who_supports_an_agency_sees_who_uses_the_system(world: World, lan: Account, at_desk: At) -> None:
    at = world.now.replace(hour=7, minute=45)
    Account.objects.filter(kind="officer").update(last_login=None)
    Account.objects.filter(username="chi").update(last_login=at)
    page = at_desk("lan").get("/noi-bo/quan-tri/can-bo/")
    used = {card.username: card.logged_in_at for card, _ in page.context["lines"]}
    assert (used["chi"], used["dung"]) == (at, None)
    assert "07:45 04/03/2024" in page.content.decode()
    assert "Chưa đăng nhập lần nào" in page.content.decode()


def test_search_in_the_guide_forgives_accents(world: World, at_desk: At) -> None:
    found = at_desk("chi").get(GUIDE, {"q": "VANG MAT"}).context["found"]
    assert found[0].section.anchor == "co-nguoi-vang-mat"


@pytest.mark.parametrize(
    ("name", "args", "anchor"),
    [
        ("intake", [], "nhan-ho-so-tai-quay"),
        ("keys", [], "phim-tat"),
        ("worklist", ["sap-tre"], "ho-so-sap-tre-xin-loi-va-hen-lai"),
        ("worklist", ["viec-cua-toi"], "viec-cua-toi-hom-nay"),
    ],
)
def test_page_leads_to_its_section(
    world: World, at_desk: At, name: str, args: list[str], anchor: str
) -> None:
    page = at_desk("chi").get(reverse(f"desk:{name}", args=args)).content.decode()
    assert f'href="{GUIDE}#{anchor}" data-mc-key="h" target="_blank"' in page


def test_verb_leads_to_the_section_of_what_it_does(world: World, at_desk: At) -> None:
    act = world.register()
    page = at_desk("chi").get(f"/noi-bo/ho-so/{act.dossier_id}/yeu-cau-bo-sung/").content.decode()
    assert f'href="{GUIDE}#yeu-cau-bo-sung"' in page


def test_guide_is_for_officers(world: World, at_desk: At) -> None:
    assert at_desk("an").get(GUIDE).status_code == 403
