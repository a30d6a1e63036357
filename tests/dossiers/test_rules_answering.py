"""The parts of an answer to a supplement request: what was asked for comes first and has to be done."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.dossiers.test_rules_preparation import SECTIONS, SHEET
from tests.dossiers.world import MONDAY, sheet

from motcua.catalogue.rules.eforms import FormField, FormSection
from motcua.catalogue.rules.sheets import RequiredDocument
from motcua.dossiers.enums import PartKind, PartStanding
from motcua.dossiers.rules.answering import answering, papers_asked, sections_named, sent_online
from motcua.dossiers.rules.preparation import Part, Preparation
from motcua.dossiers.rules.state import SupplementItem, SupplementRequest

ANSWERS = {"purpose": "Xin học bổng"}


def request(*items: tuple[str, str], reason: str = "Mờ", guidance: str = "Làm lại") -> SupplementRequest:
    return SupplementRequest(MONDAY, True, tuple(SupplementItem(*each) for each in items), reason, guidance)


def parts_of(asked: SupplementRequest, **changes: Any) -> Preparation:
    given_: dict[str, Any] = {"answers": ANSWERS, "saved": (), "brought": (), "today": MONDAY.date()}
    return answering(SHEET, asked, **given_ | changes)


def told(found: Preparation) -> list[tuple[str, str]]:
    return [(part.paper or str(part.section or part.kind), str(part.standing)) for part in found.parts]


def test_each_paper_is_a_part_and_questions_that_hang_on_no_answer_are_none() -> None:
    found = parts_of(request(("form", "Tờ khai: sửa"), ("paper", "Chụp lại")))
    assert told(found) == [("1", "to_do"), ("3", "to_do"), ("paper", "to_do"), ("sending", "not_yet")]


def test_named_section_comes_first_and_the_others_stand_open_to_change() -> None:
    found = parts_of(request(("form", "Tờ khai: mục Ghi chú để trống"), ("paper", "Chụp lại")))
    assert told(found) == [("3", "to_do"), ("paper", "to_do"), ("1", "as_needed"), ("sending", "not_yet")]


def test_what_was_saved_and_brought_is_done() -> None:
    asked = request(("form", "Sửa mục đích"), ("paper", "Chụp lại"))
    found = parts_of(asked, saved={"purpose"}, brought={"paper"})
    assert told(found) == [("1", "done"), ("paper", "done"), ("3", "as_needed"), ("sending", "to_do")]
    assert found.is_ready


def test_fault_in_a_section_that_nobody_named_keeps_the_answer_open() -> None:
    found = parts_of(request(("form", "Mục Ghi chú")), answers={}, saved={"note"})
    assert told(found)[:2] == [("3", "done"), ("1", "under_way")]
    assert not found.is_ready


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("ghi chú còn trống", (3,)),
        ("MỤC ĐÍCH không rõ", (1,)),
        ("Vợ hoặc chồng ghi sai tên", (2,)),
        ("Ngày sinh và ghi chú", (1, 3)),
        ("ghi chúng tôi nhiều chỗ sai", (1, 2, 3)),  # not within another word
        ("Ghi lại cho rõ", (1, 2, 3)),
    ],
)
def test_sections_are_named_by_their_title_or_by_a_question_of_their_own(
    said: str, named: tuple[int, ...]
) -> None:
    assert sections_named(SHEET, request(("form", said))) == named


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("Hai bản không khớp", (1, 2)),  # "ai" and "ba" stand only within other words
        ("(ai) ký?", (1,)),
        ("Hai người, ai ký", (1,)),  # within another word first, then by itself
        ("Ban hành lại, ba bản", (2,)),
        ("ai_ký", (1,)),
    ],
)
def test_section_with_a_short_name_is_named_only_by_the_word_itself(
    said: str, named: tuple[int, ...]
) -> None:
    sections = tuple(FormSection(name, (FormField(f"q{name}", "Câu hỏi"),)) for name in ("Ai", "Ba"))
    assert sections_named(sheet(eform=sections), request(("form", said))) == named


def test_what_is_said_of_another_paper_names_no_section_of_the_form() -> None:
    assert sections_named(SHEET, request(("form", "Sửa lại"), ("paper", "Ghi chú bị mờ"))) == (1, 2, 3)


def test_section_with_the_name_of_another_paper_can_still_be_named() -> None:
    papers = (RequiredDocument("form", "Tờ khai", is_form=True), RequiredDocument("paper", "Ghi chú"))
    made = sheet(eform=SECTIONS, components=papers)
    assert sections_named(made, request(("form", "Tờ khai: mục Ghi chú để trống"))) == (3,)


def test_paper_that_is_lacking_is_named_until_it_is_brought() -> None:
    asked = request(("paper", "Chụp lại"))
    (lacking, _), (brought, _) = parts_of(asked).parts, parts_of(asked, brought={"paper"}).parts
    assert lacking == Part(PartKind.PAPER, PartStanding.TO_DO, ("Giấy chứng minh",), wanted=1, paper="paper")
    assert brought == Part(PartKind.PAPER, PartStanding.DONE, wanted=1, paper="paper")


def test_name_of_the_form_names_no_section() -> None:
    form = RequiredDocument("form", "Tờ khai ghi chú", is_form=True)
    made = sheet(eform=SECTIONS, components=(form,))
    assert sections_named(made, request(("form", "Tờ khai ghi chú: sai"))) == (1, 2, 3)


def test_no_section_is_asked_where_the_form_is_not() -> None:
    asked = request(("paper", "Ghi chú trên giấy bị mờ"))
    assert sections_named(SHEET, asked) == ()
    assert [part.kind for part in parts_of(asked).parts] == [PartKind.PAPER, PartKind.SENDING]


def test_form_of_a_procedure_without_questions_is_brought_as_a_paper() -> None:
    asked = request(("form", "Ký lại"))
    assert [each.key for each in papers_asked(sheet(eform=()), asked)] == ["form"]


def test_form_beside_general_questions_is_brought_as_a_paper() -> None:
    general = (FormSection("Đề nghị", (FormField("request", "Nội dung đề nghị"),)),)
    asked = request(("form", "Ký lại"))
    made = sheet(eform=general)
    assert ([each.key for each in papers_asked(made, asked)], sections_named(made, asked)) == (["form"], ())


KEYS = st.sampled_from(["form", "paper", "poor", "proxy"])


@given(
    asked=st.sets(KEYS, min_size=1),
    brought=st.sets(KEYS),
    saved=st.sets(st.sampled_from(["purpose", "born", "note"])),
    purpose=st.sampled_from(["", "Xin học bổng"]),
    said=st.sampled_from(["Ghi chú", "Mục đích", "Sửa lại"]),
)
@settings(deadline=None)
def test_nothing_can_be_sent_while_something_asked_for_is_open(
    asked: set[str], brought: set[str], saved: set[str], purpose: str, said: str
) -> None:
    wanted = request(*((key, said) for key in sorted(asked)))
    found = parts_of(wanted, brought=brought, saved=saved, answers={"purpose": purpose})
    papers = {part.paper for part in found.parts if part.kind is PartKind.PAPER}
    assert papers == asked - {"form"}
    lacks = papers - brought
    assert {part.paper for part in found.open if part.paper} == lacks
    assert found.is_ready is (found.parts[-1].standing is PartStanding.TO_DO)
    if "form" in asked and not purpose:
        assert not found.is_ready
    if not lacks and "form" not in asked:
        assert found.is_ready


def test_only_what_applicants_sent_themselves_is_acknowledged() -> None:
    ask, answer = "supplement_requested", "supplemented"
    history = [
        ("registered", "officer"), (answer, "officer"), (ask, "officer"), (answer, "citizen"),
        (ask, "officer"), (answer, "officer"), (ask, "officer"), (answer, "citizen"),
    ]  # fmt: skip
    assert sent_online(history) == {1: 3, 3: 7}


@pytest.mark.parametrize(
    ("history", "found"),
    [
        ("answer:citizen", {}),  # nobody had asked
        ("ask answer:citizen answer:citizen", {1: 1}),  # more was brought later
        ("ask corrected:citizen answer:citizen", {1: 2}),
        ("ask answer:officer answer:citizen", {}),
        ("ask ask answer:citizen", {2: 2}),
    ],
)
def test_answer_is_the_first_thing_brought_after_a_request(history: str, found: dict[int, int]) -> None:
    kinds = {"ask": "supplement_requested", "answer": "supplemented", "corrected": "corrected"}
    events = [
        (kinds[kind], by or "officer") for kind, _, by in (each.partition(":") for each in history.split())
    ]
    assert sent_online(events) == found
