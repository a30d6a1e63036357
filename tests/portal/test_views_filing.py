"""Filing online: what is asked, what is kept when something is wrong, and that one filing is one dossier."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings
from tests.dossiers.world import World, process_for, published, sheet
from tests.portal.conftest import Browser
from tests.portal.samples import PROGRAM, upload

from motcua.accounts.models import Account
from motcua.agencies.enums import UnitKind
from motcua.catalogue.enums import FieldKind
from motcua.catalogue.rules.eforms import FormField, FormSection
from motcua.catalogue.services import importing
from motcua.dossiers import queries
from motcua.dossiers.enums import Capacity, Status
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.consent import CONSENT
from motcua.dossiers.rules.receipt import reply_awaited
from motcua.dossiers.rules.state import NOT_CHOSEN, ResultDelivery, State
from motcua.kernel.errors import Refusal
from motcua.portal.forms.eform import hint_of
from motcua.theme import consents
from motcua.theme.wording import long_moment, short_moment

pytestmark = pytest.mark.django_db

START = "/nop-ho-so/1.000001/"
MINE, OTHERS = START + "?cho=toi", START + "?cho=khac"
PERSON = {"name": "Nguyễn Văn An", "personal_id": "066090000001", "date_of_birth": ""}
AGREED = {"declared": "on", "consented": "on", "words": CONSENT}
REACH = {"phone": "0905000001", "email": "an@example.vn", "address": "12 Lê Duẩn, Buôn Ma Thuột"}


@pytest.fixture
def an(browser_of: Browser) -> Client:
    return browser_of("an")


def page(draft_id: str, name: str) -> str:
    return f"/nop-ho-so/{draft_id}/{name}/"


def state(draft_id: str) -> State:
    return queries.state_of(draft_id)


def post(client: Client, draft_id: str, name: str, /, **data: Any) -> Any:
    return client.post(page(draft_id, name), {"version": state(draft_id).version, **data})


def made(answer: Any) -> str:
    """The draft to which a sent first page led."""
    return str(answer.headers["Location"].split("/")[2])


def faults(client: Client, answer: Any) -> list[str]:
    """Where the errors of the page stand to which a faulty first page led."""
    return [error.href for error in client.get(answer.headers["Location"]).context["page_errors"]]


def test_name_typed_in_one_case_is_kept_as_names_are_written(world: World, an: Client) -> None:
    answer = an.post(OTHERS, PERSON | {"name": "trần thị HOA", "personal_id": "066090000777"})
    assert state(made(answer)).contents.applicant.name == "Trần Thị Hoa"
    assert 'autocapitalize="words"' in an.get(page(made(answer), "chu-ho-so")).content.decode()


@pytest.mark.parametrize("born", ["15/03/2990", "05/03/2024", "01/01/1800", "40/13/1990"])
def test_birth_date_nobody_has_is_refused_and_kept(world: World, an: Client, born: str) -> None:
    answer = an.post(MINE, PERSON | {"date_of_birth": born})
    assert faults(an, answer) == ["#id_date_of_birth"]
    contents = state(made(answer)).contents
    assert (contents.unfinished["date_of_birth"], contents.applicant.date_of_birth) == (born, None)


@pytest.fixture
def draft(world: World) -> str:
    return world.draft(with_papers=False).dossier_id


@pytest.fixture
def ready(world: World) -> str:
    return world.draft().dossier_id


@pytest.mark.clause("KT22-3.2", "KT22-7.2", "QN20-9.2", "KT18-6.2#1")
def test_start_without_log_in_asks_for_it_and_comes_back(world: World) -> None:
    answer = Client().get(START)
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        "/dang-nhap/?next=%2Fnop-ho-so%2F1.000001%2F",
    )
    desk = Client().get("/noi-bo/tim/")
    assert (desk.status_code, "dang-nhap" in desk.headers["Location"]) == (302, True)


@pytest.mark.clause("KT22-3.2", "KT22-7.2", "QN20-9.2", "QN20-27.1#1", "KT18-6.2#1")
def test_nothing_is_begun_or_sent_but_from_the_account_of_whoever_files(
    world: World, an: Client, browser_of: Browser, ready: str
) -> None:
    assert Client().post(MINE, PERSON).status_code == 302
    assert Dossier.objects.count() == 1
    for client, status in ((Client(), 302), (browser_of("binh"), 403)):
        answer = post(client, ready, "xem-lai", **AGREED)
        assert answer.status_code == status
        assert "/da-gui/" not in answer.headers.get("Location", "")
        assert state(ready).filed_at is None
    assert post(an, ready, "xem-lai", **AGREED).headers["Location"] == page(ready, "da-gui")
    assert (state(ready).filed_at is None, state(ready).owner_id) == (False, world.actor("an").id)


def test_start_asks_first_for_whom(an: Client) -> None:
    page = an.get(START, follow=True)
    assert (page.status_code, page.context["principals"]) == (200, ())
    assert "Bạn nộp hồ sơ cho ai?" in page.content.decode()


@pytest.mark.parametrize(("key", "is_told"), [("requester_relation", True), ("purpose", False)])
def test_whom_says_that_who_asks_for_a_child_files_for_themself(
    world: World, an: Client, key: str, is_told: bool
) -> None:
    form = (FormSection("Người yêu cầu", (FormField(key, "Quan hệ với trẻ"),)),)
    version = published(sheet(code="1.001193", eform=form), world.agency, world.units[UnitKind.DIVISION])
    process_for("1.001193")
    draft = world.draft(procedure_version_id=version.pk, documents=()).dossier_id
    for path in ("/nop-ho-so/1.001193/", page(draft, "nop-cho-ai")):
        text = an.get(path, follow=True).content.decode()
        assert ("kể cả khi việc là của con, cháu" in text) is is_told
        assert ("Việc của chính bạn, bạn đứng tên trên hồ sơ." in text) is not is_told
        assert "Bạn nộp thay người đứng tên trên hồ sơ" in text


def test_size_is_kept_and_read_back_as_vietnamese_write_it(world: World, an: Client) -> None:
    area = FormField("area", "Diện tích (m²)", FieldKind.DECIMAL)
    form = (FormSection("Thửa đất", (area,)),)
    version = published(sheet(code="1.009994", eform=form), world.agency, world.units[UnitKind.DIVISION])
    process_for("1.009994")
    draft = world.draft(procedure_version_id=version.pk, form_data={}).dossier_id
    for _ in range(2):  # saved again as the page shows it
        shown = an.get(page(draft, "to-khai/1")).context["form"]["area"].value()
        post(an, draft, "to-khai/1", area=shown or "1.200")
        assert state(draft).contents.form_data == {"area": "1200"}
    assert "1.200" in an.get(page(draft, "xem-lai")).content.decode()


def test_mother_who_asks_finds_herself_on_the_page_of_the_mother(world: World, an: Client) -> None:
    form = importing.eform("khai-sinh") or ()
    version = published(sheet(code="1.001193", eform=form), world.agency, world.units[UnitKind.DIVISION])
    process_for("1.001193")
    asking = {
        "requester_name": "Lê Văn An", "requester_id": "066090000001", "requester_address": "Buôn Hồ",
        "requester_relation": "mother",
    }  # fmt: skip
    for relation, filled in (("mother", 3), ("guardian", 0)):
        answers = asking | {"requester_relation": relation}
        draft = world.draft(procedure_version_id=version.pk, documents=(), form_data=answers).dossier_id
        asked = an.get(page(draft, "to-khai/3")).context["form"]
        shown = [asked[key].value() for key in ("mother_name", "mother_id", "mother_address")]
        assert [each for each in shown if each] == ["Lê Văn An", "066090000001", "Buôn Hồ"][:filled]
        assert ("Để trống" in str(asked["mother_name"].help_text)) is (relation == "guardian")


def test_marriage_of_two_others_is_told_on_the_page_and_cannot_be_sent(world: World, an: Client) -> None:
    form = (importing.eform("ket-hon") or ())[1:2]
    version = published(sheet(code="1.000894", eform=form), world.agency, world.units[UnitKind.DIVISION])
    process_for("1.000894")
    bride = {
        "bride_name": "Trần Chi", "bride_birth_date": "15/03/1990", "bride_id": "066190000002",
        "bride_ethnicity": "Kinh", "bride_nationality": "Việt Nam", "bride_address": "Buôn Hồ",
        "bride_times_married": "1",
    }  # fmt: skip
    others = {"groom_id": "066090000009", "groom_name": "Lê Dũng"}
    act = world.draft(procedure_version_id=version.pk, documents=(), form_data=others | bride)
    answer = post(an, act.dossier_id, "to-khai/1", **bride)
    assert "Người đứng tên hồ sơ phải là bên nam hoặc bên nữ" in answer.content.decode()
    with pytest.raises(Refusal):
        world.submit(act)


def test_start_tells_of_drafts_of_this_procedure_and_leads_on_or_anew(world: World, an: Client) -> None:
    assert "soạn dở" not in an.get(START, follow=True).content.decode()
    older, newer = world.draft(), world.draft()
    world.submit(world.draft())  # is no draft any more
    page = an.get(START, follow=True)
    assert [each.id for each in page.context["begun_before"]] == [newer.dossier_id, older.dossier_id]
    text = page.content.decode()
    assert f'href="/nop-ho-so/{newer.dossier_id}/"' in text
    assert f"lưu lúc {short_moment(state(newer.dossier_id).last_at)}" in text
    assert 'href="#for-me">Bắt đầu hồ sơ mới' in text
    assert made(an.post(MINE, PERSON)) not in (older.dossier_id, newer.dossier_id)


def test_start_tells_nobody_of_drafts_of_others(world: World, browser_of: Browser) -> None:
    world.draft()
    assert browser_of("binh").get(START, follow=True).context["begun_before"] == ()


def test_first_page_is_filled_in_from_the_account(an: Client) -> None:
    form = an.get(MINE, follow=True).context["form"]
    assert (form["name"].value(), form["personal_id"].value()) == ("An", "066090000001")


def test_first_page_for_somebody_else_tells_nothing_of_the_account(an: Client) -> None:
    form = an.get(OTHERS, follow=True).context["form"]
    assert [field.value() for field in form] == ["", "", ""]


def test_whoever_has_no_personal_number_is_told_where_to_go(world: World, an: Client) -> None:
    page = an.get(OTHERS, follow=True).content.decode()
    assert "Chủ hồ sơ không có số định danh 12 chữ số, ví dụ là người nước ngoài?" in page
    fold = page[page.index("Nộp trực tuyến cần số này.") :]
    assert 'href="/co-quan/"' in fold[: fold.index("</details>")]
    answer = an.post(OTHERS, PERSON | {"name": "John Smith", "personal_id": "C1234567"})
    (error,) = an.get(answer.headers["Location"]).context["page_errors"]
    assert "nộp hồ sơ tại bộ phận một cửa" in error.text


def test_faulty_first_page_is_kept_and_says_what_is_wrong(world: World, an: Client) -> None:
    answer = an.post(MINE, {"name": "Nguyễn Thị An", "personal_id": "123"})
    shown = an.get(answer.headers["Location"])
    assert [error.href for error in shown.context["page_errors"]] == ["#id_personal_id"]
    text = shown.content.decode()
    assert "<title>Lỗi: " in text
    assert 'value="Nguyễn Thị An"' in text
    assert 'value="123"' in text
    assert 'aria-describedby="id_personal_id-hint id_personal_id-error"' in text
    part = next(
        task
        for group in an.get(f"/nop-ho-so/{made(answer)}/").context["groups"]
        for task in group.tasks
        if task.key == "person"
    )
    assert (part.said, part.hint) == ("Đang làm", "Còn 1 câu chưa xong.")


def test_first_page_makes_a_draft_of_the_one_who_files(world: World, an: Client) -> None:
    answer = an.post(MINE, PERSON)
    draft_id = made(answer)
    assert answer.headers["Location"] == page(draft_id, "lien-he")
    kept = state(draft_id)
    assert kept.contents.delivery == NOT_CHOSEN
    assert (kept.owner_id, kept.contents.applicant.name, kept.contents.submitter_name) == (
        str(world.people["an"].pk),
        "Nguyễn Văn An",
        "",
    )


@pytest.mark.parametrize(("button", "there"), [("later", ""), ("back", "nop-cho-ai/")])
def test_first_page_can_be_left_and_is_kept_as_it_is(an: Client, button: str, there: str) -> None:
    answer = an.post(MINE, {"name": "Nguyễn Thị Ánh", "personal_id": "123", button: "yes"})
    assert answer.headers["Location"] == f"/nop-ho-so/{made(answer)}/{there}"
    assert state(made(answer)).contents.unfinished["personal_id"] == "123"


def test_way_back_from_an_untouched_first_page_makes_nothing(an: Client) -> None:
    shown = an.get(MINE, follow=True).context["form"]
    untouched = {field.name: field.value() for field in shown}
    answer = an.post(MINE, untouched | {"back": "yes"})
    assert answer.headers["Location"] == START
    assert not Dossier.objects.exists()


def begin(client: Client, address: str) -> str:
    """The address of a beginning of its own, as the browser comes to stand at it."""
    return str(client.get(address).headers["Location"])


def test_first_page_sent_again_goes_on_with_the_same_draft(world: World, an: Client) -> None:
    first = begin(an, MINE)
    draft = made(an.post(first, PERSON))
    again = an.post(first, {**PERSON, "name": "Nguyễn Văn An Bình"})
    assert again.status_code == 302
    assert [str(each) for each in Dossier.objects.values_list("pk", flat=True)] == [draft]
    assert state(draft).contents.applicant.name == "Nguyễn Văn An Bình"
    faulty = an.post(first, {**PERSON, "personal_id": "12"})
    assert (faulty.status_code, faulty.context["draft"].view.id) == (422, draft)
    assert an.post(first, {**PERSON, "later": "yes"}).headers["Location"] == f"/nop-ho-so/{draft}/"


def test_way_back_of_the_browser_leads_to_the_draft_that_was_made(an: Client) -> None:
    first = begin(an, MINE)
    draft = made(an.post(first, PERSON))
    assert an.get(first).headers["Location"] == page(draft, "chu-ho-so")
    for_another = first.replace("cho=toi", "cho=khac")
    for sent in (an.get(for_another), an.post(for_another, PERSON)):
        assert sent.headers["Location"] == page(draft, "nop-cho-ai")
    assert Dossier.objects.count() == 1


def test_beginning_anew_is_another_draft_also_after_the_first_is_gone(world: World, an: Client) -> None:
    first = begin(an, MINE)
    draft = made(an.post(first, PERSON))
    assert begin(an, MINE) != first
    assert made(an.post(begin(an, MINE), PERSON)) != draft
    an.post(f"/ho-so-cua-toi/{draft}/rut/", {"version": 1, "reason": "Nhầm"})
    assert state(draft).status is Status.WITHDRAWN
    assert begin(an, first) != first


def test_key_of_somebody_else_leads_to_nothing_of_theirs(browser_of: Browser, an: Client) -> None:
    first = begin(an, MINE)
    draft = made(an.post(first, PERSON))
    other = made(browser_of("binh").post(first, PERSON))
    assert other != draft


def test_first_page_sent_at_the_same_moment_is_one_draft(
    world: World, an: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = begin(an, MINE)
    draft = made(an.post(first, PERSON))
    monkeypatch.setattr("motcua.dossiers.services.draft_of", lambda **given: None)  # not there yet, it seemed
    assert made(an.post(first, PERSON)) == draft
    assert Dossier.objects.count() == 1


def test_number_of_somebody_else_asks_for_whom_it_is(world: World, an: Client) -> None:
    answer = an.post(MINE, PERSON | {"personal_id": "066090000777"})
    assert faults(an, answer) == ["#id_personal_id"]
    answer = an.post(OTHERS, PERSON)
    assert faults(an, answer) == ["#id_personal_id"]


def test_name_of_somebody_else_asks_for_whom_it_is(world: World, an: Client) -> None:
    """The result would come to an account of another name, and the desk would not know."""
    Account.objects.filter(pk=world.people["an"].pk).update(full_name="Nguyễn Văn An")
    answer = an.post(MINE, PERSON | {"name": "Trần Thị Khác"})
    assert faults(an, answer) == ["#id_name"]
    text = an.get(answer.headers["Location"]).content.decode()
    assert "Tên này khác tên của tài khoản bạn đang dùng: Nguyễn Văn An." in text
    assert "Bạn nộp hồ sơ cho ai?" in text
    assert state(made(answer)).contents.applicant.name == ""
    draft = made(an.post(MINE, PERSON | {"name": "NGUYEN VAN AN"}))
    refused = post(an, draft, "chu-ho-so", **PERSON | {"name": "Trần Thị Khác"})
    assert [error.href for error in refused.context["page_errors"]] == ["#id_name"]
    assert state(draft).contents.applicant.name == ""  # so that it cannot be sent before it is put right
    assert made(an.post(OTHERS, PERSON | {"name": "Trần Thị Khác", "personal_id": "066090000777"}))


def test_filing_for_somebody_else_asks_in_what_capacity_and_by_which_paper(world: World, an: Client) -> None:
    answer = an.post(OTHERS, {"name": "Trần Bình", "personal_id": "066090000777"})
    draft_id = made(answer)
    assert answer.headers["Location"] == page(draft_id, "tu-cach")
    refused = post(an, draft_id, "tu-cach", capacity="", authority="")
    assert [error.href for error in refused.context["page_errors"]] == ["#id_capacity", "#id_authority"]
    as_what = {"capacity": "authorised", "authority": "Giấy ủy quyền số 12"}
    assert post(an, draft_id, "tu-cach", **as_what).headers["Location"] == page(draft_id, "lien-he")
    filed = state(draft_id).contents
    assert (filed.applicant.name, filed.submitter_name) == ("Trần Bình", "An")
    assert (filed.capacity, filed.authority, dict(filed.unfinished)) == (
        "authorised",
        "Giấy ủy quyền số 12",
        {"phone": "", "address": ""},
    )


def test_pages_of_whom_say_how_to_file_for_an_organisation(an: Client, draft: str) -> None:
    post(an, draft, "nop-cho-ai", whose="khac")
    for path in (START, page(draft, "nop-cho-ai"), page(draft, "chu-ho-so")):
        text = an.get(path, follow=True).content.decode()
        assert "Người đại diện theo pháp luật mời bạn vào tổ chức" in text
        assert 'href="/tai-khoan/to-chuc/"' in text
    post(an, draft, "nop-cho-ai", whose="toi")
    assert "mời bạn vào tổ chức" not in an.get(page(draft, "chu-ho-so")).content.decode()


def test_browser_fills_in_its_owner_only_where_it_is_they_who_are_asked(an: Client, draft: str) -> None:
    def filled() -> list[str]:
        text = an.get(page(draft, "chu-ho-so")).content.decode()
        return re.findall(r'<input[^>]* autocomplete="([^"]+)"', text[text.index("<h1") :])

    assert {"name", "bday"} <= set(filled())
    post(an, draft, "nop-cho-ai", whose="khac")
    assert set(filled()) == {"off"}


def test_whom_answered_anew_begins_the_person_anew_and_keeps_how_to_reach_them(
    an: Client, draft: str
) -> None:
    answer = post(an, draft, "nop-cho-ai", whose="khac")
    assert answer.headers["Location"] == page(draft, "chu-ho-so")
    contents = state(draft).contents
    assert (contents.applicant.name, contents.applicant.phone, contents.submitter_name) == (
        "",
        "0905000001",
        "An",
    )
    post(an, draft, "nop-cho-ai", whose="khac")
    post(an, draft, "chu-ho-so", name="Trần Bình", personal_id="12")
    assert state(draft).contents.unfinished == {"personal_id": "12"}
    post(an, draft, "nop-cho-ai", whose="toi")
    contents = state(draft).contents
    assert (contents.applicant.name, contents.submitter_name, dict(contents.unfinished)) == ("An", "", {})


def test_page_says_what_another_answer_to_whom_throws_away(an: Client, draft: str) -> None:
    def said() -> list[str]:
        return [each.answer for each in an.get(page(draft, "nop-cho-ai")).context["form"].lost]

    post(an, draft, "nop-cho-ai", whose="khac")
    assert said() == []
    assert "bị xóa" not in an.get(page(draft, "nop-cho-ai")).content.decode()
    post(an, draft, "chu-ho-so", name="Trần Bình", personal_id="12", date_of_birth="4/3/1990")
    post(an, draft, "tu-cach", capacity="authorised", authority="giấy ủy quyền số 12")
    assert said() == ["Trần Bình", "12", "04/03/1990", "Người được ủy quyền", "giấy ủy quyền số 12"]
    text = an.get(page(draft, "nop-cho-ai")).content.decode()
    assert "<strong>Trần Bình</strong>" in text
    assert "bị xóa" in text
    post(an, draft, "nop-cho-ai", whose="toi")
    assert said() == []  # what the account says too can be had again


def test_contact_with_faults_is_kept_and_marked_as_not_finished(an: Client, draft: str) -> None:
    answer = post(an, draft, "lien-he", phone="12", email="an@", address="Thôn 3")
    assert answer.status_code == 422
    assert [error.href for error in answer.context["page_errors"]] == ["#id_phone", "#id_email"]
    contents = state(draft).contents
    assert (contents.applicant.address, contents.applicant.phone) == ("Thôn 3", "")
    assert contents.unfinished == {"phone": "12", "email": "an@"}
    shown = an.get(page(draft, "lien-he")).content.decode()
    assert 'value="12"' in shown
    sent = post(an, draft, "xem-lai", **AGREED)
    error, papers = sent.context["page_errors"]
    assert papers.text == "Chưa có: Giấy chứng minh."
    assert (error.text, error.href) == (
        "Chưa xong: Cách liên hệ.",
        page(draft, "lien-he") + "?ve=xem-lai&loi=1",
    )
    assert an.get(error.href).context["page_errors"] != []
    mended = an.post(error.href, REACH | {"version": state(draft).version})
    assert mended.headers["Location"] == page(draft, "giay-to") + "?ve=xem-lai"
    assert dict(state(draft).contents.unfinished) == {}


def test_last_page_shows_what_nobody_has_answered_with_the_way_there(world: World, an: Client) -> None:
    draft = made(an.post(OTHERS, {"name": "Trần Bình", "personal_id": "066090000777"}))
    rows = {row["key"]: row for row in an.get(page(draft, "xem-lai")).context["summary"]}
    assert "Còn 5 phần phải làm trước khi gửi." in an.get(page(draft, "xem-lai")).content.decode()
    assert (rows["Cách liên hệ"]["value"], rows["Cách liên hệ"]["href"]) == (
        "Chưa điền.",
        page(draft, "lien-he") + "?ve=xem-lai",
    )
    assert (rows["Họ và tên"]["href"], rows["Số định danh cá nhân"].get("href")) == (
        page(draft, "chu-ho-so") + "?ve=xem-lai",
        None,
    )


def test_answer_that_no_database_holds_is_kept_without_what_it_cannot(an: Client, draft: str) -> None:
    post(an, draft, "lien-he", phone="12\x1b" + "9" * 5000, email="", address="Thôn 3")
    kept = state(draft).contents.unfinished["phone"]
    assert (kept[:4], len(kept)) == ("1299", 1000)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("chu-ho-so", {"name": "Nguyễn Thị Ánh", "personal_id": "1"}),
        ("lien-he", {"phone": "1", "email": "", "address": ""}),
        ("to-khai/1", {"purpose": ""}),
        ("giay-to", {}),
        ("nhan-ket-qua", {"delivery": "postal", "postal_address": ""}),
    ],
)
def test_every_page_leads_to_the_list_and_keeps_what_was_typed(
    an: Client, draft: str, name: str, typed: dict[str, str]
) -> None:
    text = an.get(page(draft, name)).content.decode()
    assert "Lưu và về danh sách việc" in text
    answer = post(an, draft, name, later="yes", **typed)
    assert answer.headers["Location"] == f"/nop-ho-so/{draft}/"
    assert set(state(draft).contents.unfinished) <= {*typed}


def test_way_back_saves_and_leads_to_the_page_before(an: Client, draft: str) -> None:
    before = {
        "lien-he": "chu-ho-so",
        "chu-ho-so": "nop-cho-ai",
        "to-khai/1": "lien-he",
        "giay-to": "to-khai/1",
        "nhan-ket-qua": "giay-to",
    }
    for name, there in before.items():
        assert post(an, draft, name, back="yes").headers["Location"] == page(draft, there), name
    assert post(an, draft, "nop-cho-ai", back="yes").headers["Location"] == f"/nop-ho-so/{draft}/"


def test_pressing_on_without_a_change_is_no_event(an: Client, ready: str) -> None:
    version = state(ready).version
    post(an, ready, "to-khai/1", purpose="Xin cấp giấy")
    post(an, ready, "nhan-ket-qua", delivery="counter")
    assert state(ready).version == version


def test_change_from_the_last_page_leads_back_to_it(an: Client, ready: str) -> None:
    post(an, ready, "chu-ho-so", **PERSON)
    links = re.findall(
        r'href="(/nop-ho-so/[^"]+ve=xem-lai)"', an.get(page(ready, "xem-lai")).content.decode()
    )
    assert page(ready, "to-khai/1") + "?ve=xem-lai" in links
    assert all(an.get(link.replace("&amp;", "&")).status_code == 200 for link in links)
    typed = {"purpose": "Xin việc", "version": state(ready).version}
    answer = an.post(page(ready, "to-khai/1") + "?ve=xem-lai", typed)
    assert answer.headers["Location"] == page(ready, "xem-lai")


def test_post_delivery_without_address_is_asked_for(an: Client, draft: str) -> None:
    answer = post(an, draft, "nhan-ket-qua", delivery="postal", postal_address="")
    assert [error.href for error in answer.context["page_errors"]] == ["#id_postal_address"]
    kept = state(draft).contents
    assert (kept.delivery, dict(kept.unfinished)) == (ResultDelivery("postal"), {"postal_address": ""})


def test_way_of_the_result_is_kept_and_leads_to_the_check(an: Client, draft: str) -> None:
    answer = post(an, draft, "nhan-ket-qua", delivery="postal", postal_address="12 Lê Lợi")
    assert answer.headers["Location"] == page(draft, "xem-lai")
    assert state(draft).contents.delivery == ResultDelivery("postal", "12 Lê Lợi")


def test_way_of_the_result_begins_with_the_address_of_the_applicant(world: World, an: Client) -> None:
    draft = world.draft(delivery=NOT_CHOSEN).dossier_id
    form = an.get(page(draft, "nhan-ket-qua")).context["form"]
    assert form["postal_address"].value() == "Buôn Ma Thuột"


def test_details_changed_later_leave_the_way_of_the_result(world: World, an: Client, draft: str) -> None:
    post(an, draft, "nhan-ket-qua", delivery="postal", postal_address="12 Lê Lợi")
    post(an, draft, "lien-he", **REACH | {"address": "Thôn 3"})
    kept = state(draft).contents
    assert (kept.applicant.address, kept.delivery) == ("Thôn 3", ResultDelivery("postal", "12 Lê Lợi"))


def test_sending_before_the_way_of_the_result_is_chosen_says_where(world: World, an: Client) -> None:
    draft = world.draft(delivery=NOT_CHOSEN).dossier_id
    assert "Chưa chọn." in an.get(page(draft, "xem-lai")).content.decode()
    answer = post(an, draft, "xem-lai", **AGREED)
    (error,) = answer.context["page_errors"]
    assert (answer.status_code, error.href) == (422, page(draft, "nhan-ket-qua") + "?ve=xem-lai")
    assert error.text == "Chưa xong: Cách nhận kết quả."
    assert state(draft).filed_at is None


def test_form_left_for_later_is_kept_with_its_faults_and_leads_to_the_list(an: Client, draft: str) -> None:
    answer = post(an, draft, "to-khai/1", purpose="", later="yes")
    assert answer.headers["Location"] == f"/nop-ho-so/{draft}/"
    assert dict(state(draft).contents.form_data) == {}


def test_form_left_for_later_tells_when_it_was_changed_elsewhere(an: Client, draft: str) -> None:
    stale = state(draft).version
    post(an, draft, "to-khai/1", purpose="Lần thứ nhất")
    typed = {"version": stale, "purpose": "Lần thứ hai", "later": "yes"}
    answer = an.post(page(draft, "to-khai/1"), typed)
    assert answer.status_code == 422
    assert 'value="Lần thứ hai"' in answer.content.decode()


@pytest.mark.clause("QN20-10.2")
def test_form_with_faults_is_kept_and_said(an: Client, draft: str) -> None:
    answer = post(an, draft, "to-khai/1", purpose="")
    assert answer.status_code == 422
    assert [error.href for error in answer.context["page_errors"]] == ["#id_purpose"]


def test_form_that_is_right_leads_to_the_papers(an: Client, draft: str) -> None:
    answer = post(an, draft, "to-khai/1", purpose="Xin việc làm")
    assert answer.headers["Location"] == page(draft, "giay-to")
    assert dict(state(draft).contents.form_data) == {"purpose": "Xin việc làm"}


def test_stale_draft_is_told_and_nothing_typed_is_lost(an: Client, draft: str) -> None:
    stale = state(draft).version
    post(an, draft, "to-khai/1", purpose="Lần thứ nhất")
    answer = an.post(page(draft, "to-khai/1"), {"version": stale, "purpose": "Lần thứ hai"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "vừa được sửa ở một trang khác; nay là: “Lần thứ nhất”" in text
    assert 'value="Lần thứ hai"' in text
    assert dict(state(draft).contents.form_data) == {"purpose": "Lần thứ nhất"}


def test_paper_that_is_whole_is_kept(an: Client, draft: str) -> None:
    answer = post(an, draft, "giay-to", **{"file-paper": upload(), "go_on": "yes"})
    assert answer.headers["Location"] == page(draft, "nhan-ket-qua")
    (reference,) = state(draft).contents.documents
    assert (reference.key, bool(reference.file_id)) == ("paper", True)


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (PROGRAM, "giay-to.pdf", "có đuôi PDF nhưng nội dung không phải PDF, hoặc đã hỏng"),
        (b"", "giay-to.pdf", "không có nội dung"),
        (b"%PDF-1.4\n" + b"0" * (1024 * 1024), "to.pdf", "lớn hơn 1 MB"),
    ],
)
def test_paper_that_cannot_be_taken_is_refused_beside_its_field(
    an: Client, draft: str, settings: Settings, content: bytes, name: str, sentence: str
) -> None:
    settings.DOCUMENTS_MAX_MEGABYTES = 1
    answer = post(an, draft, "giay-to", **{"file-paper": upload(content, name), "go_on": "yes"})
    (error,) = answer.context["page_errors"]
    assert (answer.status_code, error.href, sentence in error.text) == (422, "#file-paper", True)
    assert state(draft).contents.documents == ()


def test_bad_paper_does_not_spoil_the_good_one(an: Client, draft: str) -> None:
    files = {"file-paper": upload(), "file-proxy": upload(PROGRAM, "uy-quyen.pdf")}
    answer = post(an, draft, "giay-to", **files)
    assert [error.href for error in answer.context["page_errors"]] == ["#file-proxy"]
    assert [reference.key for reference in state(draft).contents.documents] == ["paper"]


def test_each_of_several_files_that_cannot_be_taken_is_named_and_the_good_one_stays(
    an: Client, draft: str
) -> None:
    files = [upload(PROGRAM, "may.pdf"), upload(), upload(b"", "trong.pdf")]
    answer = post(an, draft, "giay-to", **{"file-paper": files})
    first, second = answer.context["page_errors"]
    assert ("may.pdf" in first.text, "trong.pdf" in first.text) == (True, False)
    assert ("may.pdf" in second.text, "trong.pdf" in second.text) == (False, True)
    assert (first.href, second.href) == ("#file-paper", "#file-paper")
    field = answer.content.decode().split('id="file-paper-error">')[1].split("</div>")[0]
    assert field.count('<p class="govuk-error-message">') == 2
    assert [reference.key for reference in state(draft).contents.documents] == ["paper"]


def test_paper_taken_back_is_gone(an: Client, draft: str) -> None:
    post(an, draft, "giay-to", **{"file-paper": upload()})
    (reference,) = state(draft).contents.documents
    post(an, draft, "giay-to", remove=reference.file_id)
    assert state(draft).contents.documents == ()


def test_going_on_without_a_required_paper_is_refused(an: Client, draft: str) -> None:
    answer = post(an, draft, "giay-to", go_on="yes")
    assert [error.href for error in answer.context["page_errors"]] == ["#file-paper"]


def test_file_of_another_dossier_cannot_be_put_in_by_hand(an: Client, draft: str) -> None:
    post(an, draft, "giay-to", file_id="0190a000-0000-7000-8000-000000000000", documents="x")
    assert state(draft).contents.documents == ()


def test_check_page_reads_everything_back(an: Client, ready: str) -> None:
    text = an.get(page(ready, "xem-lai")).content.decode()
    for expected in ("Nguyễn Văn An", "Sở Tư pháp", "Mục đích", "Xin cấp giấy", "Giấy chứng minh"):
        assert expected in text


@pytest.mark.clause("DL24-7.3#2", "DL24-24.7", "PT24-24.3", "KT18-16.2", "QN20-27.1#1")
def test_sending_without_the_declaration_is_refused(an: Client, ready: str) -> None:
    """Nothing goes out before whoever sends it has said that they answer for what it says."""
    answer = post(an, ready, "xem-lai", **AGREED | {"declared": ""})
    assert [error.href for error in answer.context["page_errors"]] == ["#id_declared"]
    assert "chịu trách nhiệm" in str(answer.context["form"]["declared"].label)
    assert state(ready).filed_at is None
    post(an, ready, "xem-lai", **AGREED)
    assert state(ready).filed_at is not None


@pytest.mark.clause("DL24-3.4", "PT24-3.6", "QN20-21.5#1", "KT18-13.5")
def test_sending_without_consent_is_refused_and_shows_the_way_over_the_counter(
    world: World, an: Client, ready: str
) -> None:
    answer = post(an, ready, "xem-lai", declared="on", words=CONSENT)
    assert [error.href for error in answer.context["page_errors"]] == ["#id_consented"]
    text = answer.content.decode()
    assert f'href="/co-quan/{world.agency.pk}/"' in text
    assert re.search(r'<details class="govuk-details" open>', text)
    assert state(ready).filed_at is None


def test_consent_to_other_words_is_no_consent(an: Client, ready: str) -> None:
    answer = post(an, ready, "xem-lai", **AGREED | {"words": "2025-1"})
    assert [error.href for error in answer.context["page_errors"]] == ["#id_consented"]
    assert f'name="words" value="{CONSENT}"' in answer.content.decode()


def test_consent_is_kept_with_the_dossier_and_can_be_read_later(an: Client, ready: str) -> None:
    post(an, ready, "xem-lai", **AGREED)
    assert state(ready).consent == CONSENT
    text = an.get(f"/ho-so-cua-toi/{ready}/").content.decode()
    assert "Điều bạn đã đồng ý về dữ liệu cá nhân" in text
    assert all(str(point.answer) in text for point in consents.WORDINGS[CONSENT].points)


def test_whoever_files_for_another_agrees_for_both(world: World, an: Client) -> None:
    act = world.draft(submitter_name="An", capacity=Capacity.AUTHORISED, authority="Giấy số 12")
    label = an.get(page(act.dossier_id, "xem-lai")).context["form"]["consented"].label
    assert label.startswith("Tôi và chủ hồ sơ đồng ý")


@pytest.mark.parametrize("boxes", [AGREED, {}], ids=["agreed", "nothing ticked"])
def test_sending_an_incomplete_draft_says_where_to_complete_it(
    an: Client, draft: str, boxes: dict[str, str]
) -> None:
    answer = post(an, draft, "xem-lai", **boxes)
    (error,) = answer.context["page_errors"]
    assert (answer.status_code, error.text, error.href) == (
        422,
        "Chưa có: Giấy chứng minh.",
        page(draft, "giay-to") + "?ve=xem-lai",
    )
    assert state(draft).filed_at is None


def test_last_page_of_an_unfinished_draft_names_its_parts_and_has_nothing_to_send_with(
    world: World, an: Client
) -> None:
    draft = world.draft(with_papers=False, form_data={}).dossier_id
    text = an.get(page(draft, "xem-lai")).content.decode()
    back = "?ve=xem-lai"
    (notice,) = re.findall(r'<div class="mc-notice mc-wide">.*?</div>', text, re.DOTALL)
    assert re.findall(r'<li><a class="govuk-link" href="([^"]+)">([^<]+)</a></li>', notice) == [
        (page(draft, "to-khai/1") + back + "#id_purpose", "Chưa xong: Nội dung."),
        (page(draft, "giay-to") + back, "Chưa có: Giấy chứng minh."),
    ]
    assert "Gửi hồ sơ</button>" not in text
    assert "id_declared" not in text
    assert f'href="{page(draft, "to-khai/1")}?ve=xem-lai">Làm tiếp: Nội dung</a>' in text


def test_last_page_of_a_finished_draft_has_the_way_to_send_it(an: Client, ready: str) -> None:
    text = an.get(page(ready, "xem-lai")).content.decode()
    assert "Gửi hồ sơ</button>" in text
    assert "Làm tiếp" not in text


def test_sending_twice_is_one_dossier(an: Client, ready: str) -> None:
    form = {"version": state(ready).version, **AGREED}
    first = an.post(page(ready, "xem-lai"), form)
    second = an.post(page(ready, "xem-lai"), form)
    assert first.headers["Location"] == second.headers["Location"] == page(ready, "da-gui")
    kinds = [entry.kind for entry in queries.history(ready)]
    assert kinds == ["draft_saved", "submitted"]


@pytest.mark.clause("QN20-11.1#2")
def test_acknowledgement_tells_the_moment_of_official_receipt(an: Client, ready: str) -> None:
    post(an, ready, "xem-lai", **AGREED)
    received = state(ready).received_at
    assert received is not None
    facts = {fact["key"]: fact["value"] for fact in an.get(page(ready, "da-gui")).context["facts"]}
    assert facts["Thời điểm tiếp nhận chính thức"] == f"{long_moment(received)}, nếu hồ sơ đầy đủ, hợp lệ"


@pytest.mark.clause("QN20-10.1", "DL24-12.5#1")
def test_acknowledgement_shows_the_number_to_keep(an: Client, ready: str) -> None:
    post(an, ready, "xem-lai", **AGREED)
    text = an.get(page(ready, "da-gui")).content.decode()
    assert state(ready).filing_number in text
    (task,) = state(ready).tasks  # it lies at the desk of the agency that was chosen
    assert (task.step_key, task.unit_id) == ("check", state(ready).target.posting.desk)
    assert state(ready).status is Status.SUBMITTED
    assert f"/ho-so-cua-toi/{ready}/xac-nhan-da-gui/" in text


def test_acknowledgement_of_a_dossier_that_went_on_promises_nothing(an: Client, ready: str) -> None:
    post(an, ready, "xem-lai", **AGREED)
    promised = "Bộ phận một cửa kiểm tra hồ sơ."
    assert promised in an.get(page(ready, "da-gui")).content.decode()
    an.post(f"/ho-so-cua-toi/{ready}/rut/", {"version": state(ready).version, "reason": "Nộp nhầm"})
    assert state(ready).status is Status.WITHDRAWN
    text = an.get(page(ready, "da-gui")).content.decode()
    assert (promised in text, "Hồ sơ đã sang bước khác" in text) == (False, True)


@pytest.mark.clause("QN20-11.1#2")
def test_acknowledgement_says_until_when_it_is_answered(an: Client, ready: str) -> None:
    post(an, ready, "xem-lai", **AGREED)
    reply_by = reply_awaited(state(ready))
    facts = an.get(page(ready, "da-gui")).context["facts"]
    assert reply_by is not None
    assert {"key": "Trả lời chậm nhất", "value": long_moment(reply_by)} in facts


def test_sent_dossier_can_no_longer_be_changed_as_a_draft(an: Client, ready: str) -> None:
    post(an, ready, "xem-lai", **AGREED)
    answer = an.get(page(ready, "to-khai/1"))
    assert answer.headers["Location"] == f"/ho-so-cua-toi/{ready}/"


@pytest.mark.parametrize(
    "name", ["chu-ho-so", "lien-he", "to-khai/1", "giay-to", "nhan-ket-qua", "xem-lai", "da-gui"]
)
def test_draft_of_somebody_else_is_forbidden(browser_of: Browser, ready: str, name: str) -> None:
    assert browser_of("binh").get(page(ready, name)).status_code == 403


def test_draft_that_does_not_exist_is_not_found(an: Client) -> None:
    assert an.get(page("0190a000-0000-7000-8000-000000000000", "to-khai/1")).status_code == 404


def test_address_for_the_post_is_not_called_optional(an: Client, draft: str) -> None:
    text = an.get(page(draft, "nhan-ket-qua")).content.decode()
    label = text[text.index('for="id_postal_address"') :].split("</label>")[0]
    assert "không bắt buộc" not in label


def test_form_that_needs_a_personal_number_says_where_people_without_one_go() -> None:
    needed = FormField("number", "Số định danh cá nhân", FieldKind.PERSONAL_ID)
    assert "nộp hồ sơ tại bộ phận một cửa" in hint_of(needed)
    assert "nộp hồ sơ" not in hint_of(replace(needed, required=False))
