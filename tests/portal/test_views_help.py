"""Help: the guide, the questions, the search in both, the way from each page into them, and whom to ask."""

from __future__ import annotations

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests.dossiers.world import World
from tests.portal.conftest import Browser

from motcua.agencies import queries as agencies
from motcua.agencies.models import Agency, Unit
from motcua.config.demo import sample
from motcua.incidents.models import Report
from motcua.theme.guides import library

pytestmark = pytest.mark.django_db
SHEET = "/thu-tuc/1.000001/"


@pytest.mark.clause("QN20-8.3", "DL24-5.3", "PT24-5.7#1")
def test_guide_shows_every_task_under_its_anchor(world: World) -> None:
    page = Client().get("/huong-dan/nguoi-dan/").content.decode()
    anchors = set(re.findall(r'<h3[^>]* id="([^"]+)"', page))
    assert anchors == {section.anchor for section in library.guide("nguoi-dan").sections}
    pictures = re.findall(r"<img class=\"mc-guide__picture\"[^>]*>", page)
    assert pictures
    assert [each for each in pictures if 'loading="lazy"' not in each or ' width="' not in each] == []


@pytest.mark.clause("KT18-5.1.b#1", "QN20-8.3")
def test_sheet_of_an_online_service_says_how_to_use_it(world: World) -> None:
    page = Client().get(SHEET).content.decode()
    assert "Nộp trực tuyến thủ tục này thế nào" in page
    anchors = set(re.findall(r'href="/huong-dan/nguoi-dan/#([^"]+)"', page))
    known = {section.anchor for section in library.guide("nguoi-dan").sections}
    assert {"xem-lai-va-gui", "dien-to-khai"} <= anchors <= known


@pytest.mark.clause("QN20-8.3", "DL24-5.3", "PT24-5.7#1")
def test_search_in_the_help_forgives_accents_and_finds_questions(world: World) -> None:
    answer = Client().get("/huong-dan/?q=BO%20SUNG")
    assert answer.context["found"][0].section.anchor == "bo-sung-ho-so"
    assert [each.key for each in answer.context["found_questions"]] == ["thieu-giay-to"]
    assert "Chưa thấy mục nào" in Client().get("/huong-dan/?q=zzzz").content.decode()


def test_search_shows_what_was_typed_as_words(world: World) -> None:
    page = Client().get("/huong-dan/?q=%3Cscript%3E" + "x" * 300).content.decode()
    assert "<script>x" not in page
    assert len(Client().get("/huong-dan/?q=" + "x" * 300).context["asked"]) == 100


def test_every_question_leads_on(world: World) -> None:
    answer = Client().get("/huong-dan/")
    known = {section.anchor for section in library.guide("nguoi-dan").sections}
    for question in answer.context["questions"]:
        path, _, anchor = question.href.partition("#")
        assert Client().get(path).status_code == 200
        assert not anchor or anchor in known


def test_help_and_guide_speak_english_under_the_same_anchors(world: World) -> None:
    client = Client()
    client.post("/ngon-ngu/", {"language": "en", "next": "/"})
    page = client.get("/huong-dan/").content.decode()
    assert "What if I lose the receipt?" in page
    assert '<div class="mc-guide__contents" lang="en">' in page
    assert "Understand the due date" in page
    guide = client.get("/huong-dan/nguoi-dan/").content.decode()
    assert set(re.findall(r'<h3[^>]* id="([^"]+)"', guide)) == {
        section.anchor for section in library.guide("nguoi-dan").sections
    }
    assert "Calculate" in guide
    found = client.get("/huong-dan/?q=due date").context["found"]
    assert found[0].section.anchor == "hieu-ngay-hen-tra-ket-qua"


@pytest.mark.parametrize(
    ("path", "anchor"),
    [
        ("/tra-cuu/", "theo-doi-ho-so"),
        (SHEET, "xem-thu-tuc-can-nhung-gi"),
        ("/dang-ky/", "dang-ky-tai-khoan"),
    ],
)
def test_page_leads_to_its_section_in_a_tab_of_its_own(world: World, path: str, anchor: str) -> None:
    page = Client().get(path).content.decode()
    link = re.search(r'<p class="mc-help"><a [^>]*href="([^"]+)" target="_blank"', page)
    assert link is not None
    assert link[1] == f"/huong-dan/nguoi-dan/#{anchor}"


def test_step_of_a_filing_asks_about_the_step(world: World, browser_of: Browser) -> None:
    answer = browser_of("an").get("/nop-ho-so/1.000001/", follow=True)
    assert "Cần trợ giúp về bước này?" in answer.content.decode()


def test_pages_that_help_lead_nowhere_else(world: World) -> None:
    for path in ("/huong-dan/", "/huong-dan/nguoi-dan/", "/lien-he/", "/"):
        assert "mc-help" not in Client().get(path).content.decode()


def test_contact_shows_hotline_and_the_centre_with_its_hours(world: World, settings: Settings) -> None:
    settings.HOTLINE = "0262.1022"
    centre = Agency.objects.create(
        province="dak-lak",
        key="trung-tam",
        code="H15.99",
        name="Trung tâm Phục vụ hành chính công tỉnh",
        level="province",
        kind="one_stop_centre",
        address="01 Lê Duẩn",
    )
    Unit.objects.create(agency=centre, key="quay", name="Quầy", kind="desk")
    agencies.forget()
    page = Client().get("/lien-he/").content.decode()
    for words in ('href="tel:0262.1022"', centre.name, "01 Lê Duẩn", "Thứ Hai"):
        assert words in page


def test_number_of_a_demo_is_marked_as_a_sample(world: World, settings: Settings) -> None:
    settings.HOTLINE, settings.DEMO = sample.HOTLINE, False
    assert "số mẫu" not in Client().get("/lien-he/").content.decode()
    settings.DEMO = True
    page = Client().get("/lien-he/").content.decode()
    assert 'href="tel:00001022"' in page
    assert page.count("số mẫu") == 2  # in the text and at the foot


@pytest.mark.clause("DL24-10.2", "DL24-24.6", "PT24-24.2#2")
def test_whoever_finds_something_wrong_has_a_form_for_it_without_logging_in(world: World) -> None:
    reader = Client()
    for asked, path in (("/lien-he/", "/bao-su-co/"), ("/so-do/", "/bao-su-co/")):
        assert f'href="{path}"' in reader.get(asked).content.decode()
    form = reader.get("/bao-su-co/").context["form"]
    assert [value for value, _ in form["kind"].field.choices] == ["outage", "account"]
    assert [name for name, field in form.fields.items() if field.required] == ["kind", "what"]
    wrong = reader.post("/bao-su-co/", {"kind": "misuse", "what": "x"})
    assert (wrong.status_code, Report.objects.count()) == (422, 0)
    sent = reader.post(
        "/bao-su-co/", {"kind": "account", "what": "Có người dùng tài khoản của tôi"}, follow=True
    )
    assert "Đã gửi lượt báo" in sent.content.decode()
    row = Report.objects.get()
    assert (row.kind, row.contact, row.by_id, row.by_name) == ("account", "", "", "")


def test_page_of_an_error_leads_to_the_form(world: World) -> None:
    for template in ("500.html", "503.html"):
        assert f'href="{reverse("portal:report")}"' in render_to_string(template)
