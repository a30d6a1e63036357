"""The tool that breaks rules: which tests it asks, what it tries again, and that nothing old answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools.mutation import running
from tools.mutation.mutants import Mutant, mutants_of

from motcua.config.places import ROOT
from motcua.kernel.periods import Period
from motcua.worktime.rules import Calendar, Week, hours

HERE = ("src/motcua/x/rules/y.py", "rule")
MUTANT = Mutant(*HERE, line=7, what="1 becomes 2", key="k", place=0, variant=0)


def run_that_knows(
    known: dict[str, object] | None, *, pure: bool = False, proved: bool = False
) -> running.Run:
    """A run of which nothing is there but what decides what is to do."""
    run: running.Run = object.__new__(running.Run)
    run.known, run.pure = ({} if known is None else {"k": known}), pure
    run.ids, run.carried = {HERE: {"DL24-7.1"}}, {"a test": {"DL24-7.1"}}
    run.proved = {"DL24-7.1"} if proved else set()
    return run


@pytest.mark.parametrize(
    ("known", "pure", "proved", "expected"),
    [
        (None, True, False, True),
        (None, False, True, True),
        ({"pure": True}, False, False, True),
        ({"pure": True}, False, True, False),
        ({"pure": True}, True, False, False),
        ({}, False, False, False),
    ],
)
def test_what_was_noticed_without_a_database_is_tried_again_until_a_case_proves_its_clause(
    known: dict[str, object] | None, pure: bool, proved: bool, expected: bool
) -> None:
    assert run_that_knows(known, pure=pure, proved=proved)._is_to_do(MUTANT) is expected


def test_only_tests_that_reach_the_line_are_asked_where_any_does() -> None:
    reached = {HERE: {7: ["one"], 9: ["two", "three"]}}
    assert running._tests_of(MUTANT, reached) == {"one"}
    assert running._tests_of(MUTANT, {HERE: {9: ["two", "three"]}}) == {"two", "three"}
    assert running._tests_of(MUTANT, {}) == set()


def test_notes_come_back_as_they_were() -> None:
    reached: running.Reached = {HERE: {7: ["one", "two"], 9: ["two"]}}
    seconds = {"one": 0.1, "two": 0.2}
    assert running._noted(running._to_note(reached, seconds)) == (reached, seconds)


def test_property_that_keeps_its_value_is_asked_again() -> None:
    """Broken is the code; what an instance has kept of the code as it was would hide that."""
    day = hours(["07:30-11:30"])
    calendar = Calendar("Lịch", (Week(Period(), (day,) * 7),))
    assert calendar.forecast_from is None
    vars(calendar)["forecast_from"] = "kept"
    running._forget_answers()
    assert calendar.forecast_from is None


def test_function_below_every_kind_of_property_is_found_and_broken_code_can_be_made() -> None:
    for name in ("forecast_from", "day_minutes", "is_open"):
        assert running._plain(vars(Calendar)[name]).__name__ == name
    path = ROOT / "src/motcua/worktime/rules/moments.py"
    codes = [mutant.code(ROOT) for mutant in mutants_of(ROOT, Path(path))]
    assert {code.co_name for code in codes} == {"local"}
    assert len({code.co_code for code in codes}) > 3
