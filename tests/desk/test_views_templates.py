"""The stock of messages and forms, and the province's own words, at the desk of its administrator."""

from __future__ import annotations

import io
import re

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries
from tests.desk.conftest import At
from tests.dossiers.world import World

from motcua.accounts.models import Account
from motcua.documents import queries as documents
from motcua.dossiers import services
from motcua.notify.models import LetterWording, ProvinceWords

pytestmark = pytest.mark.django_db
WORDS = "/noi-bo/quan-tri/mau-thu-phieu/loi-cua-tinh/"
TYPED = {"seen": "0", "header": "UBND tỉnh Mẫu", "hotline": "0262 3 811 022", "why": "Công văn 12"}


@pytest.fixture
def giang(world: World, at_desk: At) -> Client:
    """Giang administers the province."""
    Account.objects.filter(pk=world.people["giang"].pk).update(is_admin=True, must_change_password=False)
    return at_desk("giang")


def test_stock_leads_to_every_message_and_every_form(giang: Client) -> None:
    page = giang.get(reverse("desk:templates"))
    cards = [card for _name, cards in page.context["groups"] for card, _channels in cards]
    assert len(cards) == len({card.kind.key for card in cards}) > 40
    sets = [each for each, _state in page.context["form_sets"]]
    assert [each.name for each in sets] == ["2025", "2018"]


def test_message_is_shown_in_both_languages_and_of_nobody_real(giang: Client) -> None:
    text = giang.get(reverse("desk:template", args=["dossier.accepted"])).content.decode()
    assert "Kính gửi Ông/Bà Nguyễn Văn Mẫu," in text
    assert "Dear Nguyễn Văn Mẫu," in text
    assert giang.get(reverse("desk:template", args=["dossier.nothing"])).status_code == 404


@pytest.mark.parametrize(
    ("form_set", "kind"), [(each.name, kind) for each in documents.form_sets() for kind in each.forms]
)
def test_every_form_of_every_set_is_shown_as_a_sample(giang: Client, form_set: str, kind: str) -> None:
    answer = giang.get(reverse("desk:form_sample", args=[form_set, kind]))
    assert answer.headers["Content-Type"] == "application/pdf"
    text = PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert "BẢN MẪU" in text
    found = next(each for each in documents.form_sets() if each.name == form_set)
    assert f"Mẫu số {found.forms[kind].number}" in text


@pytest.mark.parametrize(("form_set", "kind"), [("2018", "stopping"), ("1999", "register")])
def test_form_that_is_not_there_is_not_found(giang: Client, form_set: str, kind: str) -> None:
    assert giang.get(reverse("desk:form_sample", args=[form_set, kind])).status_code == 404


def test_words_are_shown_before_they_are_in_force(giang: Client) -> None:
    page = giang.post(WORDS, TYPED | {"preview": "1"})
    assert [wording.body.partition("\n")[0] for _code, _name, wording in page.context["preview"]] == [
        "UBND tỉnh Mẫu",
        "UBND tỉnh Mẫu",
    ]
    assert ProvinceWords.objects.count() == 0
    assert giang.post(WORDS, TYPED | {"write": "1"}).status_code == 302
    again = giang.get(WORDS)
    assert again.context["form"]["header"].value() == "UBND tỉnh Mẫu"
    assert [each.why for each in again.context["history"]] == ["Công văn 12"]


@pytest.mark.parametrize("changes", [{"hotline": "gọi nhé"}, {"why": ""}, {"header": "x\x07"}, {"seen": "x"}])
def test_bad_words_are_said_and_nothing_is_written(giang: Client, changes: dict[str, str]) -> None:
    page = giang.post(WORDS, TYPED | {"write": "1"} | changes)
    assert page.status_code == 422
    assert page.context["page_errors"]
    assert ProvinceWords.objects.count() == 0


def test_page_that_is_behind_is_told(giang: Client) -> None:
    giang.post(WORDS, TYPED | {"write": "1"})
    page = giang.post(WORDS, TYPED | {"write": "1", "header": "Khác"})
    assert page.status_code == 422
    assert "Người khác vừa thay đổi" in page.content.decode()
    assert ProvinceWords.objects.count() == 1


def test_slip_names_the_number_of_the_time_it_was_issued(world: World, giang: Client) -> None:
    before = world.accept(world.register())
    giang.post(WORDS, TYPED | {"write": "1"})
    after = world.accept(world.register())
    texts = []
    for act in (before, after):
        event = world.state(act).slips[0].event
        file_id = services.slip_file(
            actor=world.actor("chi"), at=world.now, dossier_id=act.dossier_id, event=event
        )
        with documents.open_content(file_id) as content:
            texts.append(PdfReader(io.BytesIO(content.read())).pages[0].extract_text())
    assert ["0262 3 811 022" in text for text in texts] == [False, True]


@pytest.mark.parametrize("who", ["chi", "hanh"])
def test_stock_is_for_administrators_of_the_province(world: World, at_desk: At, who: str) -> None:
    officer = at_desk(who)
    for address in (WORDS, reverse("desk:templates"), reverse("desk:template", args=["dossier.accepted"])):
        assert officer.get(address).status_code == 403
    assert officer.get(reverse("desk:form_sample", args=["2018", "register"])).status_code == 403
    assert officer.post(WORDS, TYPED | {"write": "1"}).status_code == 403


def test_message_whose_texts_stay_inside_is_shown_as_in_the_inbox_and_as_in_its_email(giang: Client) -> None:
    page = giang.get(reverse("desk:template", args=["desk.consulted"]))
    asked = ["nguồn gốc đất" in wording.body for _, _, wording in page.context["shown"]]
    assert asked == [True, True, False, False]
    text = page.content.decode()
    assert "Thư điện tử, tiếng Việt" in text
    assert len(re.findall(r'id="letter-(\d)"', text)) == 4


REWORD = "/noi-bo/quan-tri/mau-thu-phieu/thu/dossier.withdrawn/viet-lai/"
LETTER = {"seen": "0", "subject": "Đã rút hồ sơ {mã hồ sơ}", "why": "CV 12"}
LETTER["body"] = "Kính gửi {người nhận},\n{lịch xác minh}"


def reworded(client: Client, **changes: str) -> HttpResponse:
    """Look at the letter, then write what was looked at."""
    typed = LETTER | changes
    page = client.post(REWORD, typed | {"preview": "1"})
    return client.post(REWORD, typed | {"write": "1", "looked_at": page.context["fingerprint"]})


def test_letter_is_shown_before_it_is_in_force_and_only_what_was_shown_is_written(giang: Client) -> None:
    start = giang.get(REWORD)
    assert "Theo {đề nghị của người nộp}, hồ sơ {mã hồ sơ}" in start.context["form"]["body"].value()
    assert b'name="write"' not in start.content
    page = giang.post(REWORD, LETTER | {"preview": "1"})
    assert [wording.body.partition("\n")[0] for _code, _name, wording in page.context["preview"]] == [
        "Kính gửi Nguyễn Văn Mẫu,",
        "Kính gửi Nguyễn Văn Mẫu,",
        "Dear Nguyễn Văn Mẫu,",
        "Dear Nguyễn Văn Mẫu,",
    ]
    seen = page.context["fingerprint"]
    other = giang.post(REWORD, LETTER | {"write": "1", "looked_at": seen, "body": "Khác {lịch xác minh}"})
    assert other.status_code == 422
    assert "Lời thư đã khác với lúc xem trước" in other.content.decode()
    assert LetterWording.objects.count() == 0
    assert giang.post(REWORD, LETTER | {"write": "1", "looked_at": seen}).status_code == 302
    assert "tỉnh đã viết lại" in giang.get(reverse("desk:templates")).content.decode()
    shown = giang.get(reverse("desk:template", args=["dossier.withdrawn"])).content.decode()
    assert "Đã rút hồ sơ 000.00.00.H00-260302-0001" in shown


def test_our_letter_is_used_again_as_another_version(giang: Client) -> None:
    reworded(giang)
    number = LetterWording.objects.get().pk
    page = giang.post(REWORD, {"back": "1", "back-seen": "0", "back-why": "Thôi"})
    assert (page.status_code, LetterWording.objects.count()) == (422, 1)
    assert giang.post(REWORD, {"back": "1", "back-seen": str(number), "back-why": "Thôi"}).status_code == 302
    assert "tỉnh đã viết lại" not in giang.get(reverse("desk:templates")).content.decode()
    assert [each.is_ours for each in giang.get(REWORD).context["history"]] == [True, False]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"body": "Xem evil.com"}, "body"),
        ({"subject": "Đã rút"}, "body"),
        ({"subject_english": "Withdrawn"}, "body_english"),
        ({"why": ""}, "why"),
        ({"body": "x\x07"}, "body"),
    ],
)
def test_letter_that_cannot_be_sent_is_said_at_its_field(
    giang: Client, changes: dict[str, str], field: str
) -> None:
    page = giang.post(REWORD, LETTER | changes | {"preview": "1"})
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert page.context["form"]["subject"].value() == (LETTER | changes)["subject"]
    assert LetterWording.objects.count() == 0


def test_who_rewords_a_letter_that_was_reworded_meanwhile_is_told(giang: Client) -> None:
    reworded(giang)
    page = reworded(giang, subject="Khác {mã hồ sơ}")
    assert page.status_code == 422
    assert "Người khác vừa thay đổi" in page.content.decode()
    assert LetterWording.objects.count() == 1


@pytest.mark.parametrize("key", ["account.code", "dossier.joined", "desk.assigned", "mandate.offered", "x"])
def test_letter_that_stays_ours_has_no_page_to_reword_it(giang: Client, key: str) -> None:
    assert giang.get(reverse("desk:reword_letter", args=[key])).status_code == 404


@pytest.mark.parametrize("who", ["chi", "hanh"])
def test_letters_are_reworded_by_administrators_of_the_province(world: World, at_desk: At, who: str) -> None:
    officer = at_desk(who)
    assert officer.get(REWORD).status_code == 403
    assert officer.post(REWORD, LETTER | {"preview": "1"}).status_code == 403


def test_page_of_a_letter_asks_little_of_the_database(
    giang: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for address in (REWORD, reverse("desk:templates")):
        with django_assert_max_num_queries(15):
            giang.get(address)
