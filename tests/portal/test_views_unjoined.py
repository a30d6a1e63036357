"""Pages that were taken in and not joined are named on the way, and nothing goes out without them unasked."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from tests.dossiers.world import World
from tests.portal.conftest import Browser
from tests.portal.samples import upload
from tests.portal.test_views_filing import AGREED, post, state
from tests.portal.test_views_paper_pages import address, asked, lying, photo, press

from motcua.documents.rules.pages import Pages
from motcua.dossiers.enums import Status

pytestmark = pytest.mark.django_db

SAID = "“Giấy chứng minh”: 2 trang chưa ghép."
CHOICE = "Gửi mà không ghép 2 trang này"


@pytest.fixture
def an(browser_of: Browser) -> Client:
    return browser_of("an")


@pytest.fixture
def draft(world: World, an: Client) -> str:
    """A draft with its paper, and two pages that were photographed afterwards."""
    made = world.draft().dossier_id
    post(an, made, "giay-to", upload="yes", **{"file-paper": upload(name="giay.pdf")})
    press(an, made, files=[photo("a.jpg"), photo("b.jpg", "#1a1")], add="yes")
    return made


def hints(answer: Any) -> str:
    return " ".join(task.hint for group in answer.context["groups"] for task in group.tasks)


def test_pages_that_are_not_joined_are_named_on_the_way(an: Client, draft: str) -> None:
    waiting = lying_pages(an, draft)
    said = SAID.replace("2", str(waiting))
    assert said in hints(an.get(f"/nop-ho-so/{draft}/"))
    gone_on = an.post(f"/nop-ho-so/{draft}/giay-to/", {"version": state(draft).version, "go_on": "yes"})
    text = an.get(gone_on.headers["Location"]).content.decode()
    assert said in text
    assert f'href="{address(draft)}"' in text
    shown = an.get(f"/nop-ho-so/{draft}/xem-lai/")
    assert [each.href for each in shown.context["unjoined"]] == [address(draft)]
    assert CHOICE.replace("2", str(waiting)) in shown.content.decode()


def lying_pages(an: Client, draft: str) -> int:
    rows = an.get(f"/nop-ho-so/{draft}/giay-to/").context["lines"]
    return next(row.unjoined for row in rows if row.paper.key == "paper")


def test_filing_with_unjoined_pages_is_sent_only_as_it_was_chosen(an: Client, draft: str) -> None:
    refused = post(an, draft, "xem-lai", **AGREED)
    assert refused.status_code == 422
    assert [error.href for error in refused.context["page_errors"]] == ["#id_without_pages"]
    assert state(draft).status is Status.DRAFT
    assert lying_pages(an, draft)
    sent = post(an, draft, "xem-lai", **AGREED, without_pages="on")
    assert sent.headers["Location"].endswith("/da-gui/")


def test_pages_that_were_joined_are_asked_about_no_more(world: World, an: Client, draft: str) -> None:
    press(an, draft, use="yes")
    shown = an.get(f"/nop-ho-so/{draft}/xem-lai/")
    assert (shown.context["unjoined"], shown.context["leaving"]) == ([], None)
    assert post(an, draft, "xem-lai", **AGREED).headers["Location"].endswith("/da-gui/")
    assert lying(world, draft) == Pages()


def test_supplement_with_unjoined_pages_is_sent_only_as_it_was_chosen(world: World, an: Client) -> None:
    act = asked(world, world.submit(world.draft()))
    base = f"/ho-so-cua-toi/{act.dossier_id}/bo-sung/"
    an.post(f"{base}to-khai/1/", {"purpose": "Xin học bổng"})
    an.post(f"{base}giay-to/paper/", {"file-paper": photo("a.jpg")})
    pages = an.get(f"{base}giay-to/paper/").context["row"].pages_href
    an.post(pages, {"files": [photo("b.jpg", "#1a1")], "add": "yes"})
    assert SAID in hints(an.get(base))
    gone_on = an.post(f"{base}giay-to/paper/", {"go_on": "yes"})
    assert SAID in an.get(gone_on.headers["Location"]).content.decode()
    seen = an.get(f"{base}xem-lai/").context
    assert [each.href for each in seen["unjoined"]] == [pages]
    given = {"version": seen["version"], "seen": seen["seen"], "declared": "on"}
    refused = an.post(f"{base}xem-lai/", given)
    assert [error.href for error in refused.context["page_errors"]] == ["#id_without_pages"]
    assert state(act.dossier_id).supplement_awaited() is not None
    assert CHOICE in refused.content.decode()
    an.post(f"{base}xem-lai/", {**given, "without_pages": "on"})
    assert state(act.dossier_id).supplement_awaited() is None
