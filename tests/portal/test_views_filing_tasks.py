"""The parts of a filing: what is done, what is left, and sending only when nothing is."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.dossiers.world import World
from tests.portal.conftest import Browser
from tests.portal.samples import upload

from motcua.dossiers.rules.state import DocumentRef

pytestmark = pytest.mark.django_db


@pytest.fixture
def an(browser_of: Browser) -> Client:
    return browser_of("an")


def left(client: Client, draft: str) -> list[tuple[str, str, bool]]:
    tasks = client.get(f"/nop-ho-so/{draft}/").context["tasks"]
    return [(task.key, task.left, task.can_begin) for task in tasks]


def test_new_filing_shows_what_is_left_and_does_not_offer_to_send(world: World, an: Client) -> None:
    draft = world.draft(with_papers=False, form_data={}).dossier_id
    assert left(an, draft) == [
        ("details", "", True),
        ("form", "Còn 1 chỗ", True),
        ("papers", "Còn 1 giấy tờ", True),
        ("check", "Làm sau khi xong các phần trên", False),
    ]
    text = an.get(f"/nop-ho-so/{draft}/").content.decode()
    links = re.findall(r'govuk-task-list__link" href="([^"]+)"', text)
    assert links == [f"/nop-ho-so/{draft}/{page}/" for page in ("thong-tin", "to-khai", "giay-to")]
    assert "Đã xong 1 trên 4 phần." in text


def test_filing_with_everything_there_offers_to_send(world: World, an: Client) -> None:
    draft = world.draft(with_papers=False).dossier_id
    an.post(f"/nop-ho-so/{draft}/giay-to/", {"file-paper": upload()})
    assert left(an, draft)[-1] == ("check", "Làm được ngay", True)
    assert [each for each in left(an, draft)[:-1] if each[1]] == []


def test_reason_instead_of_a_paper_is_enough(world: World, an: Client) -> None:
    """Only a paper that is needed under a condition; the others stay left."""
    note = (DocumentRef("paper", note="Đã nộp năm trước"),)
    draft = world.draft(documents=note).dossier_id
    assert ("papers", "Còn 1 giấy tờ", True) in left(an, draft)


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
