"""What citizens write in their own words is never cut unseen: too long is told, and all of it stays."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from tests.dossiers.world import World, sheet
from tests.portal.conftest import Browser
from tests.portal.test_views_filing import post
from tests.portal.test_views_filing_cases import portal_with, started

from motcua.catalogue.rules.sheets import RequiredDocument
from motcua.dossiers import queries

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "name", "most"),
    [
        ("/ho-so-cua-toi/{}/tin-nhan/", "text", 2000),
        ("/ho-so-cua-toi/{}/rut/", "reason", 1000),
        ("/bao-su-co/", "what", 2000),
    ],
)
def test_long_text_is_refused_whole(
    world: World, browser_of: Browser, path: str, name: str, most: int
) -> None:
    act, an = world.submit(world.draft()), browser_of("an")
    address = path.format(act.dossier_id)
    shown = an.get(address).content.decode()
    box = re.search(rf'<textarea[^>]* name="{name}"[^>]*>|<textarea[^>]*name="{name}"[^>]*>', shown)
    assert box is not None
    assert "maxlength" not in box[0]
    said = f"{most:,}".replace(",", ".")
    assert f"Nhiều nhất {said} ký tự." in shown
    text = "x" * most + " cuối cùng"
    refused = an.post(address, {name: text, "kind": "fault", "version": act.version})
    assert refused.status_code == 422
    assert text in refused.content.decode()
    assert any(
        f"dài hơn cho phép 10 ký tự (nhiều nhất {said} ký tự)" in each.text for each in faults(refused)
    )
    assert queries.state_of(act.dossier_id).version == act.version


def faults(answer: Any) -> list[object]:
    return list(answer.context["page_errors"])


def test_reason_in_the_place_of_a_paper_is_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    papers = (RequiredDocument("proof", "Giấy chứng nhận", condition="nếu thuộc hộ nghèo"),)
    an: Client
    _, an = portal_with(sheet(components=papers, eform=()), monkeypatch)
    draft = started(an)
    shown = an.get(f"/nop-ho-so/{draft}/giay-to/").content.decode()
    assert 'maxlength="500"' not in shown
    assert "Nhiều nhất 500 ký tự." in shown
    text = "x" * 500 + " cuối"
    refused = post(an, draft, "giay-to", go_on="yes", **{"note-proof": text})
    assert refused.status_code == 422
    assert text in refused.content.decode()
    assert "có 505 ký tự, nhiều nhất được 500" in refused.content.decode()
    assert queries.state_of(draft).contents.documents == ()
