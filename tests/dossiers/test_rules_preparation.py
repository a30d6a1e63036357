"""The parts of a filing being prepared: none is said to be done that sending would be refused for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.dossiers.test_rules_life import FACTS, TARGET
from tests.dossiers.world import MONDAY, sheet

from motcua.catalogue.enums import FieldKind
from motcua.catalogue.rules.eforms import FormField, FormSection
from motcua.catalogue.rules.sheets import RequiredDocument
from motcua.dossiers.enums import Capacity, PartKind, PartStanding
from motcua.dossiers.errors import CapacityRequired, Incomplete
from motcua.dossiers.rules import commands, decide, fold
from motcua.dossiers.rules.behalf import bound
from motcua.dossiers.rules.completeness import check_filing
from motcua.dossiers.rules.consent import CONSENT
from motcua.dossiers.rules.preparation import ABOUT_PEOPLE, Preparation, preparation
from motcua.dossiers.rules.state import (
    NOT_CHOSEN,
    Applicant,
    Behalf,
    Contents,
    DocumentRef,
    ResultDelivery,
)
from motcua.kernel.errors import Refusal
from motcua.law import queries as law

TODAY = MONDAY.date()
SECTIONS = (
    FormSection(
        "Nội dung",
        (
            FormField("purpose", "Mục đích"),
            FormField("born", "Ngày sinh", FieldKind.DATE, required=False, not_after_today=True),
        ),
    ),
    FormSection("Hôn nhân", (FormField("spouse", "Vợ hoặc chồng", depends_on=("purpose", "kết hôn")),)),
    FormSection("Ghi chú", (FormField("note", "Ghi chú", required=False),)),
)
SHEET = sheet(
    eform=SECTIONS,
    components=(
        RequiredDocument("form", "Tờ khai", is_form=True),
        RequiredDocument("card", "Thẻ căn cước", is_shown_only=True),
        RequiredDocument("paper", "Giấy chứng minh"),
        RequiredDocument("poor", "Sổ hộ nghèo", condition="nếu thuộc hộ nghèo"),
        RequiredDocument("proxy", "Văn bản ủy quyền", required=False),
    ),
)
AN = Applicant("An", "066090000001", "0905000001", "", "Buôn Ma Thuột")
NEW = Contents(AN, delivery=NOT_CHOSEN)
WHOLE = Contents(
    AN,
    {"purpose": "Xin học bổng"},
    (DocumentRef("paper", "f1"), DocumentRef("poor", note="Không thuộc hộ nghèo")),
    ResultDelivery("counter"),
)


def prepared(contents: Contents, asked: Any = SHEET, today: date | None = TODAY) -> Preparation:
    return preparation(asked, TARGET, contents, FACTS.regulation, today)


def standings(contents: Contents, asked: Any = SHEET) -> dict[str, str]:
    parts = prepared(contents, asked).parts
    return {f"{part.kind}{part.section or ''}": str(part.standing) for part in parts}


def test_new_filing_has_all_to_do_but_the_details() -> None:
    assert standings(NEW) == {
        "whom": "done",
        "person": "done",
        "contact": "done",
        "questions1": "to_do",
        "questions3": "to_do",
        "papers": "to_do",
        "delivery": "to_do",
        "sending": "not_yet",
    }
    assert prepared(NEW).next.section == 1


def test_filing_with_everything_there_can_be_sent() -> None:
    assert standings(WHOLE) == {
        "whom": "done",
        "person": "done",
        "contact": "done",
        "questions1": "done",
        "questions3": "as_needed",
        "papers": "done",
        "delivery": "done",
        "sending": "to_do",
    }
    assert prepared(WHOLE).next.kind is PartKind.SENDING


def test_section_is_a_part_once_an_answer_asks_for_it() -> None:
    married = replace(WHOLE, form_data={"purpose": "kết hôn"})
    found = prepared(married)
    assert standings(married)["questions2"] == "to_do"
    assert (found.next.section, found.next.left) == (2, ("Vợ hoặc chồng",))


def test_what_is_lacking_is_named_in_its_order() -> None:
    begun = replace(WHOLE, form_data={"born": "40/13/1990"}, documents=(DocumentRef("proxy", "f2"),))
    parts = {part.kind: part for part in reversed(prepared(begun).parts)}
    questions, papers = parts[PartKind.QUESTIONS], parts[PartKind.PAPERS]
    assert (questions.standing, questions.left) == (PartStanding.UNDER_WAY, ("Mục đích", "Ngày sinh"))
    assert (papers.standing, papers.left, papers.wanted) == (
        PartStanding.UNDER_WAY,
        ("Giấy chứng minh", "Sổ hộ nghèo"),
        2,
    )


def test_answer_that_lies_ahead_is_still_to_correct() -> None:
    ahead = replace(WHOLE, form_data={"purpose": "x", "born": "2990-01-01"})
    assert prepared(ahead).next.left == ("Ngày sinh",)


def test_filing_for_another_without_its_paper_is_under_way_and_says_why() -> None:
    begun = replace(WHOLE, submitter_name="Bình", authority="Giấy số 12")
    part = prepared(begun).next
    assert (part.kind, part.standing) == (PartKind.CAPACITY, PartStanding.UNDER_WAY)
    assert isinstance(part.refusal, CapacityRequired)
    assert prepared(replace(begun, authority="")).next.standing is PartStanding.TO_DO


@pytest.mark.parametrize(
    ("unfinished", "kind", "standing"),
    [
        ({"personal_id": "123"}, PartKind.PERSON, PartStanding.UNDER_WAY),
        ({"phone": ""}, PartKind.CONTACT, PartStanding.UNDER_WAY),
        ({"postal_address": ""}, PartKind.DELIVERY, PartStanding.UNDER_WAY),
    ],
)
def test_what_was_typed_and_cannot_be_taken_keeps_its_part_open(
    unfinished: dict[str, str], kind: PartKind, standing: PartStanding
) -> None:
    part = prepared(replace(WHOLE, unfinished=unfinished)).next
    assert (part.kind, part.standing, part.left) == (kind, standing, tuple(unfinished))


def test_contact_that_nobody_was_asked_for_is_to_do() -> None:
    nobody = replace(WHOLE, applicant=Applicant("An"), unfinished={"phone": "", "address": ""})
    assert prepared(nobody).next.standing is PartStanding.TO_DO


def test_person_without_a_name_is_to_do() -> None:
    part = prepared(replace(WHOLE, applicant=Applicant("", phone="0905000001"))).next
    assert (part.kind, part.standing) == (PartKind.PERSON, PartStanding.TO_DO)


@pytest.mark.parametrize(
    ("agencies", "is_asked", "is_open"),
    [((), False, False), ((1,), False, False), ((1, 2), True, False), ((2,), True, True)],
)
def test_agency_is_asked_only_where_there_is_another(
    agencies: tuple[int, ...], is_asked: bool, is_open: bool
) -> None:
    target = replace(TARGET, agency_id=1)
    found = preparation(SHEET, target, WHOLE, FACTS.regulation, TODAY, agencies=agencies)
    part = found.part(PartKind.AGENCY)
    assert (part is not None, part is not None and part.is_open) == (is_asked, is_open)


def test_case_is_asked_only_where_there_is_any() -> None:
    assert prepared(WHOLE, sheet(variants=("Ngoài nước",))).part(PartKind.CASE) is not None
    assert prepared(WHOLE).part(PartKind.CASE) is None


ORGANISATION = Behalf("Công ty", "6001234567", Capacity.AUTHORISED, "Được giao", organisation_id="7")
SOMEBODY = Behalf("Chị Ba", "066090000003", Capacity.AUTHORISED, "Ủy quyền", account_id="9")


@pytest.mark.parametrize(
    ("behalf", "kinds"),
    [(ORGANISATION, [PartKind.CONTACT]), (SOMEBODY, [PartKind.PERSON, PartKind.CONTACT])],
)
def test_what_a_right_to_act_settles_is_not_asked(behalf: Behalf, kinds: list[PartKind]) -> None:
    contents = bound(WHOLE, behalf, "Bình")
    found = preparation(SHEET, TARGET, contents, FACTS.regulation, TODAY, behalf=behalf)
    assert [part.kind for part in found.parts if part.kind in ABOUT_PEOPLE] == kinds
    assert found.is_ready


def test_parts_know_what_stands_before_and_behind_them() -> None:
    found = prepared(WHOLE)
    first, last = found.parts[0], found.parts[-1]
    assert (found.before(first), found.after(last)) == (None, last)
    assert all(found.before(found.after(part)) == part for part in found.parts[:-1])


def test_way_that_the_regulation_does_not_have_is_under_way() -> None:
    assert standings(replace(WHOLE, delivery=ResultDelivery("pigeon")))["delivery"] == "under_way"


def test_procedure_without_form_and_papers_has_neither_part() -> None:
    bare = sheet(eform=(), components=())
    assert list(standings(replace(WHOLE, form_data={}, documents=()), bare)) == [
        "whom",
        "person",
        "contact",
        "delivery",
        "sending",
    ]


@pytest.mark.clause("DL24-7.3#1")
def test_paper_form_without_questions_is_a_paper_to_send() -> None:
    paper_form = sheet(eform=(), components=(RequiredDocument("form", "Tờ khai", is_form=True),))
    bare = replace(WHOLE, form_data={}, documents=())
    assert prepared(bare, paper_form).next.left == ("Tờ khai",)
    attached = replace(bare, documents=(DocumentRef("form", file_id="f1"),))
    assert prepared(attached, paper_form).is_ready


@pytest.mark.clause("DL24-7.3#1")
def test_form_is_sent_as_a_paper_where_only_general_questions_are_asked() -> None:
    general = (FormSection("Đề nghị", (FormField("request", "Nội dung đề nghị"),)),)
    form = RequiredDocument("form", "Đơn đăng ký biến động", is_form=True)
    asked = sheet(eform=general, components=(form,))
    answered = replace(WHOLE, form_data={"request": "Cấp đổi"}, documents=())
    assert prepared(answered, asked).next.left == ("Đơn đăng ký biến động",)
    with pytest.raises(Incomplete):
        check_filing(asked, TARGET, answered, TODAY)
    attached = replace(answered, documents=(DocumentRef("form", file_id="f1"),))
    assert prepared(attached, asked).is_ready
    check_filing(asked, TARGET, attached, TODAY)


def test_questions_stand_for_the_first_form_only() -> None:
    forms = tuple(RequiredDocument(key, key, is_form=True) for key in ("form", "second"))
    asked = sheet(eform=SECTIONS, components=forms)
    assert prepared(replace(WHOLE, documents=()), asked).next.left == ("second",)


def test_papers_that_nobody_has_to_send_do_not_stand_in_the_way() -> None:
    optional = sheet(components=(RequiredDocument("proxy", "Ủy quyền", required=False),), eform=())
    bare = replace(WHOLE, documents=())
    assert standings(bare, optional)["papers"] == "as_needed"
    assert prepared(bare, optional).is_ready


def test_without_a_regulation_in_force_nothing_of_what_it_asks_is_judged() -> None:
    odd = replace(WHOLE, submitter_name="Bình", delivery=ResultDelivery("pigeon"))
    assert preparation(SHEET, TARGET, odd, None, TODAY).is_ready


words = st.sampled_from(["", "x", "kết hôn", "40/13/1990", "15/03/1990"])
papers = st.builds(
    DocumentRef,
    st.sampled_from(["form", "card", "paper", "poor", "proxy", "strange"]),
    file_id=st.sampled_from([None, "f1"]),
    originals=st.integers(0, 1),
    note=st.sampled_from(["", " ", "không cần"]),
)
people = st.sampled_from([AN, Applicant(""), Applicant("An")])
unfinished = st.dictionaries(
    st.sampled_from(["name", "personal_id", "phone", "address"]), st.sampled_from(["", "x"]), max_size=2
)
contents = st.builds(
    Contents,
    people,
    st.dictionaries(st.sampled_from(["purpose", "born", "spouse", "note", "strange"]), words),
    st.lists(papers, max_size=5).map(tuple),
    st.sampled_from([NOT_CHOSEN, ResultDelivery("counter"), ResultDelivery("online")]),
    st.sampled_from(["", "Bình"]),
    st.sampled_from([None, *Capacity]),
    st.sampled_from(["", "Giấy ủy quyền số 1"]),
    unfinished,
)


@pytest.mark.clause("DL24-7.3#1", "QN20-11.1#1", "PT24-7.2")
@pytest.mark.parametrize("name", ["DL24", "QN20", "PT24"])
@given(contents)
def test_all_parts_are_done_exactly_when_sending_is_not_refused(name: str, filed: Contents) -> None:
    facts = replace(FACTS, sheet=SHEET, regulation=law.regulation(name))
    draft = fold(None, decide(None, commands.SaveDraft(TARGET, filed, "1"), facts, MONDAY)[0], MONDAY)
    try:
        decide(draft, commands.Submit("key", "YC-1", CONSENT), facts, MONDAY)
    except Refusal:
        is_refused = True
    else:
        is_refused = False
    found = preparation(SHEET, TARGET, filed, facts.regulation, None)
    assert found.is_ready is not is_refused
    assert (found.parts[-1].standing is PartStanding.TO_DO) is found.is_ready


@given(contents)
def test_what_is_left_is_what_the_refusal_would_name(filed: Contents) -> None:
    """One truth: the list names the papers that a refusal of sending names."""
    complete = replace(
        filed, applicant=AN, submitter_name="", delivery=ResultDelivery("counter"), unfinished={}
    )
    facts = replace(FACTS, sheet=SHEET)
    draft = fold(None, decide(None, commands.SaveDraft(TARGET, complete, "1"), facts, MONDAY)[0], MONDAY)
    named: tuple[str, ...] = ()
    try:
        decide(draft, commands.Submit("key", "YC-1", CONSENT), facts, MONDAY)
    except Incomplete as refusal:
        named = refusal.params["documents"]  # type: ignore[assignment]
    left = next(each.left for each in prepared(complete, today=None).parts if each.kind is PartKind.PAPERS)
    assert left == tuple(name for name in named if name != "Tờ khai")
