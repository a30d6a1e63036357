"""Regulations side by side."""

from __future__ import annotations

import json

import pytest

from motcua.config.cli import main
from motcua.law import queries
from motcua.law.rules.comparing import Side, compare
from motcua.law.rules.values import Value


def sides(*names: str):
    return {side.key: side for side in compare([queries.regulation(name) for name in names])}


def test_compare_two_regulations_tells_what_differs_with_silence_as_a_difference():
    found = sides("KT22", "QN20")
    assert found["operator.agency"].differs
    assert found["account.required_for"].differs is False
    assert found["refund.ground"].values[0] is None
    assert found["refund.ground"].differs


def test_compare_puts_differences_first_and_leaves_out_what_nobody_says():
    found = compare([queries.regulation(name) for name in ("DL24", "PT24")])
    states = [side.differs for side in found]
    assert states == sorted(states, reverse=True)
    assert "report.agencies_before" not in {side.key for side in found}  # KT18 alone says it


def test_compare_a_regulation_with_itself_finds_no_difference():
    assert not any(side.differs for side in sides("DL24", "DL24").values())


@pytest.mark.parametrize("names", [("DL24", "PT24", "KT18"), ("PT24", "KT18", "DL24")])
def test_compare_difference_does_not_hang_on_the_order(names):
    assert {key for key, side in sides(*names).items() if side.differs} == {
        key for key, side in sides(*sorted(names)).items() if side.differs
    }


def test_command_compare_json_names_values_and_clauses(capsys):
    assert main(["law", "compare", "kt18", "DL24", "--json"]) == 0
    rows = {row["key"]: row for row in json.loads(capsys.readouterr().out)}
    term = rows["intake.forward_limit"]
    assert term["differs"]
    assert (term["values"]["KT18"]["value"], term["values"]["KT18"]["clauses"]) == ("0.5wd", ["KT18-14.4"])
    assert term["values"]["DL24"]["value"] == "8wh"


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["KT22"], 2, "name another"),
        (["--dossier", "X"], 2, "together with --under"),
        (["KT22", "XX"], 1, "law.unknown_regulation"),
    ],
)
def test_command_compare_wrong_use_is_one_line(capsys, arguments, status, told):
    assert main(["law", "compare", *arguments]) == status
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1


def test_command_compare_text_marks_differences(capsys):
    assert main(["law", "compare", "KT22", "QN20"]) == 0
    out = capsys.readouterr().out
    assert "≠ operator.agency\n    KT22  office  [KT22-6.1 KT22-22.10]\n    QN20  dttt" in out


@pytest.mark.parametrize(
    ("one", "other", "differs"),
    [
        (("sms", "email"), ("email", "sms"), False),  # a list says the same in any order
        (("sms",), ("email",), True),
        (("s",), "s", True),
        (3, 3, False),
        (3, None, True),
        (None, None, False),
    ],
)
def test_values_differ_in_what_they_say_and_silence_only_from_speech(one, other, differs):
    values = [None if each is None else Value("a.b", each) for each in (one, other)]
    assert Side("a.b", tuple(values)).differs is differs
    assert Side("a.b", tuple(reversed(values))).differs is differs
