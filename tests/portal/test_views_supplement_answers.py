"""Answers of a supplement: its pages show what is kept, and numbers stand in fields as hints have them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from tests.dossiers.world import World, make_world, sheet
from tests.portal.test_views_supplement import asked, at, send

from motcua.catalogue.enums import FieldKind
from motcua.catalogue.rules.eforms import FormField, FormSection
from motcua.catalogue.rules.sheets import Fee
from motcua.dossiers import queries
from motcua.dossiers.services import Act
from motcua.kernel.money import Money
from motcua.portal import who

pytestmark = pytest.mark.django_db

SECTIONS = (
    FormSection(
        "Hộ kinh doanh",
        (
            FormField("name", "Tên hộ kinh doanh"),
            FormField("capital", "Vốn kinh doanh (đồng)", FieldKind.MONEY, minimum=1),
            FormField("area", "Diện tích (m²)", FieldKind.DECIMAL, required=False),
            FormField("begins", "Ngày bắt đầu", FieldKind.DATE, required=False),
            FormField("phone", "Điện thoại", FieldKind.PHONE, required=False),
            FormField("has_sign", "Có biển hiệu?", FieldKind.YES_NO, required=False),
            FormField("sign", "Chữ trên biển hiệu", required=False, depends_on=("has_sign", "yes")),
        ),
    ),
)
FILED = {"name": "Minh Tâm", "capital": "5000000000", "area": "1234,5", "begins": "2025-01-02"}
SHOWN = {"name": "Minh Tâm", "capital": "5.000.000.000", "area": "1.234,5", "begins": "02/01/2025"}


def world_of(monkeypatch: pytest.MonkeyPatch, **content: Any) -> tuple[World, Client]:
    world = make_world(sheet(**{"eform": SECTIONS} | content))
    monkeypatch.setattr(who, "now", lambda: world.later(minutes=1))
    client = Client()
    client.force_login(world.people["an"], backend="motcua.accounts.services.backends.EntryBackend")
    return world, client


def filed(world: World, **answers: str) -> Act:
    return asked(world, "form", act=world.submit(world.draft(form_data=FILED | answers)))


def test_saved_numbers_stand_in_the_fields_of_a_filing_as_their_hints_have_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world, an = world_of(monkeypatch)
    draft = world.draft(form_data=FILED)
    page = f"/nop-ho-so/{draft.dossier_id}/to-khai/1/"
    form = an.get(page).context["form"]
    assert {key: form[key].value() for key in SHOWN} == SHOWN
    an.post(page, {"version": draft.version, **SHOWN, "go_on": "yes"})
    assert queries.state_of(draft.dossier_id).contents.form_data == FILED
    assert queries.state_of(draft.dossier_id).version == draft.version  # nothing was changed by it


def test_saved_numbers_stand_in_the_fields_of_a_supplement_as_their_hints_have_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world, an = world_of(monkeypatch)
    act = filed(world)
    form = an.get(at(act, "to-khai/1/")).context["form"]
    assert {key: form[key].value() for key in SHOWN} == SHOWN
    an.post(at(act, "to-khai/1/"), {**SHOWN, "capital": "6,000,000 đ", "go_on": "yes"})
    again = an.get(at(act, "to-khai/1/")).context["form"]
    assert again["area"].value() == "1.234,5"


TYPED = {
    "name": "  Minh   Tâm ",
    "capital": "6,000,000 đ",
    "area": "120.5",
    "begins": "1-2-25",
    "phone": "+84 912 345 678",
    "has_sign": "no",
    "sign": "Còn sót lại",
}


def rows(groups: Any) -> dict[str, str]:
    return {row["key"]: row["value"] for group in groups for row in group["rows"]}


def test_last_page_shows_what_is_stored_and_not_what_was_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    world, an = world_of(monkeypatch)
    act = filed(world)
    an.post(at(act, "to-khai/1/"), {**TYPED, "go_on": "yes"})
    read_back = rows(an.get(at(act, "xem-lai/")).context["answers"])
    assert read_back == {
        "Tên hộ kinh doanh": "Minh Tâm",
        "Vốn kinh doanh (đồng)": "6.000.000 đồng",
        "Diện tích (m²)": "120,5",
        "Ngày bắt đầu": "01/02/2025",
        "Điện thoại": "0912345678",
        "Có biển hiệu?": "Không",
    }
    form = an.get(at(act, "to-khai/1/")).context["form"]
    assert (form["capital"].value(), form["begins"].value()) == ("6.000.000", "01/02/2025")
    assert send(an, act).headers["Location"] == at(act, "1/da-gui/")
    own = an.get(f"/ho-so-cua-toi/{act.dossier_id}/").context["answers"]
    assert rows(own) == read_back
    stored = queries.state_of(act.dossier_id).contents.form_data
    assert (stored["capital"], stored["begins"]) == ("6000000", "2025-02-01")


def test_what_cannot_be_taken_stands_as_it_was_typed_and_is_not_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world, an = world_of(monkeypatch)
    act = filed(world)
    an.post(at(act, "to-khai/1/"), {**TYPED, "capital": "2,5", "later": "yes"})
    form = an.get(at(act, "to-khai/1/")).context["form"]
    assert form["capital"].value() == "2,5"
    assert rows(an.get(at(act, "xem-lai/")).context["answers"])["Vốn kinh doanh (đồng)"] == "2,5"
    answer = send(an, act)
    assert answer.status_code == 422
    assert [str(each.text) for each in answer.context["page_errors"]] == [
        "Vốn kinh doanh (đồng) là số tiền bằng đồng, không ghi phần lẻ; ví dụ 50.000.000."
    ]
    assert queries.state_of(act.dossier_id).contents.form_data == FILED


def test_page_that_changed_nothing_leaves_what_another_page_wrote(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both write the same number in their own way: the page compares what they mean."""
    world, an = world_of(monkeypatch)
    act = filed(world)
    drawn = an.get(at(act, "to-khai/1/"))
    seen = dict(drawn.context["drawn_with"])
    an.post(at(act, "to-khai/1/"), {**SHOWN, "capital": "7.000.000", "later": "yes"})
    an.post(at(act, "to-khai/1/"), {**seen, **SHOWN, "name": "Minh Tâm Mới", "later": "yes"})
    form = an.get(at(act, "to-khai/1/")).context["form"]
    assert (form["name"].value(), form["capital"].value()) == ("Minh Tâm Mới", "7.000.000")


COPIES = (FormSection("Bản sao", (FormField("copies", "Số bản sao", FieldKind.WHOLE_NUMBER),)),)


def test_answers_that_change_the_fee_say_so_before_they_are_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    fee = Fee("Phí bản sao", Money(8000), note="mỗi bản")
    world, an = world_of(monkeypatch, eform=COPIES, fees=(fee,), provenance={"fee": "found"})
    act = asked(world, "form", act=world.submit(world.draft(form_data={"copies": "2"})))
    an.post(at(act, "to-khai/1/"), {"copies": "2", "go_on": "yes"})
    assert an.get(at(act, "xem-lai/")).context["to_pay"] is None
    an.post(at(act, "to-khai/1/"), {"copies": "2.0", "later": "yes"})
    assert an.get(at(act, "xem-lai/")).context["to_pay"] is None
    an.post(at(act, "to-khai/1/"), {"copies": "5", "go_on": "yes"})
    text = an.get(at(act, "xem-lai/")).content.decode()
    assert "Câu trả lời mới làm thay đổi số tiền phải nộp." in text
    assert "5 bản là <strong>40.000 đồng</strong>" in text
