"""What carries a clause runs under its regulation, or says why that makes no difference."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from tests import regulations

from motcua.law import queries as law

TESTS = Path(__file__).resolve().parents[1]
# How many tests may say that the regulation makes no difference. This number only ever becomes smaller.
AT_MOST = 38


def _said(function: ast.FunctionDef, mark: str) -> list[ast.Call]:
    marks = (each for each in function.decorator_list if isinstance(each, ast.Call))
    return [each for each in marks if ast.unparse(each.func) == f"pytest.mark.{mark}"]


def test_few_tests_say_that_the_regulation_makes_no_difference_and_all_say_why() -> None:
    found = []
    for path in TESTS.rglob("test_*.py"):
        text = path.read_text(encoding="utf-8")
        if "mark.any_regulation" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and (said := _said(node, "any_regulation")):
                why = ast.literal_eval(said[0].args[0])
                assert len(why) > 20, node.name
                assert _said(node, "clause"), f"{node.name} carries no clause"
                found.append(node.name)
    assert len(found) <= AT_MOST


def test_carrier_under_another_regulation_is_noticed(request: pytest.FixtureRequest) -> None:
    item = request.node
    item.add_marker(pytest.mark.clause("KT18-14.4", "DL24-8.1.b"))
    assert regulations.missed(item, {"DL24"}) == {"KT18"}
    assert regulations.missed(item, {"DL24", "KT18"}) == set()
    item.add_marker(pytest.mark.any_regulation("so that this test itself is no carrier"))
    assert regulations.missed(item, set()) == set()


@pytest.mark.parametrize("name", list(regulations.PLACES))
def test_what_is_asked_is_noted(name: str) -> None:
    province, monday = regulations.PLACES[name]
    watch = regulations.Watch()
    with watch.listening():
        assert watch.asked == set()
        regulation = law.regulation_in_force(province, monday.date())
        assert (regulation.short_name, watch.asked) == (name, {name})
        watch.asked.clear()
        regulation.flag("result.explicit_close")
        assert watch.asked == {name}
