"""The parts of a filing: what is done, what is left, and sending only when nothing is."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import Settings
from tests.accounts import acting
from tests.dossiers.world import World
from tests.portal.conftest import Browser
from tests.portal.samples import upload

from motcua.dossiers.rules.state import NOT_CHOSEN, DocumentRef
from motcua.theme import wording

pytestmark = pytest.mark.django_db


@pytest.fixture
def an(browser_of: Browser) -> Client:
    return browser_of("an")


def tasks(client: Client, draft: str) -> dict[str, tuple[str, str]]:
    """The words and the hint of each row."""
    groups = client.get(f"/nop-ho-so/{draft}/").context["groups"]
    return {task.key: (task.said, task.hint) for group in groups for task in group.tasks}


def test_new_filing_shows_what_is_left_and_does_not_offer_to_send(world: World, an: Client) -> None:
    draft = world.draft(with_papers=False, form_data={}, delivery=NOT_CHOSEN).dossier_id
    assert tasks(an, draft) == {
        "whom": ("Xong", "Cho tôi"),
        "person": ("Xong", "Nguyễn Văn An"),
        "contact": ("Xong", "0905000001 · Buôn Ma Thuột"),
        "questions-1": ("Chưa làm", "Còn 1 câu chưa xong."),
        "papers": ("Chưa làm", "Đã có 0 trên 1 giấy tờ phải nộp. Còn thiếu: Giấy chứng minh."),
        "delivery": ("Chưa làm", ""),
        "sending": ("Chưa thể làm", "Còn 3 phần phải làm trước."),
    }
    text = an.get(f"/nop-ho-so/{draft}/").content.decode()
    links = re.findall(r'govuk-task-list__link" href="([^"]+)"', text)
    pages = ("nop-cho-ai", "chu-ho-so", "lien-he", "to-khai/1", "giay-to", "nhan-ket-qua")
    assert links == [f"/nop-ho-so/{draft}/{page}/" for page in pages]
    assert "Còn 3 phần phải làm trước khi gửi." in text
    assert f'<a class="govuk-button" href="/nop-ho-so/{draft}/to-khai/1/">Làm tiếp: Nội dung</a>' in text


def test_every_row_ties_its_hint_and_its_state_to_its_link(world: World, an: Client) -> None:
    draft = world.draft(with_papers=False, delivery=NOT_CHOSEN).dossier_id
    text = an.get(f"/nop-ho-so/{draft}/").content.decode()
    told = re.findall(r'govuk-task-list__link"[^>]* aria-describedby="([^"]+)"', text)
    assert told == [
        "task-whom-hint task-whom-status",
        "task-person-hint task-person-status",
        "task-contact-hint task-contact-status",
        "task-questions-1-status",
        "task-papers-hint task-papers-status",
        "task-delivery-status",
    ]
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert {each for names in told for each in names.split()} <= set(ids)


def test_list_says_when_it_was_saved(world: World, an: Client) -> None:
    act = world.draft()
    saved_at = world.state(act).last_at
    answer = an.get(f"/nop-ho-so/{act.dossier_id}/")
    assert saved_at is not None
    assert f"Đã lưu lúc {wording.short_moment(saved_at)}." in answer.content.decode()
    assert "miễn là đăng nhập cùng tài khoản" in answer.content.decode()


def test_draft_of_an_organisation_says_that_others_of_it_go_on_with_it(world: World, an: Client) -> None:
    firm = acting.organisation(world.people["an"], world.now)
    act = world.draft(acting_by=f"to-chuc-{firm}")
    text = an.get(f"/nop-ho-so/{act.dossier_id}/").content.decode()
    assert "Người khác được nộp hồ sơ của tổ chức cũng thấy và làm tiếp được bằng tài khoản của họ." in text
    assert "miễn là đăng nhập cùng tài khoản" not in text


def test_filing_with_everything_there_offers_to_send(world: World, an: Client) -> None:
    draft = world.draft(with_papers=False).dossier_id
    an.post(f"/nop-ho-so/{draft}/giay-to/", {"file-paper": upload()})
    found = tasks(an, draft)
    assert [said for said, _ in found.values()] == [*["Xong"] * 6, "Chưa làm"]
    assert found["delivery"][1] == "Đến nhận tại bộ phận một cửa"
    text = an.get(f"/nop-ho-so/{draft}/").content.decode()
    assert "Đã đủ để gửi." in text
    assert f'<a class="govuk-button" href="/nop-ho-so/{draft}/xem-lai/">Xem lại và gửi</a>' in text


def test_reason_instead_of_a_paper_is_enough(world: World, an: Client) -> None:
    """Only a paper that is needed under a condition; the others stay left."""
    note = (DocumentRef("paper", note="Đã nộp năm trước"),)
    draft = world.draft(documents=note).dossier_id
    assert tasks(an, draft)["papers"][0] == "Đang làm"


def test_every_part_leads_back_to_the_list(world: World, an: Client) -> None:
    draft = world.draft().dossier_id
    for name in ("nop-cho-ai", "chu-ho-so", "lien-he", "to-khai/1", "giay-to", "nhan-ket-qua"):
        text = an.get(f"/nop-ho-so/{draft}/{name}/").content.decode()
        assert re.search(r'name="later" value="yes"[^>]*>Lưu và về danh sách việc<', text), name
    text = an.get(f"/nop-ho-so/{draft}/xem-lai/").content.decode()
    assert f'<a class="govuk-link" href="/nop-ho-so/{draft}/">Về danh sách việc</a>' in text


def test_list_is_english_under_the_english_switch(world: World, an: Client, settings: Settings) -> None:
    draft = world.draft(with_papers=False).dossier_id
    an.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    text = an.get(f"/nop-ho-so/{draft}/").content.decode()
    assert "1 part left to do before you can send it." in text


def test_draft_in_the_list_of_ones_own_leads_here_and_a_sent_one_to_its_page(
    world: World, an: Client
) -> None:
    act = world.draft()
    there = an.get(f"/ho-so-cua-toi/{act.dossier_id}/").headers["Location"]
    assert there == f"/nop-ho-so/{act.dossier_id}/"
    world.submit(act)
    assert an.get(there).headers["Location"] == f"/ho-so-cua-toi/{act.dossier_id}/"


def test_filing_of_somebody_else_is_closed(world: World, browser_of: Browser) -> None:
    assert browser_of("binh").get(f"/nop-ho-so/{world.draft().dossier_id}/").status_code == 403
