"""Filings of procedures that differ: with cases, without a form, with papers that may be left out."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.test import Client
from pytest_django import Settings
from tests.dossiers.world import World, make_world, moment, sheet
from tests.portal.test_views_filing import details, page, post, state

from motcua.agencies import queries as agencies
from motcua.catalogue import queries as catalogue
from motcua.catalogue.enums import OnlineLevel
from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.rules import wire
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
    assert (context["step"], context["steps"]) == (2, 4)


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
    assert taken.headers["Location"] == page(draft, "nhan-ket-qua")
    post(an, draft, "nhan-ket-qua", delivery="counter")
    assert post(an, draft, "xem-lai", declared="on").headers["Location"] == page(draft, "da-gui")


def test_procedure_not_offered_online_cannot_be_filed_here(monkeypatch: pytest.MonkeyPatch) -> None:
    _, an = portal_with(sheet(online_level=OnlineLevel.NONE), monkeypatch)
    assert an.get(START).headers["Location"] == "/thu-tuc/1.000001/"
    assert "Nộp tại bộ phận một cửa" in an.get("/thu-tuc/1.000001/").content.decode()


@pytest.mark.clause("QN20-7.1#1")
def test_procedure_announced_for_online_filing_can_be_filed_from_that_day_on(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    """The announcement is the new version; nothing else has to be set up before people may file."""
    world, an = portal_with(sheet(online_level=OnlineLevel.NONE), monkeypatch)
    settings.PROVINCE = world.agency.province = "quang-ngai"
    world.agency.save()
    agencies.forget()
    world.now = moment("2021-03-01 09:00")
    assert an.get(START).headers["Location"] == "/thu-tuc/1.000001/"
    old = world.version
    ProcedureVersion.objects.filter(pk=old.pk).update(valid_to=date(2021, 3, 1))
    content = sheet(online_level=OnlineLevel.FULL)
    ProcedureVersion.objects.create(
        procedure=old.procedure,
        number=2,
        state=old.state,
        body=wire.to_json(content),
        content_hash=b"1" * 32,
        title=content.title,
        sector=content.sector,
        online_level=content.online_level.value,
        valid_from=date(2021, 3, 2),
        published_at=world.now,
        sort_key=content.title,
        search_text=content.title,
        search_vector="",
    )
    catalogue.forget()
    assert an.get(START).headers["Location"] == "/thu-tuc/1.000001/"
    world.now = moment("2021-03-02 00:01")
    draft = started(world, an)
    post(an, draft, "to-khai", purpose="Xin cấp giấy")
    assert state(draft).target.channel == "online"
