"""A law that a regulation only points to is replaced in the data; the rules follow, no code changes."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from tests.dossiers.world import MONDAY, sheet

from motcua.dossiers.rules import receipt
from motcua.dossiers.rules.facts import Facts
from motcua.kernel.actors import SYSTEM
from motcua.law import queries
from motcua.law.rules import Regulation
from motcua.worktime.queries import published_calendar

DATA = Path(queries.__file__).parent / "data"


def with_new_law(folder: Path, name: str) -> Regulation:
    """The regulation read from a copy of the data in which the cited decree was replaced by another."""
    shutil.copytree(DATA, folder)
    file = folder / "regulations" / f"{name}.toml"
    lines = file.read_text(encoding="utf-8").splitlines()
    (number,) = (n for n, line in enumerate(lines) if line.startswith("reply_limit"))
    assert 'value = "8wh"' in lines[number]
    assert "NĐ 45/2020/NĐ-CP" in lines[number]
    for old, new in (('"8wh"', '"4wh"'), ("NĐ 45/2020/NĐ-CP", "NĐ 99/2030/NĐ-CP"), ('"found"', '"memory"')):
        lines[number] = lines[number].replace(old, new)
    file.write_text("\n".join(lines), encoding="utf-8")
    return queries.load(folder).regulations[name]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("KT22", marks=pytest.mark.clause("KT22-27.2")),
        pytest.param("QN20", marks=pytest.mark.clause("QN20-30.1")),
        pytest.param("DL24", marks=pytest.mark.clause("DL24-26#1")),
    ],
)
def test_law_that_replaces_a_cited_one_is_followed_from_the_data(tmp_path: Path, name: str) -> None:
    now = queries.regulation(name)
    new = with_new_law(tmp_path / "data", name)
    value = new.get("intake.reply_limit")
    assert value is not None
    assert value.by_reference is not None
    assert (value.by_reference.law, value.clauses) == ("NĐ 99/2030/NĐ-CP", now.clauses("intake.reply_limit"))
    assert new.flag("legal.replaced_laws_apply") is True
    facts = Facts(SYSTEM, sheet(), now, published_calendar("dak-lak"))
    replies = [receipt.reply_due(MONDAY, "online", replace(facts, regulation=each)) for each in (now, new)]
    assert [f"{each:%d %H:%M}" for each in replies] == ["05 08:00", "04 14:00"]
