"""Answers of an e-form that do not agree with each other: told beside one of them, by rules that are data."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.dossiers.world import MONDAY, sheet

from motcua.catalogue.rules import eforms, wire
from motcua.catalogue.rules.agreeing import (
    HOW_MANY,
    RuleKind,
    check_known,
    disagreements,
    needed,
    offered,
    read_rule,
    rule_to_json,
)
from motcua.catalogue.services import importing
from motcua.config.demo import papers
from motcua.dossiers.rules.completeness import judged_with
from motcua.dossiers.rules.state import Applicant
from motcua.kernel.dates import ZONE

FORMS = [path.stem for path in Path(importing.DATA, "eforms").glob("*.json")]
BORN = {"child_birth_date": "01/03/2024", "requester_relation": "mother", "requester_id": "066090000001"}


def rule(kind: str, *others: str, **more: Any) -> dict[str, Any]:
    return {
        "kind": kind,
        "field": "a",
        "others": list(others),
        "say": "Sai.",
        "source": "kiến thức chung",
    } | more


def told(made: dict[str, Any], **answers: str) -> bool:
    return disagreements([read_rule(made)], answers) == {"a": "Sai."}


@pytest.mark.parametrize(
    ("made", "agreeing", "not_agreeing"),
    [
        (rule("any_of", "b", "c"), {"c": "x"}, {}),
        (rule("differs", "b"), {"a": "1", "b": "2"}, {"a": "Lê  An", "b": "lê an"}),
        (rule("same", "b"), {"a": "Lê  An", "b": "lê an"}, {"a": "1", "b": "2"}),
        (rule("before", "b"), {"a": "1990-01-01", "b": "02/01/1990"}, {"a": "1990-01-02", "b": "1990-01-02"}),
        (
            rule("not_before", "b"),
            {"a": "1990-01-02", "b": "02/01/1990"},
            {"a": "1990-01-01", "b": "1990-01-02"},
        ),
        (rule("at_most", "b"), {"a": "120.5", "b": "120,5"}, {"a": "1.200,5", "b": "1200"}),
        (rule("agreed"), {"a": "yes"}, {"a": "no"}),
        (rule("one_of", "b", "c"), {"b": "1", "a": "2", "c": "1"}, {"b": "1", "a": "2"}),
    ],
    ids=lambda each: each.get("kind") if isinstance(each, dict) else None,
)
def test_kind_of_rule_tells_what_does_not_agree(
    made: dict[str, Any], agreeing: dict[str, str], not_agreeing: dict[str, str]
) -> None:
    assert not told(made, **agreeing)
    assert told(made, **not_agreeing)


def test_rule_holds_only_when_its_condition_does() -> None:
    made = rule("needed", when={"field": "b", "is": ["yes", "perhaps"]})
    assert told(made, b="yes")
    assert not told(made, b="no")
    assert not told(made, b="yes", a="x")


def test_fault_that_is_told_elsewhere_is_not_told_again() -> None:
    first = read_rule(rule("any_of", "c") | {"field": "b", "say": "Thiếu."})
    again = read_rule(rule("any_of", "c", unless_told="b"))
    assert disagreements([first, again], {}) == {"b": "Thiếu."}
    assert disagreements([first, again], {"b": "x"}) == {"a": "Sai."}


@pytest.mark.parametrize(("relation", "own"), [("mother", 2), ("father", 3), ("guardian", None)])
def test_parent_who_asks_is_told_of_their_own_name_and_number_on_their_own_page(
    relation: str, own: int | None
) -> None:
    form = importing.eform("khai-sinh") or ()
    beside = BORN | {"requester_relation": relation, "parents_married": "no"}
    told_on = {at: eforms.check([form[at]], beside, today=date(2024, 3, 4))[1] for at in (2, 3)}
    wanted = {f"{relation}_name", f"{relation}_id"} if own else set()
    assert {at: set(faults) for at, faults in told_on.items()} == {
        at: wanted if at == own else set() for at in (2, 3)
    }


@pytest.mark.parametrize(("relation", "own"), [("mother", "mother"), ("father", "father"), ("guardian", "")])
def test_parent_who_asks_says_once_who_they_are(relation: str, own: str) -> None:
    form = importing.eform("khai-sinh") or ()
    requester = {"name": "Lê An", "id": "066090000001", "address": "Buôn Hồ"}
    answers = {f"requester_{key}": text for key, text in requester.items()} | {"requester_relation": relation}
    found = offered((each for section in form for each in section.rules), answers)
    assert found == ({f"{own}_{key}": text for key, text in requester.items()} if own else {})


def test_what_is_offered_is_no_fault_if_changed_and_comes_back_from_data() -> None:
    made = read_rule({"kind": "offered", "field": "a", "others": ["b"], "source": "kiến thức chung"})
    assert read_rule(rule_to_json(made)) == made
    assert disagreements([made], {"a": "1", "b": "2"}) == {}
    assert (offered([made], {"b": "2"}), offered([made], {"b": ""})) == ({"a": "2"}, {})


MARRIAGE = {"groom_id": "066090000001", "bride_id": "066190000002", "declaration": "yes"}


@pytest.mark.parametrize(
    ("changes", "faulty"),
    [
        ({"applicant_id": "066090000001"}, set()),
        ({"applicant_id": "066190000002"}, set()),
        ({"applicant_id": "066090000003"}, {"bride_id"}),
        ({"applicant_id": ""}, set()),  # nobody's number is known
        ({"declaration": "no"}, {"declaration"}),
        ({"preferred_date": "01/01/1990"}, {"preferred_date"}),
        ({"preferred_date": "03/03/2024"}, {"preferred_date"}),
        ({"preferred_date": "04/03/2024"}, set()),
    ],
)
def test_marriage_is_asked_for_by_one_of_both_of_free_will_and_for_a_day_to_come(
    changes: dict[str, str], faulty: set[str]
) -> None:
    form = importing.eform("ket-hon") or ()
    faults = eforms.check(form, MARRIAGE | changes, today=date(2024, 3, 4))[1]
    assert faults.keys() & {"bride_id", "declaration", "preferred_date"} == faulty


def test_whoever_builds_promises_to_keep_to_the_permit() -> None:
    form = importing.eform("cap-phep-xay-dung") or ()
    assert "commitment" not in eforms.check(form, {"commitment": "yes"})[1]
    assert "cam kết" in eforms.check(form, {"commitment": "no"})[1]["commitment"]


def test_what_an_earlier_answer_makes_needed_is_known_beforehand() -> None:
    mother = (importing.eform("khai-sinh") or ())[2]
    assert needed(mother.rules, {"requester_relation": "mother"}) == {"mother_name", "mother_id"}
    assert needed(mother.rules, {"requester_relation": "father", "parents_married": "yes"}) == {"mother_name"}
    assert needed(mother.rules, {"requester_relation": "guardian"}) == set()


@pytest.mark.parametrize("kind", ["differs", "same", "before", "not_before", "at_most"])
@pytest.mark.parametrize("answers", [{}, {"a": "1"}, {"b": "1"}])
def test_what_is_not_answered_disagrees_with_nothing(kind: str, answers: dict[str, str]) -> None:
    assert not told(rule(kind, "b"), **answers)


@pytest.mark.parametrize(
    "broken",
    [
        rule("eval", "b"),
        rule("same", "b", why="x"),
        rule("same"),
        rule("same", "b", "c"),
        rule("same", "a"),
        rule("any_of", "b", "b"),
        rule("needed"),
        rule("same", "b", say=""),
        rule("same", "b", say=1),
        rule("same", "b", source=""),
        rule("same", "b", unless_told=""),
        rule("same", "b", unless_told="a"),
        rule("same", "b", when="b"),
        rule("same", "b", when={"field": "b"}),
        rule("same", "b", when={"field": "b", "is": []}),
        rule("same", "b", when={"field": "b", "is": "yes"}),
        {**rule("same"), "others": "b"},
    ],
)
def test_rule_with_strange_keys_kinds_or_types_is_refused(broken: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        read_rule(broken)


@pytest.mark.parametrize(("own", "known"), [(("b",), ("a", "b")), (("a",), ("a",))])
def test_rule_about_a_question_that_is_not_there_is_refused(own: Any, known: Any) -> None:
    with pytest.raises(ValueError, match=r"a is not asked|no question is called b"):
        check_known([read_rule(rule("same", "b"))], own, known)


@pytest.mark.parametrize("name", FORMS)
def test_rules_of_every_form_are_read_are_marked_and_come_back_from_storage(name: str) -> None:
    sections = importing.eform(name)
    assert sections is not None
    for each in sections:
        assert wire.section(wire.section_to_json(each)) == each
        assert all(made.source == "kiến thức chung" for made in each.rules)
        assert all(read_rule(rule_to_json(made)) == made for made in each.rules)


@pytest.mark.parametrize("name", FORMS)
def test_sample_answers_agree(name: str) -> None:
    """Else the demo and the simulation could file nothing."""
    form = importing.eform(name) or ()
    applicant = Applicant("An", "066090000001", "0905000001", "an@example.vn", "Tân An")
    for seed in range(5):
        given_ = papers.answers(sheet(eform=form), applicant, "", MONDAY.astimezone(ZONE), Random(seed))
        known = judged_with(given_, applicant, "")
        assert eforms.check(form, known, today=MONDAY.date())[1] == {}


@pytest.mark.parametrize(
    ("answers", "field", "words"),
    [
        (
            {"mother_name": "Bình", "mother_birth_date": "01/03/2024"},
            "mother_birth_date",
            "trước ngày sinh của trẻ",
        ),
        ({}, "mother_name", "bạn khai mình là mẹ của trẻ"),
        ({"mother_name": "Bình", "parents_married": "yes"}, "father_name", "đã đăng ký kết hôn"),
        ({"father_name": "An", "parents_married": "yes"}, "mother_name", "hãy khai họ tên người mẹ"),
        ({"child_birth_date": "31/02/2024"}, "child_birth_date", "ví dụ 05/09/2025"),
        ({"mother_name": "Bình", "mother_id": "066090000002"}, "mother_id", "giống như ở mục đó"),
        ({"requester_relation": "father", "father_name": "An"}, "father_id", "hãy ghi số định danh của bạn"),
    ],
)
def test_birth_is_registered_only_with_answers_that_agree(
    answers: dict[str, str], field: str, words: str
) -> None:
    form = importing.eform("khai-sinh") or ()
    today = date(2024, 3, 4)
    assert words in eforms.check(form, BORN | answers, today=today)[1][field]
    right = {"mother_name": "Bình", "mother_id": BORN["requester_id"], "mother_birth_date": "1990-01-01"}
    faults = eforms.check(form, BORN | right, today=today)[1]
    assert not {"mother_birth_date", "mother_name", "mother_id", "father_name", "father_id"} & faults.keys()


def test_section_alone_is_compared_with_what_others_answered() -> None:
    """As the pages of a filing ask: one section, the answers of the others beside it."""
    mother = (importing.eform("khai-sinh") or ())[2]
    young = {
        "mother_name": "Bình",
        "mother_id": BORN["requester_id"],
        "mother_birth_date": "02/03/2024",
    }
    assert eforms.check([mother], BORN | young)[1].keys() == {"mother_birth_date"}
    assert eforms.check([mother], young)[1] == {}


ANSWERS = st.dictionaries(
    st.sampled_from("abc"), st.sampled_from(["", "1", "2,5", "x", "1990-01-01", "32/13/1"])
)


@given(kind=st.sampled_from([each for each in RuleKind if HOW_MANY.get(each) != (0, 0)]), answers=ANSWERS)
def test_whatever_is_answered_is_judged(kind: RuleKind, answers: dict[str, str]) -> None:
    told(rule(kind, "b"), **answers)
    if not answers.get("b") and kind is not RuleKind.ANY_OF:
        assert not told(rule(kind, "b"), **answers)
