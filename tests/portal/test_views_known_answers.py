"""What is known of a dossier is not asked by its form again: who it is for, and in which case it is."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from tests.accounts import acting
from tests.dossiers.test_rules_life import TARGET
from tests.dossiers.world import MONDAY, World, published, sheet
from tests.portal.conftest import Browser

from motcua.agencies.enums import UnitKind
from motcua.catalogue.rules import eform_designs
from motcua.catalogue.rules.agreeing import APPLICANT_KIND, CASE
from motcua.catalogue.rules.sheets import ORGANISATION, PERSON, OfferedLimit, ProcedureSheet
from motcua.catalogue.services import importing
from motcua.dossiers.queries import state_of
from motcua.dossiers.rules.completeness import as_sent, faulty_answers, typed_off_paper
from motcua.dossiers.rules.state import Applicant, Contents, Target
from motcua.kernel.limits import TimeLimit

HOUSE, OTHERS = "nhà ở riêng lẻ", "công trình cấp III, IV khác"
PERSONS = {"owner_name", "owner_id"}
ORGANISATIONS = {
    "organisation_name", "organisation_number",
    "representative_name", "representative_post", "representative_id",
}  # fmt: skip
AN = Applicant("An", "066090000001", "0905000001", "", "Buôn Ma Thuột")
FIRM = Applicant("Công ty Hạt", "", "0905000001", "", "Tân An", organisation_number="6001234567")


def building() -> ProcedureSheet:
    days = TimeLimit.parse("15cd")
    limits = tuple(OfferedLimit(None, case, days, "15", "calendar_day") for case in (HOUSE, OTHERS))
    form = importing.eform("cap-phep-xay-dung")
    return sheet(code="1.000002", eform=form, variants=(HOUSE, OTHERS), limits=limits, cases_cover_all=True)


def target(case: str) -> Target:
    return replace(TARGET, variant=case)


@pytest.fixture
def an(browser_of: Browser) -> Client:
    return browser_of("an")


@pytest.fixture
def sheet_of_building(world: World) -> ProcedureSheet:
    content = building()
    published(content, world.agency, world.units[UnitKind.DIVISION])
    return content


# --- the rules --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "asked"), [(AN, PERSONS), (FIRM, ORGANISATIONS - {"representative_post"})]
)
def test_building_permit_asks_an_organisation_what_an_organisation_has(
    person: Applicant, asked: set[str]
) -> None:
    faults = faulty_answers(building(), target(HOUSE), Contents(person))
    assert faults.keys() & (PERSONS | ORGANISATIONS) == asked


@pytest.mark.parametrize(("case", "is_asked"), [(HOUSE, False), (OTHERS, True)])
def test_class_of_a_work_is_asked_only_in_the_case_of_works(case: str, is_asked: bool) -> None:
    assert ("work_kind" in faulty_answers(building(), target(case), Contents(AN))) is is_asked


def test_no_answer_of_the_form_says_another_case_than_was_chosen() -> None:
    given = {"work_kind": "house"}
    assert "work_kind" in faulty_answers(building(), target(OTHERS), Contents(AN, given))


@pytest.mark.parametrize(
    ("person", "case", "typed"),
    [(AN, HOUSE, {"work_kind": "grade_iv"}), (AN, OTHERS, {"organisation_number": "6001234567"})],
)
def test_desk_is_told_when_it_types_what_is_not_asked_of_this_dossier(
    person: Applicant, case: str, typed: dict[str, str]
) -> None:
    clean, faults = typed_off_paper(building().eform, typed, person, case, MONDAY.date())
    assert (clean, list(faults)) == ({}, list(typed))
    assert all(fault.startswith("Câu này không hỏi") for fault in faults.values())


def test_redesigned_form_still_asks_by_who_it_is_for_and_by_the_case() -> None:
    form = building().eform
    design = eform_designs.read(eform_designs.written(form), form)
    hanging = {each.depends_on[0] for part in design.sections for each in part.fields if each.depends_on}
    assert hanging == {APPLICANT_KIND, CASE}


def test_what_questions_hang_on_is_something_that_can_be() -> None:
    """A case that no procedure with the form has, or a kind that nobody is, would never be asked."""
    for row in json.loads((importing.DATA / "procedures.json").read_text("utf-8"))["procedures"]:
        for section in importing.eform(row["eform"]) or ():
            for each in section.fields:
                key, value = each.depends_on or ("", "")
                if key == APPLICANT_KIND:
                    assert value in (PERSON, ORGANISATION)
                if key == CASE:
                    assert value in {case["case"] for case in row["legal_time"]["cases"]}


# --- the pages --------------------------------------------------------------------------------------------


def begin(client: Client, **answers: str) -> str:
    path = "/nop-ho-so/1.000002/?" + "&".join(f"{key}={text}" for key, text in answers.items())
    reached = {"phone": "0905000001", "address": "12 Lê Duẩn", "version": "0"}
    return client.post(path, reached).headers["Location"].split("/")[2]


def fields(client: Client, draft_id: str, section: int) -> dict[str, Any]:
    form = client.get(f"/nop-ho-so/{draft_id}/to-khai/{section}/").context["form"]
    return {name: form[name].value() for name in form.fields}


@pytest.mark.django_db
def test_organisation_is_asked_its_own_number_and_who_represents_it(
    world: World, an: Client, sheet_of_building: ProcedureSheet
) -> None:
    made = acting.organisation(world.people["an"], world.now)
    draft = begin(an, cho=f"to-chuc-{made}", **{"truong-hop": OTHERS})
    asked = fields(an, draft, 1)
    assert asked.keys() & (PERSONS | ORGANISATIONS) == ORGANISATIONS
    assert (asked["organisation_name"], asked["organisation_number"]) == (
        "Công ty TNHH Hạt Cà Phê",
        "6001234567",
    )
    assert not asked["representative_name"]


@pytest.mark.django_db
def test_case_that_was_chosen_is_shown_and_not_asked_again(
    world: World, an: Client, sheet_of_building: ProcedureSheet
) -> None:
    draft = begin(an, cho="toi", **{"truong-hop": OTHERS})
    page = an.get(f"/nop-ho-so/{draft}/to-khai/3/")
    assert "Trường hợp bạn đã chọn: <strong>Công trình cấp III, IV khác</strong>" in page.content.decode()
    assert "Nhà ở riêng lẻ" not in page.content.decode()
    an.post(f"/nop-ho-so/{draft}/to-khai/3/", {"work_kind": "grade_iv", "version": "1", "later": "1"})
    assert state_of(draft).contents.form_data == {"work_kind": "grade_iv"}
    an.post(f"/nop-ho-so/{draft}/truong-hop/", {"variant": HOUSE, "version": "2"})
    assert state_of(draft).target.variant == HOUSE
    assert "work_kind" not in fields(an, draft, 3)
    state = state_of(draft)  # what only the other case asks stays in the draft, and is not sent
    assert state.contents.form_data == {"work_kind": "grade_iv"}
    assert as_sent(sheet_of_building, state.target, state.contents, None).form_data == {}
