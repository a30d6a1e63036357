"""Acts that other laws forbid: only of laws that a regulation names, and always with where they are from."""

from __future__ import annotations

import pytest

from motcua.kernel.bilingual import Bilingual
from motcua.law import queries as law
from motcua.law.rules.forbidden import load_forbidden, load_own
from motcua.law.rules.values import Mark

LAW = "Luật X Đ1"
WHOLE = {"whom": "everybody", "mark": "memory", "acts": ["Làm hỏng"], "acts_english": ["Break"]}


def test_acts_are_those_of_the_law_that_a_regulation_names() -> None:
    found, problems = load_forbidden("f", {LAW: [WHOLE]}, {LAW})
    assert ([each.acts for each in found[LAW]], problems) == ([(Bilingual("Làm hỏng", "Break"),)], ())
    _, problems = load_forbidden("f", {LAW: [WHOLE]}, set())
    assert [str(each) for each in problems] == [f"f: {LAW}: no regulation names this law"]


@pytest.mark.parametrize(
    "change",
    [
        {"whom": "dogs"},
        {"mark": "derived"},
        {"mark": "found"},  # without a source
        {"source": "somewhere"},  # from memory, with one
        {"acts": []},
        {"acts": [""]},
        {"acts": ["Làm hỏng", ""], "acts_english": ["Break", "Nothing"]},
        {"acts": ["Làm hỏng", 1], "acts_english": ["Break", "One"]},
        {"acts_english": []},
        {"acts_english": ["Break", "Destroy"]},
        {"acts": "all"},
    ],
)
def test_a_table_that_is_not_whole_is_a_problem(change: dict[str, object]) -> None:
    found, problems = load_forbidden("f", {LAW: [WHOLE | change]}, {LAW})
    assert (found[LAW], len(problems)) == ((), 1)


def test_what_no_text_gives_stays_with_its_article() -> None:
    assert law.forbidden("Luật Giao dịch điện tử 2023 Đ9") == ()
    assert {each.mark for each in law.forbidden("NĐ 45/2020/NĐ-CP Đ5 k3")} == {Mark.MEMORY}
    assert {each.mark for each in law.forbidden("NĐ 45/2020/NĐ-CP Đ6 k2")} == {Mark.FOUND}


@pytest.mark.parametrize(
    "english", [{}, {"X": []}, {"X": ["Break", "Destroy"]}, {"X": ["Break"], "Y": ["Steal"]}]
)
def test_acts_of_a_regulation_without_english_for_each_are_a_problem(english: dict[str, object]) -> None:
    found, problems = load_own("f", {"own": {"X": ["Break"]}}, {"X": ("Làm hỏng",), "Y": ()})
    assert (found, problems) == ({"X": ("Break",)}, ())
    assert len(load_own("f", {"own": english}, {"X": ("Làm hỏng",), "Y": ()})[1]) == 1


def test_act_that_quang_ngai_forbids_is_told_whole() -> None:
    """QN20-26.3 names three: malware, hindering, and affecting the system."""
    (act,) = law.regulation("QN20").words("prohibited.acts")
    assert "làm ảnh hưởng đến hệ thống" in act
    assert [each.rpartition(", ")[0] for each in law.acts_english("QN20")] == [
        "Spreading viruses or malicious code, hindering the working of the system or affecting the system"
    ]
