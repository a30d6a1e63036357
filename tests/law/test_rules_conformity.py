"""The statement of conformity: whole, honest about what is missing, and pointing to what shows it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import get_resolver

from motcua.config.coverage import openness
from motcua.law import queries as law
from motcua.law.rules.conformity import (
    CHECKS,
    Answer,
    CitedText,
    asked_from,
    load_conformity,
    withheld,
)
from motcua.law.rules.values import Mark

ROOT = Path(__file__).parents[2]
ASKS = {"asks": "Làm", "asks_english": "Do"}
MET = {"met": "Đã làm", "met_english": "Done", "by": ["test:tests/x.py::test_y"]}
MISSING = {"missing": "Chưa có", "missing_english": "Not yet", "issue": "Operation"}
ONE = {"level": 3, "checks": ["eform"]} | ASKS | MET
TEXT = {"law": "Luật X", "article": "Đ1", "mark": "memory", "clauses": ["QN20-3.3"]}


def answers(text: CitedText) -> list[str]:
    return [str(one.answer) for one in text.requirements]


def shows(pointer: str) -> bool:
    """Whether the pointer leads somewhere; a test has to assert something, or to wait for a refusal."""
    kind, _, name = pointer.partition(":")
    if kind == "route":
        face, _, route = name.partition(":")
        return route in get_resolver().namespace_dict[face][1].reverse_dict
    if kind == "setting":
        return hasattr(settings, name)
    file, _, test = name.partition("::")
    found = [
        node
        for node in ast.parse((ROOT / file).read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name == test
    ]
    return any(
        isinstance(node, ast.Assert) or "pytest.raises" in ast.unparse(node)
        for function in found
        for node in ast.walk(function)
    )


def test_what_meets_a_requirement_is_there() -> None:
    pointers = [each for text in law.law().cited_texts for one in text.requirements for each in one.by]
    assert [each for each in pointers if not shows(each)] == []
    assert [shows(each) for each in ("route:portal:nowhere", "setting:NOTHING")] == [False, False]
    assert not shows("test:tests/law/test_rules_conformity.py::test_nothing")


def test_what_is_missing_is_brought_by_an_issue_that_comes_later() -> None:
    issues = {one.issue for text in law.law().cited_texts for one in text.requirements} - {""}
    assert issues <= set(openness.LATER)


@pytest.mark.clause("QN20-3.3")
@pytest.mark.parametrize("name", ["QN20"])
def test_principles_and_every_level_of_the_circular_are_answered(name: str) -> None:
    """Thông tư 32/2017, Điều 4 and 5, to which the clause points, point by point in their own words."""
    regulation = law.regulation(name)
    principles, levels = [
        text for text in law.cited_texts(regulation.short_name) if text.article in ("Đ4", "Đ5")
    ]
    assert (principles.mark, levels.mark) == (Mark.FOUND, Mark.FOUND)
    assert answers(principles) == ["partly", "met", "met"]
    assert [(one.place, one.level, str(one.answer)) for one in levels.requirements] == [
        ("k1", 1, "partly"),
        ("k2 b", 2, "met"),
        ("k2 c", 2, "met"),
        ("k3 b", 3, "met"),
        ("k3 c", 3, "partly"),
        ("k3 d", 3, "met"),
        ("k3 đ", 3, "partly"),
        ("k4 b", 4, "missing"),
        ("k4 c", 4, "partly"),
    ]
    asked = asked_from(law.cited_texts(name))
    assert asked == {"information": 1, "forms": 2, "eform": 3, "payment": 4}


@pytest.mark.clause("DL24-3.1")
@pytest.mark.parametrize("name", ["DL24"])
def test_both_articles_of_principles_are_answered_and_what_nobody_read_is_not_called_met(name: str) -> None:
    """Nghị định 45/2020 Điều 4 was seen as a summary only; Nghị định 61/2018 Điều 23 was read."""
    regulation = law.regulation(name)
    texts = {
        (text.law, text.article): text
        for text in law.cited_texts(regulation.short_name)
        if "DL24-3.1" in text.clauses
    }
    summary, unread, read = texts.values()
    assert [(text.law, text.article, text.mark) for text in texts.values()] == [
        ("NĐ 45/2020/NĐ-CP", "Đ4", Mark.MEMORY),
        ("NĐ 45/2020/NĐ-CP", "Đ4, lời văn", Mark.MISSING),
        ("NĐ 61/2018/NĐ-CP", "Đ23", Mark.FOUND),
    ]
    assert answers(summary) == ["partly", "partly", "partly", "met", "met", "partly"]
    assert answers(unread) == ["unread"]
    assert answers(read) == ["met", "missing", "partly", "partly"]


@pytest.mark.parametrize(
    ("change", "answer"),
    [
        ({"level": 0} | MET, Answer.MET),
        ({"level": 1, "checks": list(CHECKS)} | MET, Answer.MET),  # all that is looked for at once
        (MET, Answer.MET),
        (MET | MISSING, Answer.PARTLY),
        (MISSING, Answer.MISSING),
    ],
)
def test_answer_follows_what_is_there_and_what_is_not(change: dict[str, object], answer: Answer) -> None:
    (text,), problems = load_conformity(
        "f", {"text": [TEXT | {"requirement": [ASKS | change]}]}, ["QN20-3.3"]
    )
    assert ([one.answer for one in text.requirements], problems) == ([answer], ())
    assert [one.level for one in text.requirements] == [change.get("level", 0)]  # of whatever level


def test_lowest_level_that_a_text_names_is_from_where_a_thing_is_asked() -> None:
    texts = [
        TEXT | {"requirement": [ONE | {"level": level}, ONE | {"level": 4, "checks": ["payment"]}]}
        for level in (4, 3)
    ]
    found, _ = load_conformity("f", {"text": texts}, ["QN20-3.3"])
    assert asked_from(found) == {"eform": 3, "payment": 4}
    assert [text.is_of("QN20") for text in found] == [True, True]
    assert not found[0].is_of("QN2")


@pytest.mark.parametrize(
    ("of_text", "of_one"),
    [
        ({"law": ""}, {}),
        ({"mark": "guessed"}, {}),
        ({"mark": "found"}, {}),  # without a source
        ({"source": "somewhere"}, {}),  # from memory, with one
        ({"clauses": []}, {}),
        ({"clauses": ["QN20-99"]}, {}),
        ({"mark": "missing"}, {}),  # met, though nobody read it
        ({}, {"level": 5}),
        ({}, {"level": 0}),  # looked for in procedures, from no level on
        ({}, {"checks": ["beauty"]}),
        ({}, {"asks": ""}),
        ({}, {"met_english": ""}),
        ({}, {"met": "", "met_english": "", "by": []}),  # neither met nor missing
        ({}, {"by": ["route:portal:home"]}),  # met, but no test shows it
        ({}, {"by": ["test:x", "function:y"]}),
        ({}, MISSING | {"issue": ""}),
        ({}, {"issue": "Operation"}),
    ],
)
def test_what_is_not_whole_is_a_fault(of_text: dict[str, object], of_one: dict[str, object]) -> None:
    whole = {"text": [TEXT | {"requirement": [ONE]}]}
    assert load_conformity("f", whole, ["QN20-3.3"])[1] == ()
    found, problems = load_conformity(
        "f", {"text": [TEXT | of_text | {"requirement": [ONE | of_one]}]}, ["QN20-3.3"]
    )
    assert found == ()
    assert {problem.file for problem in problems} == {"f"}


@pytest.mark.parametrize(
    ("of_text", "of_one", "kept_open"),
    [
        ({}, MET, {}),
        ({}, MET | MISSING, {"QN20-3.3": ("Operation",)}),
        ({}, MISSING, {"QN20-3.3": ("Operation",)}),
        ({"mark": "missing"}, {"missing": "Chưa đọc", "missing_english": "Not read"}, {"QN20-3.3": ()}),
    ],
)
def test_a_clause_that_rests_on_the_statement_is_kept_open_by_one_thing_that_is_not_met(
    of_text: dict[str, str], of_one: dict[str, object], kept_open: dict[str, tuple[str, ...]]
) -> None:
    whole = TEXT | {"requirement": [ONE]}
    spoilt = TEXT | of_text | {"requirement": [{"level": 0} | ASKS | of_one]}
    data = {"rests": ["QN20-3.3"], "text": [whole, spoilt | {"clauses": ["QN20-3.3", "DL24-5.1"]}]}
    texts, problems = load_conformity("f", data, ["QN20-3.3", "DL24-5.1"])
    assert problems == ()
    assert withheld(texts) == kept_open


def test_what_rests_on_the_statement_is_cited_there() -> None:
    data = {"rests": ["QN20-3.3", "QN20-1.3"], "text": [TEXT | {"requirement": [ONE]}]}
    assert [str(each.key) for each in load_conformity("f", data, ["QN20-3.3"])[1]] == ["rests"]


def test_all_four_that_only_point_to_laws_wait_for_what_is_missing_there() -> None:
    found = withheld(law.law().cited_texts)
    assert set(found) == {"QN20-3.3", "KT22-22.1", "DL24-3.1", "PT24-3.2"}
    assert all(set(issues) <= set(openness.LATER) for issues in found.values())
