"""Filing online: what is asked, what is kept when something is wrong, and that one filing is one dossier."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings
from tests.dossiers.world import World
from tests.portal.conftest import Browser
from tests.portal.samples import PROGRAM, upload

from motcua.dossiers import queries
from motcua.dossiers.rules.receipt import reply_awaited
from motcua.dossiers.rules.state import NOT_CHOSEN, ResultDelivery, State
from motcua.theme.wording import long_moment

pytestmark = pytest.mark.django_db

START = "/nop-ho-so/1.000001/"
DETAILS = {
    "name": "Nguyễn Văn An",
    "personal_id": "066090000001",
    "phone": "0905000001",
    "email": "an@example.vn",
    "address": "12 Lê Duẩn, Buôn Ma Thuột",
}


@pytest.fixture
def an(browser_of: Browser) -> Client:
    return browser_of("an")


def details(world: World, **changes: str) -> dict[str, str]:
    return {**DETAILS, "agency": str(world.agency.pk), **changes}


def page(draft_id: str, name: str) -> str:
    return f"/nop-ho-so/{draft_id}/{name}/"


def state(draft_id: str) -> State:
    return queries.state_of(draft_id)


def post(client: Client, draft_id: str, name: str, **data: Any) -> Any:
    return client.post(page(draft_id, name), {"version": state(draft_id).version, **data})


@pytest.mark.parametrize("born", ["15/03/2990", "05/03/2024", "01/01/1800"])
def test_details_with_a_birth_date_nobody_has_are_refused(world: World, an: Client, born: str) -> None:
    answer = an.post(START, details(world, date_of_birth=born))
    assert [error.href for error in answer.context["page_errors"]] == ["#id_date_of_birth"]


@pytest.fixture
def draft(world: World) -> str:
    return world.draft(with_papers=False).dossier_id


@pytest.fixture
def ready(world: World) -> str:
    return world.draft().dossier_id


@pytest.mark.clause("KT22-7.2", "QN20-9.2", "DL24-7.2", "PT24-8.3", "KT18-6.2#1")
def test_start_without_log_in_asks_for_it_and_comes_back(world: World) -> None:
    answer = Client().get(START)
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        "/dang-nhap/?next=%2Fnop-ho-so%2F1.000001%2F",
    )


def test_start_is_filled_in_from_the_account(world: World, an: Client) -> None:
    form = an.get(START).context["form"]
    assert (form["name"].value(), form["personal_id"].value(), form["agency"].value()) == (
        "An",
        "066090000001",
        str(world.agency.pk),
    )


def test_start_with_faults_links_to_the_fields_and_keeps_what_was_typed(world: World, an: Client) -> None:
    answer = an.post(START, details(world, personal_id="123", address="", name="Nguyễn Thị Ánh"))
    assert answer.status_code == 422
    assert [error.href for error in answer.context["page_errors"]] == ["#id_personal_id", "#id_address"]
    text = answer.content.decode()
    assert "<title>Lỗi: " in text
    assert 'value="Nguyễn Thị Ánh"' in text
    assert 'value="123"' in text
    assert 'aria-describedby="id_personal_id-hint id_personal_id-error"' in text


def test_start_makes_a_draft_of_the_one_who_files(world: World, an: Client) -> None:
    answer = an.post(START, details(world))
    draft_id = answer.headers["Location"].split("/")[2]
    assert answer.headers["Location"] == f"/nop-ho-so/{draft_id}/"
    kept = state(draft_id)
    assert kept.contents.delivery == NOT_CHOSEN
    assert (kept.owner_id, kept.contents.applicant.name, kept.contents.submitter_name) == (
        str(world.people["an"].pk),
        "Nguyễn Văn An",
        "",
    )


def test_start_for_somebody_else_keeps_who_files(world: World, an: Client) -> None:
    other = {"name": "Trần Bình", "personal_id": "066090000777"}
    as_what = {"capacity": "authorised", "authority": "Giấy ủy quyền số 12"}
    answer = an.post(START, details(world, **other, **as_what))
    filed = state(answer.headers["Location"].split("/")[2]).contents
    assert (filed.applicant.name, filed.submitter_name) == ("Trần Bình", "An")
    assert (filed.capacity, filed.authority) == ("authorised", "Giấy ủy quyền số 12")


def test_start_for_somebody_else_asks_in_what_capacity_and_by_which_paper(world: World, an: Client) -> None:
    answer = an.post(START, details(world, name="Trần Bình", personal_id="066090000777"))
    assert [error.href for error in answer.context["page_errors"]] == ["#id_capacity", "#id_authority"]


def test_post_delivery_without_address_is_asked_for(an: Client, draft: str) -> None:
    answer = post(an, draft, "nhan-ket-qua", delivery="postal", postal_address="")
    assert [error.href for error in answer.context["page_errors"]] == ["#id_postal_address"]
    assert state(draft).contents.delivery == ResultDelivery("counter")


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
    an.post(page(draft, "thong-tin"), details(world, address="Thôn 3", version=str(state(draft).version)))
    kept = state(draft).contents
    assert (kept.applicant.address, kept.delivery) == ("Thôn 3", ResultDelivery("postal", "12 Lê Lợi"))


def test_sending_before_the_way_of_the_result_is_chosen_says_where(world: World, an: Client) -> None:
    draft = world.draft(delivery=NOT_CHOSEN).dossier_id
    assert "Chưa chọn." in an.get(page(draft, "xem-lai")).content.decode()
    answer = post(an, draft, "xem-lai", declared="on")
    (error,) = answer.context["page_errors"]
    assert (answer.status_code, error.href) == (422, page(draft, "nhan-ket-qua"))
    assert "Chưa chọn cách nhận kết quả" in error.text
    assert state(draft).filed_at is None


def test_form_left_for_later_is_kept_with_its_faults_and_leads_to_the_list(an: Client, draft: str) -> None:
    answer = post(an, draft, "to-khai", purpose="", later="yes")
    assert answer.headers["Location"] == f"/nop-ho-so/{draft}/"
    assert dict(state(draft).contents.form_data) == {}


def test_form_left_for_later_tells_when_it_was_changed_elsewhere(an: Client, draft: str) -> None:
    stale = state(draft).version
    post(an, draft, "to-khai", purpose="Lần thứ nhất")
    typed = {"version": stale, "purpose": "Lần thứ hai", "later": "yes"}
    answer = an.post(page(draft, "to-khai"), typed)
    assert answer.status_code == 422
    assert 'value="Lần thứ hai"' in answer.content.decode()


@pytest.mark.clause("QN20-10.2")
def test_form_with_faults_is_kept_and_said(an: Client, draft: str) -> None:
    answer = post(an, draft, "to-khai", purpose="")
    assert answer.status_code == 422
    assert [error.href for error in answer.context["page_errors"]] == ["#id_purpose"]


def test_form_that_is_right_leads_to_the_papers(an: Client, draft: str) -> None:
    answer = post(an, draft, "to-khai", purpose="Xin việc làm")
    assert answer.headers["Location"] == page(draft, "giay-to")
    assert dict(state(draft).contents.form_data) == {"purpose": "Xin việc làm"}


def test_stale_draft_is_told_and_nothing_typed_is_lost(an: Client, draft: str) -> None:
    stale = state(draft).version
    post(an, draft, "to-khai", purpose="Lần thứ nhất")
    answer = an.post(page(draft, "to-khai"), {"version": stale, "purpose": "Lần thứ hai"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "vừa được lưu ở một trang khác" in text
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
        (PROGRAM, "giay-to.pdf", "không thuộc loại được nhận"),
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


@pytest.mark.clause("DL24-7.3#2", "DL24-24.7", "PT24-24.3", "KT18-16.2")
def test_sending_without_the_declaration_is_refused(an: Client, ready: str) -> None:
    answer = post(an, ready, "xem-lai")
    assert [error.href for error in answer.context["page_errors"]] == ["#id_declared"]


def test_sending_an_incomplete_draft_says_where_to_complete_it(an: Client, draft: str) -> None:
    answer = post(an, draft, "xem-lai", declared="on")
    (error,) = answer.context["page_errors"]
    assert (error.text, error.href) == ("Chưa có: Giấy chứng minh.", page(draft, "giay-to"))


def test_sending_twice_is_one_dossier(an: Client, ready: str) -> None:
    form = {"version": state(ready).version, "declared": "on"}
    first = an.post(page(ready, "xem-lai"), form)
    second = an.post(page(ready, "xem-lai"), form)
    assert first.headers["Location"] == second.headers["Location"] == page(ready, "da-gui")
    kinds = [entry.kind for entry in queries.history(ready)]
    assert kinds == ["draft_saved", "submitted"]


@pytest.mark.clause("QN20-10.1", "DL24-12.5#1")
def test_acknowledgement_shows_the_number_to_keep(an: Client, ready: str) -> None:
    post(an, ready, "xem-lai", declared="on")
    text = an.get(page(ready, "da-gui")).content.decode()
    assert state(ready).filing_number in text
    assert f"/ho-so-cua-toi/{ready}/xac-nhan-da-gui/" in text


@pytest.mark.clause("QN20-11.1#2")
def test_acknowledgement_says_until_when_it_is_answered(an: Client, ready: str) -> None:
    post(an, ready, "xem-lai", declared="on")
    reply_by = reply_awaited(state(ready))
    facts = an.get(page(ready, "da-gui")).context["facts"]
    assert reply_by is not None
    assert {"key": "Trả lời chậm nhất", "value": long_moment(reply_by)} in facts


def test_sent_dossier_can_no_longer_be_changed_as_a_draft(an: Client, ready: str) -> None:
    post(an, ready, "xem-lai", declared="on")
    answer = an.get(page(ready, "to-khai"))
    assert answer.headers["Location"] == f"/ho-so-cua-toi/{ready}/"


@pytest.mark.parametrize("name", ["thong-tin", "to-khai", "giay-to", "nhan-ket-qua", "xem-lai", "da-gui"])
def test_draft_of_somebody_else_is_forbidden(browser_of: Browser, ready: str, name: str) -> None:
    assert browser_of("binh").get(page(ready, name)).status_code == 403


def test_draft_that_does_not_exist_is_not_found(an: Client) -> None:
    assert an.get(page("0190a000-0000-7000-8000-000000000000", "to-khai")).status_code == 404
