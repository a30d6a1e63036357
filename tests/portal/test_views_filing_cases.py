"""Filings of procedures that differ: with cases, without a form, with papers that may be left out."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client
from tests.dossiers.world import World, make_world, sheet
from tests.portal.test_views_filing import details, page, post, state

from motcua.catalogue.enums import OnlineLevel
from motcua.catalogue.rules.sheets import ProcedureSheet, RequiredDocument
from motcua.portal import who

pytestmark = pytest.mark.django_db

START = "/nop-ho-so/1.000001/"


def portal_with(content: ProcedureSheet, monkeypatch: pytest.MonkeyPatch) -> tuple[World, Client]:
    world = make_world(content)

    def now() -> datetime:
        return world.later(minutes=1)

    monkeypatch.setattr(who, "now", now)
    client = Client()
    client.force_login(world.people["an"], backend="motcua.accounts.services.backends.EntryBackend")
    return world, client


def started(world: World, client: Client, **more: str) -> str:
    return str(client.post(START, details(world, **more)).headers["Location"].split("/")[2])


def test_procedure_with_cases_asks_which(monkeypatch: pytest.MonkeyPatch) -> None:
    world, an = portal_with(sheet(variants=("Trong nước", "Có yếu tố nước ngoài")), monkeypatch)
    answer = an.post(START, details(world))
    assert [error.href for error in answer.context["page_errors"]] == ["#id_variant"]
    draft = started(world, an, variant="Có yếu tố nước ngoài")
    assert state(draft).target.variant == "Có yếu tố nước ngoài"


def test_procedure_without_form_has_one_step_less(monkeypatch: pytest.MonkeyPatch) -> None:
    world, an = portal_with(sheet(eform=()), monkeypatch)
    draft = started(world, an)
    assert an.get(page(draft, "to-khai")).headers["Location"] == page(draft, "giay-to")
    context = an.get(page(draft, "giay-to")).context
    assert (context["step"], context["steps"]) == (2, 3)


def test_paper_under_a_condition_may_be_answered_by_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    papers = (
        RequiredDocument("form", "Tờ khai", is_form=True),
        RequiredDocument("proof", "Giấy chứng nhận hộ nghèo", condition="nếu thuộc hộ nghèo"),
    )
    world, an = portal_with(sheet(components=papers), monkeypatch)
    draft = started(world, an)
    post(an, draft, "to-khai", purpose="Xin cấp giấy")
    refused = post(an, draft, "giay-to", go_on="yes")
    assert [error.href for error in refused.context["page_errors"]] == ["#file-proof"]
    taken = post(an, draft, "giay-to", go_on="yes", **{"note-proof": "Tôi không thuộc hộ nghèo"})
    assert taken.headers["Location"] == page(draft, "xem-lai")
    assert post(an, draft, "xem-lai", declared="on").headers["Location"] == page(draft, "da-gui")


def test_procedure_not_offered_online_cannot_be_filed_here(monkeypatch: pytest.MonkeyPatch) -> None:
    _, an = portal_with(sheet(online_level=OnlineLevel.NONE), monkeypatch)
    assert an.get(START).headers["Location"] == "/thu-tuc/1.000001/"
    assert "Nộp tại bộ phận một cửa" in an.get("/thu-tuc/1.000001/").content.decode()
