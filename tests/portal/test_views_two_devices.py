"""One filing prepared on two devices: what each of them brings is kept, and only contradictions are told."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client
from tests.dossiers.world import World, make_world, sheet
from tests.portal.conftest import Browser
from tests.portal.samples import upload
from tests.portal.test_views_own import asked as ask

from motcua.catalogue.rules.eforms import FormField, FormSection
from motcua.catalogue.rules.sheets import RequiredDocument
from motcua.documents import queries as documents
from motcua.dossiers import queries
from motcua.dossiers.rules.state import State
from motcua.portal import drafts, who

pytestmark = pytest.mark.django_db
REACH = {"phone": "0905000001", "email": "an@example.vn", "address": "12 Lê Duẩn, Buôn Ma Thuột"}


@pytest.fixture
def an(browser_of: Browser) -> Client:
    return browser_of("an")


@pytest.fixture
def draft(world: World) -> str:
    return world.draft(with_papers=False).dossier_id


def page(draft: str, name: str) -> str:
    return f"/nop-ho-so/{draft}/{name}/"


def state(draft: str) -> State:
    return queries.state_of(draft)


def send(client: Client, draft: str, name: str, version: int | None = None, /, **data: Any) -> Any:
    return client.post(page(draft, name), {"version": version or state(draft).version, **data})


def papers(draft: str) -> list[str]:
    found = [each for each in state(draft).contents.documents if each.key == "paper" and each.file_id]
    return [documents.card(each.file_id or "").name for each in found]


def file_ids(draft: str) -> list[str]:
    return [each.file_id for each in state(draft).contents.documents if each.file_id]


def bring(name: str) -> dict[str, Any]:
    return {"file-paper": upload(name=name), "upload": "yes"}


# --- Papers of a filing -------------------------------------------------------------------------------------
def test_paper_sent_from_an_old_page_is_kept(an: Client, draft: str) -> None:
    old = state(draft).version
    send(an, draft, "lien-he", **REACH | {"address": "9 Hùng Vương, Pleiku"})
    answer = send(an, draft, "giay-to", old, **bring("a.pdf"))
    assert answer.status_code == 302
    assert papers(draft) == ["a.pdf"]
    assert state(draft).contents.applicant.address == "9 Hùng Vương, Pleiku"


def test_papers_sent_from_two_pages_are_both_kept_and_one_is_taken_back_once(an: Client, draft: str) -> None:
    old = state(draft).version
    send(an, draft, "giay-to", old, **bring("a.pdf"))
    send(an, draft, "giay-to", old, **bring("b.pdf"))
    assert papers(draft) == ["a.pdf", "b.pdf"]
    seen, first = state(draft).version, file_ids(draft)[0]
    for _ in range(2):  # on both devices
        assert send(an, draft, "giay-to", seen, remove=first).status_code == 302
    assert papers(draft) == ["b.pdf"]


def test_file_that_was_joined_elsewhere_is_not_taken_back_in_silence(an: Client, draft: str) -> None:
    send(an, draft, "giay-to", **bring("a.pdf"))
    seen, (first,) = state(draft).version, file_ids(draft)
    an.post(page(draft, "giay-to/paper/trang"), {"use": "yes"})
    answer = send(an, draft, "giay-to", seen, remove=first)
    assert [error.href for error in answer.context["page_errors"]] == ["#file-paper"]
    assert "vừa được ghép hoặc thay ở một trang khác" in answer.content.decode()
    assert papers(draft) == ["Giấy chứng minh.pdf"]


@pytest.fixture
def conditional(db: None, monkeypatch: pytest.MonkeyPatch) -> tuple[Client, str]:
    """A filing whose second paper may be answered by a reason."""
    papers = (
        RequiredDocument("paper", "Giấy chứng minh"),
        RequiredDocument("proof", "Sổ", condition="nếu có"),
    )
    world = make_world(sheet(components=papers))
    monkeypatch.setattr(who, "now", lambda: world.later(minutes=1))
    client = Client()
    client.force_login(world.people["an"], backend="motcua.accounts.services.backends.EntryBackend")
    return client, world.draft(documents=()).dossier_id


def reasons(draft: str) -> list[str]:
    return [each.note for each in state(draft).contents.documents if each.note]


def test_reason_changed_elsewhere_is_told_and_the_file_beside_it_kept(
    conditional: tuple[Client, str],
) -> None:
    an, draft = conditional
    old = state(draft).version
    send(an, draft, "giay-to", old, **{"note-proof": "Tôi tự đi nộp"})
    typed = {"note-proof": "Nhà tôi chưa có sổ"}
    answer = send(an, draft, "giay-to", old, **bring("a.pdf"), **typed)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "vừa được sửa ở một trang khác; nay là: “Tôi tự đi nộp”" in text
    assert 'value="Nhà tôi chưa có sổ"' in text
    assert (papers(draft), reasons(draft)) == (["a.pdf"], ["Tôi tự đi nộp"])
    send(an, draft, "giay-to", answer.context["version"], **typed)  # looked at, and pressed again
    assert reasons(draft) == ["Nhà tôi chưa có sổ"]


def test_reason_that_a_page_did_not_change_stays_as_it_was_changed_elsewhere(
    conditional: tuple[Client, str],
) -> None:
    an, draft = conditional
    old = state(draft).version
    send(an, draft, "giay-to", old, **{"note-proof": "Tôi tự đi nộp"})
    assert send(an, draft, "giay-to", old, **bring("a.pdf"), **{"note-proof": ""}).status_code == 302
    assert (papers(draft), reasons(draft)) == (["a.pdf"], ["Tôi tự đi nộp"])


def test_pages_joined_while_another_paper_comes_are_kept_beside_it(
    an: Client, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    an.post(page(draft, "giay-to/paper/trang"), {"files": upload(name="trang.pdf"), "add": "yes"})
    real, other = drafts.put_papers, Client()
    other.cookies = an.cookies

    def put_papers(*given: Any) -> int:
        monkeypatch.setattr(drafts, "put_papers", real)
        send(other, draft, "giay-to", **bring("b.pdf"))  # between the look and the saving
        return real(*given)

    monkeypatch.setattr(drafts, "put_papers", put_papers)
    assert an.post(page(draft, "giay-to/paper/trang"), {"use": "yes"}).status_code == 302
    assert papers(draft) == ["b.pdf", "Giấy chứng minh.pdf"]


# --- The other pages of a filing ----------------------------------------------------------------------------
def test_contact_saved_from_an_old_page_leaves_a_paper_and_an_answer_brought_elsewhere(
    an: Client, draft: str
) -> None:
    old = state(draft).version
    send(an, draft, "giay-to", old, **bring("a.pdf"))
    send(an, draft, "to-khai/1", purpose="Xin việc")
    answer = send(an, draft, "lien-he", old, **REACH | {"address": "9 Hùng Vương, Pleiku"})
    assert answer.status_code == 302
    contents = state(draft).contents
    assert contents.applicant.address == "9 Hùng Vương, Pleiku"
    assert (papers(draft), dict(contents.form_data)) == (["a.pdf"], {"purpose": "Xin việc"})


def test_page_that_changed_nothing_does_not_bring_back_what_it_showed(an: Client, draft: str) -> None:
    send(an, draft, "lien-he", **REACH)
    old = state(draft).version
    send(an, draft, "lien-he", **REACH | {"address": "9 Hùng Vương, Pleiku"})
    assert send(an, draft, "lien-he", old, **REACH).status_code == 302
    assert state(draft).contents.applicant.address == "9 Hùng Vương, Pleiku"


def test_contact_changed_on_both_devices_is_told_and_stays_typed(an: Client, draft: str) -> None:
    send(an, draft, "lien-he", **REACH)
    old = state(draft).version
    send(an, draft, "lien-he", **REACH | {"address": "9 Hùng Vương, Pleiku"})
    answer = send(an, draft, "lien-he", old, **REACH | {"phone": "0905000009"})
    assert answer.status_code == 422
    assert 'value="0905000009"' in answer.content.decode()
    assert state(draft).contents.applicant.phone == REACH["phone"]


def test_person_of_an_old_page_is_not_mixed_with_another_one(an: Client, draft: str) -> None:
    """Elsewhere the filing was turned over to somebody else: two people never become one."""
    old = state(draft).version
    send(an, draft, "nop-cho-ai", whose="khac")
    person = {"name": "Nguyễn Văn An", "personal_id": "066090000001", "date_of_birth": "15/03/1990"}
    assert send(an, draft, "chu-ho-so", old, **person).status_code == 422
    assert state(draft).contents.applicant.name == ""


SECTION_OF_BIRTH = (FormSection("Trẻ", tuple(FormField(k, k) for k in ("name", "home", "born"))),)


@pytest.fixture
def birth(db: None, monkeypatch: pytest.MonkeyPatch) -> tuple[Client, str]:
    """A filing whose section asks three things; nothing is answered."""
    world = make_world(sheet(eform=SECTION_OF_BIRTH))
    monkeypatch.setattr(who, "now", lambda: world.later(minutes=1))
    client = Client()
    client.force_login(world.people["an"], backend="motcua.accounts.services.backends.EntryBackend")
    return client, world.draft(form_data={}).dossier_id


def test_section_changed_on_both_devices_comes_back_whole_and_asks_only_what_is_contested(
    birth: tuple[Client, str],
) -> None:
    an, draft = birth
    old = state(draft).version
    send(an, draft, "to-khai/1", old, name="A", home="Quê A", born="", later="yes")
    typed = {"name": "B", "home": "", "born": "Huế", "later": "yes"}
    answer = send(an, draft, "to-khai/1", old, **typed)
    assert answer.status_code == 422
    assert [error.href for error in answer.context["page_errors"]] == ["#id_name"]
    assert "nay là: “A”" in answer.content.decode()
    form = answer.context["form"]
    assert [form[key].value() for key in ("name", "home", "born")] == ["B", "Quê A", "Huế"]
    assert dict(state(draft).contents.form_data) == {"name": "A", "home": "Quê A", "born": "Huế"}
    again = {"name": "B", "home": "Quê A", "born": "Huế", "later": "yes"}
    assert send(an, draft, "to-khai/1", answer.context["version"], **again).status_code == 302
    assert dict(state(draft).contents.form_data) == {"name": "B", "home": "Quê A", "born": "Huế"}


def test_two_devices_that_answer_different_questions_of_a_section_do_not_collide(
    birth: tuple[Client, str],
) -> None:
    an, draft = birth
    old = state(draft).version
    send(an, draft, "to-khai/1", old, name="A", home="", born="", later="yes")
    answer = send(an, draft, "to-khai/1", old, name="", home="Quê B", born="", later="yes")
    assert answer.status_code == 302
    assert dict(state(draft).contents.form_data) == {"name": "A", "home": "Quê B"}


@pytest.mark.parametrize("version", [0, 99, 999999999])
def test_version_that_no_page_was_made_from_is_told(an: Client, draft: str, version: int) -> None:
    before = state(draft).contents
    data = {"version": version, **REACH, "address": "9 Hùng Vương, Pleiku"}
    assert an.post(page(draft, "lien-he"), data).status_code == 422
    assert state(draft).contents == before


# --- What the agency asked for ------------------------------------------------------------------------------
@pytest.fixture
def asked(world: World) -> str:
    """A dossier whose form and paper the desk asks for again."""
    return ask(world, "form", "paper").dossier_id


def supplement(dossier: str, name: str = "") -> str:
    return f"/ho-so-cua-toi/{dossier}/bo-sung/{name}"


SECTION, PAPER, CHECK = "to-khai/1/", "giay-to/paper/", "xem-lai/"


def drawn_on(client: Client, dossier: str, name: str = SECTION) -> dict[str, str]:
    """All that a browser sends of the page as it is drawn now."""
    text = client.get(supplement(dossier, name)).content.decode()
    tags = re.findall(r"<input [^>]*>", text)
    named = {name[1]: tag for tag in tags if (name := re.search(r' name="([^"]+)"', tag))}
    values = {key: re.search(r' value="([^"]*)"', tag) for key, tag in named.items()}
    drawn = {key: html.unescape(found[1]) if found else "" for key, found in values.items()}
    return drawn | ({"declared": "on"} if "declared" in drawn else {})  # whoever sends it has vouched for it


def press(client: Client, dossier: str, drawn: dict[str, str], **data: Any) -> Any:
    return client.post(supplement(dossier, SECTION), drawn | data | {"go_on": "yes"})


def bring_paper(client: Client, dossier: str) -> Any:
    return client.post(supplement(dossier, PAPER), {"file-paper": upload(), "go_on": "yes"})


def purpose(client: Client, dossier: str) -> Any:
    return client.get(supplement(dossier, SECTION)).context["form"]["purpose"].value()


def test_paper_from_a_second_device_leaves_the_answer_of_the_first(an: Client, asked: str) -> None:
    press(an, asked, drawn_on(an, asked), purpose="Xin học bổng")
    assert bring_paper(an, asked).status_code == 302
    assert purpose(an, asked) == "Xin học bổng"
    (row,) = an.get(supplement(asked, PAPER)).context["lines"]
    assert len(row.sent) == 1


def test_old_page_leaves_the_answer_changed_elsewhere(an: Client, asked: str) -> None:
    phone = drawn_on(an, asked)
    press(an, asked, drawn_on(an, asked), purpose="Xin học bổng")
    assert press(an, asked, phone).status_code == 302
    assert purpose(an, asked) == "Xin học bổng"


def test_answer_changed_on_both_devices_is_told_and_stays_typed(an: Client, asked: str) -> None:
    phone = drawn_on(an, asked)
    press(an, asked, drawn_on(an, asked), purpose="Xin học bổng")
    answer = press(an, asked, phone, purpose="Xin việc <b>")
    assert answer.status_code == 422
    assert [error.href for error in answer.context["page_errors"]] == ["#id_purpose"]
    assert "nay là: “Xin học bổng”" in answer.content.decode()
    assert answer.context["form"]["purpose"].value() == "Xin việc <b>"
    assert purpose(an, asked) == "Xin học bổng"
    again = dict(answer.context["drawn_with"]) | {"purpose": "Xin việc <b>"}
    assert press(an, asked, again).status_code == 302
    assert purpose(an, asked) == "Xin việc <b>"


def test_nobody_sends_an_answer_that_their_page_did_not_show(an: Client, asked: str) -> None:
    bring_paper(an, asked)
    press(an, asked, drawn_on(an, asked), purpose="Xin việc")
    phone = drawn_on(an, asked, CHECK)
    press(an, asked, drawn_on(an, asked), purpose="Xin học bổng")
    answer = an.post(supplement(asked, CHECK), phone)
    assert answer.status_code == 422
    assert "vừa được sửa ở một trang khác và đang hiện dưới đây" in answer.content.decode()
    assert "Xin học bổng" in answer.content.decode()
    assert state(asked).supplement_awaited() is not None
    seen = drawn_on(an, asked, CHECK)
    assert an.post(supplement(asked, CHECK), seen).headers["Location"] == supplement(asked, "1/da-gui/")
    assert dict(state(asked).contents.form_data) == {"purpose": "Xin học bổng"}


def test_file_of_a_supplement_that_was_joined_elsewhere_is_not_taken_back_in_silence(
    an: Client, asked: str
) -> None:
    an.post(supplement(asked, PAPER), {"file-paper": upload(name="a.pdf"), "upload": "yes"})
    old = drawn_on(an, asked, PAPER)
    an.post(supplement(asked, f"{PAPER}trang/"), {"use": "yes"})
    answer = an.post(supplement(asked, PAPER), old | {"remove": old["was-files"].strip()})
    assert [error.href for error in answer.context["page_errors"]] == ["#file-paper"]
    assert "vừa được ghép hoặc thay ở một trang khác" in answer.content.decode()
    (row,) = an.get(supplement(asked, PAPER)).context["lines"]
    assert [file.name for file in row.sent] == ["Giấy chứng minh.pdf"]


@pytest.mark.parametrize("name", [SECTION, PAPER, f"{PAPER}trang/"])
def test_what_comes_after_the_supplement_was_sent_elsewhere_is_told(
    an: Client, asked: str, name: str
) -> None:
    press(an, asked, drawn_on(an, asked), purpose="Xin học bổng")
    bring_paper(an, asked)
    seen = drawn_on(an, asked, CHECK)
    assert an.post(supplement(asked, CHECK), seen).status_code == 302
    late = {"purpose": "Khác", "file-paper": upload(name="muon.pdf"), "files": upload(name="muon.pdf")}
    answer = an.post(supplement(asked, name), late, follow=True)
    assert answer.redirect_chain[-1][0] == f"/ho-so-cua-toi/{asked}/"
    assert "Phần bổ sung đã được gửi từ một trang khác" in answer.content.decode()
    assert dict(state(asked).contents.form_data) == {"purpose": "Xin học bổng"}


def test_joining_pages_of_a_supplement_leaves_its_answers(an: Client, asked: str) -> None:
    press(an, asked, drawn_on(an, asked), purpose="Xin học bổng")
    joined = {"files": upload(name="trang.pdf"), "use": "yes"}
    assert an.post(supplement(asked, f"{PAPER}trang/"), joined).headers["Location"] == supplement(
        asked, PAPER
    )
    assert purpose(an, asked) == "Xin học bổng"
    (row,) = an.get(supplement(asked, PAPER)).context["lines"]
    assert len(row.sent) == 1
