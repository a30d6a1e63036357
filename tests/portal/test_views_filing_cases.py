"""Filings of procedures that differ: with cases, without a form, with papers that may be left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from urllib.parse import urlencode

import pytest
from django.test import Client
from pytest_django import Settings
from tests.dossiers.wards import ward
from tests.dossiers.world import World, make_world, moment, sheet
from tests.portal.test_views_filing import AGREED, MINE, PERSON, REACH, START, made, page, post, state

from motcua.agencies import queries as agencies
from motcua.catalogue import queries as catalogue
from motcua.catalogue.enums import OnlineLevel
from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.rules import wire
from motcua.catalogue.rules.eforms import FormField, FormSection
from motcua.catalogue.rules.sheets import ProcedureSheet, RequiredDocument
from motcua.portal import who

pytestmark = pytest.mark.django_db


def portal_with(content: ProcedureSheet, monkeypatch: pytest.MonkeyPatch) -> tuple[World, Client]:
    world = make_world(content)

    def now() -> datetime:
        return world.later(minutes=1)

    monkeypatch.setattr(who, "now", now)
    client = Client()
    client.force_login(world.people["an"], backend="motcua.accounts.services.backends.EntryBackend")
    return world, client


def started(client: Client, address: str = MINE) -> str:
    """A draft made by the first page, with how to be reached."""
    draft = made(client.post(address, PERSON))
    post(client, draft, "lien-he", **REACH)
    return draft


CASES = ("Trong nước", "Có yếu tố nước ngoài")


def test_case_is_asked_before_there_is_a_draft(monkeypatch: pytest.MonkeyPatch) -> None:
    _, an = portal_with(sheet(variants=CASES), monkeypatch)
    assert "Trường hợp của bạn là gì?" in an.get(MINE, follow=True).content.decode()
    refused = an.post(MINE, {})
    assert (refused.status_code, [error.href for error in refused.context["page_errors"]]) == (
        422,
        ["#id_variant"],
    )
    answer = an.post(MINE, {"variant": CASES[1]})
    assert answer.headers["Location"] == f"{MINE}&{urlencode({'truong-hop': CASES[1]})}"
    draft = started(an, answer.headers["Location"])
    assert state(draft).target.variant == CASES[1]


def test_case_of_the_sheet_is_not_asked_again_and_can_be_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    _, an = portal_with(sheet(variants=CASES), monkeypatch)
    chosen = urlencode({"truong-hop": CASES[1]})
    text = an.get(f"/thu-tuc/1.000001/?{chosen}").content.decode()
    assert f'href="{START}?{chosen}"' in text
    assert (
        f'name="truong-hop" value="{CASES[1]}"' in an.get(f"{START}?{chosen}", follow=True).content.decode()
    )
    draft = started(an, f"{MINE}&{chosen}")
    answer = post(an, draft, "truong-hop", variant=CASES[0])
    assert answer.headers["Location"] == page(draft, "chu-ho-so")
    assert state(draft).target.variant == CASES[0]
    assert post(an, draft, "truong-hop", variant="x").status_code == 422
    assert post(an, draft, "truong-hop", later="yes").headers["Location"] == f"/nop-ho-so/{draft}/"


def test_single_case_is_an_exception_that_one_need_not_be_in(monkeypatch: pytest.MonkeyPatch) -> None:
    _, an = portal_with(sheet(variants=CASES[:1]), monkeypatch)
    plain = " ".join(an.get("/thu-tuc/1.000001/").content.decode().split())
    assert '<option value="khong" selected>Các trường hợp khác</option>' in plain
    assert f'href="{START}"' in plain
    chosen = urlencode({"truong-hop": CASES[0]})
    assert f'href="{START}?{chosen}"' in an.get(f"/thu-tuc/1.000001/?{chosen}").content.decode()
    answer = an.post(MINE, {"variant": "khong"})
    draft = started(an, answer.headers["Location"])
    assert state(draft).target.variant == ""
    assert an.get(page(draft, "truong-hop")).context["form"]["variant"].value() == "khong"
    post(an, draft, "truong-hop", variant=CASES[0])
    assert state(draft).target.variant == CASES[0]
    post(an, draft, "truong-hop", variant="khong")
    assert state(draft).target.variant == ""


def test_whoever_is_in_none_of_several_cases_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    of_case = RequiredDocument("abroad", "Giấy của nước ngoài", variants=CASES[1:])
    made_of = sheet(variants=CASES)
    _, an = portal_with(replace(made_of, components=(*made_of.components, of_case)), monkeypatch)
    asked = an.get(MINE, follow=True).content.decode()
    assert "Không thuộc trường hợp nào ở trên" in asked
    address = an.post(MINE, {"variant": "khong"}).headers["Location"]
    draft = started(an, address)
    assert state(draft).target.variant == ""
    assert "Không thuộc trường hợp riêng nào" in an.get(f"/nop-ho-so/{draft}/").content.decode()
    assert "Giấy của nước ngoài" not in an.get(f"/nop-ho-so/{draft}/").content.decode()
    told = an.get(f"/thu-tuc/1.000001/?{urlencode({'truong-hop': 'khong'})}")
    assert [each.key for each in told.context["answer"].papers if each.key == "abroad"] == []
    assert f'href="{START}?truong-hop=khong"' in told.content.decode()


def test_cases_that_leave_no_other_offer_none(monkeypatch: pytest.MonkeyPatch) -> None:
    _, an = portal_with(sheet(variants=CASES, cases_cover_all=True), monkeypatch)
    assert "Không thuộc trường hợp" not in an.get(MINE, follow=True).content.decode()
    assert an.post(MINE, {"variant": "khong"}).status_code == 422


@pytest.mark.parametrize("wild", ["truong-hop=x", "noi=x", "noi=99999999999999999999", "loi=1"])
def test_what_an_address_asks_for_in_vain_is_passed_over(monkeypatch: pytest.MonkeyPatch, wild: str) -> None:
    _, an = portal_with(sheet(variants=CASES), monkeypatch)
    assert "Trường hợp của bạn là gì?" in an.get(f"{MINE}&{wild}", follow=True).content.decode()


def test_agency_of_the_sheet_is_carried_over(monkeypatch: pytest.MonkeyPatch) -> None:
    world, an = portal_with(sheet(), monkeypatch)
    other = ward(world)
    catalogue.forget()
    assert "Bạn nộp hồ sơ tới cơ quan nào?" in an.get(MINE, follow=True).content.decode()
    assert [error.href for error in an.post(MINE, {}).context["page_errors"]] == ["#id_agency"]
    text = an.get(f"/thu-tuc/1.000001/?noi={other.pk}").content.decode()
    assert f'href="{START}?noi={other.pk}"' in text
    draft = started(an, f"{MINE}&noi={other.pk}")
    assert state(draft).target.agency_id == other.pk
    shown = an.get(page(draft, "noi-gui")).context["form"]
    assert shown["agency"].value() == str(other.pk)
    answer = post(an, draft, "noi-gui", agency=world.agency.pk)
    assert answer.headers["Location"] == page(draft, "chu-ho-so")
    assert state(draft).target.agency_id == world.agency.pk


def test_procedure_without_form_has_one_part_less(monkeypatch: pytest.MonkeyPatch) -> None:
    _, an = portal_with(sheet(eform=()), monkeypatch)
    draft = started(an)
    assert an.get(page(draft, "to-khai/1")).status_code == 404
    assert post(an, draft, "lien-he", **REACH).headers["Location"] == f"/nop-ho-so/{draft}/"
    context = an.get(page(draft, "giay-to")).context
    assert (context["step"], context["steps"]) == (2, 3)


SECTIONS = (
    FormSection("Nội dung", (FormField("purpose", "Mục đích"), FormField("place", "Nơi", required=False))),
    FormSection(
        "Hôn nhân",
        (FormField("spouse", "Vợ hoặc chồng", depends_on=("purpose", "kết hôn")),),
    ),
    FormSection(
        "Người liên quan",
        (FormField("other", "Người khác"), FormField("ring", "Nhẫn", depends_on=("purpose", "kết hôn"))),
    ),
)


def test_form_is_one_section_a_page_and_asks_by_the_answers_of_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, an = portal_with(sheet(eform=SECTIONS), monkeypatch)
    draft = started(an)
    first = an.get(page(draft, "to-khai/1"))
    assert list(first.context["form"].fields) == ["purpose", "place"]
    assert (first.context["place"], first.context["places"]) == (1, 2)
    assert an.get(page(draft, "to-khai/2")).headers["Location"] == f"/nop-ho-so/{draft}/"
    assert list(an.get(page(draft, "to-khai/3")).context["form"].fields) == ["other"]
    answer = post(an, draft, "to-khai/1", purpose="Xin việc")
    assert answer.headers["Location"] == page(draft, "to-khai/3")
    answer = post(an, draft, "to-khai/1", purpose="kết hôn")
    assert answer.headers["Location"] == page(draft, "to-khai/2")
    assert post(an, draft, "to-khai/2", spouse="").status_code == 422
    assert post(an, draft, "to-khai/2", spouse="Bình").headers["Location"] == page(draft, "to-khai/3")
    shown = an.get(page(draft, "to-khai/3"))
    assert list(shown.context["form"].fields) == ["other", "ring"]
    assert "data-mc-when" not in shown.content.decode()
    post(an, draft, "to-khai/3", other="Chi", ring="")
    kept = {"purpose": "kết hôn", "spouse": "Bình", "other": "Chi"}
    assert dict(state(draft).contents.form_data) == kept
    rows = {
        task.key: task.said
        for group in an.get(f"/nop-ho-so/{draft}/").context["groups"]
        for task in group.tasks
    }
    standings = [rows[f"questions-{number}"] for number in (1, 2, 3)]
    assert standings == ["Xong", "Xong", "Đang làm"]
    answer = post(an, draft, "to-khai/1", purpose="Xin việc")
    assert dict(state(draft).contents.form_data) == kept | {"purpose": "Xin việc"}


def test_error_of_sending_leads_to_the_section_of_its_question(monkeypatch: pytest.MonkeyPatch) -> None:
    _, an = portal_with(sheet(eform=SECTIONS), monkeypatch)
    draft = started(an)
    post(an, draft, "to-khai/1", purpose="Xin việc")
    post(an, draft, "nhan-ket-qua", delivery="counter")
    answer = post(an, draft, "xem-lai", **AGREED)
    places = [error.href for error in answer.context["page_errors"]]
    assert places[0] == page(draft, "to-khai/3") + "?ve=xem-lai#id_other"


def test_paper_under_a_condition_may_be_answered_by_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    papers = (
        RequiredDocument("form", "Tờ khai", is_form=True),
        RequiredDocument("proof", "Giấy chứng nhận hộ nghèo", condition="nếu thuộc hộ nghèo"),
    )
    _, an = portal_with(sheet(components=papers), monkeypatch)
    draft = started(an)
    post(an, draft, "to-khai/1", purpose="Xin cấp giấy")
    refused = post(an, draft, "giay-to", go_on="yes")
    assert [error.href for error in refused.context["page_errors"]] == ["#file-proof"]
    taken = post(an, draft, "giay-to", go_on="yes", **{"note-proof": "Tôi không thuộc hộ nghèo"})
    assert taken.headers["Location"] == page(draft, "nhan-ket-qua")
    post(an, draft, "nhan-ket-qua", delivery="counter")
    assert post(an, draft, "xem-lai", **AGREED).headers["Location"] == page(draft, "da-gui")


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
    draft = started(an)
    post(an, draft, "to-khai/1", purpose="Xin cấp giấy")
    assert state(draft).target.channel == "online"
