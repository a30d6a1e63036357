"""The words that lawyers read of the law are Vietnamese, and none is missing in either language."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.kernel.letters import has_own_letters

from motcua.config import places
from motcua.config.coverage import obeyed, openness
from motcua.config.coverage.computing import OPEN_FILE
from motcua.config.coverage.naming import KIND
from motcua.kernel.bilingual import Bilingual
from motcua.law import queries
from motcua.law.labels import ISSUES

TOOL = places.ROOT / "tools/make_clause_registry.py"
REGISTRY = places.SOURCE / "law/data/clauses.csv"


def told() -> Iterator[tuple[str, Bilingual]]:
    """Every sentence of the data on the law with the place where it stands."""
    law = queries.law()
    for clause in law.clauses.values():
        yield clause.id, clause.requirement
    for reading in law.readings.values():
        yield from ((reading.id, reading.issue), (reading.id, reading.reading))
    for group in openness.read(places.ROOT / OPEN_FILE):
        yield group.ids[0], group.text
    for text in law.cited_texts:
        for one in text.requirements:
            where = f"{text.law} {text.article} {one.place}"
            yield from ((where, each) for each in (one.asks, one.met, one.missing) if each)
    for unread in obeyed.read(places.ROOT / obeyed.FILE):
        yield unread.keys[0], unread.text


def test_sentences_on_the_law_are_vietnamese_and_english_stands_beside_each():
    listed = list(told())
    assert [where for where, text in listed if not has_own_letters(text.vietnamese)] == []
    assert [where for where, text in listed if text.english in ("", text.vietnamese)] == []


def test_what_a_clause_names_is_vietnamese_unless_it_is_an_address_or_a_name():
    """`24/24` and the titles of forms are the same in both languages."""
    named = [(one.id, one.parameter) for one in queries.law().clauses.values() if one.parameter]
    assert [
        where
        for where, text in named
        if not has_own_letters(text.vietnamese) and text.vietnamese != text.english
    ] == []


def test_every_kind_of_clause_and_every_issue_has_a_name_in_words():
    groups = [*openness.read(places.ROOT / OPEN_FILE), *obeyed.read(places.ROOT / obeyed.FILE)]
    assert {group.issue for group in groups} - {""} <= set(ISSUES)
    assert set(openness.LATER) <= set(ISSUES)
    assert {clause.kind for clause in queries.law().clauses.values()} == set(KIND)


def made(source: Path, target: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(TOOL), str(source), str(target)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def rewritten(path: Path, **renamed: str) -> Path:
    """The registry as a table in English only, with some sentences exchanged."""
    rows = list(csv.DictReader(REGISTRY.read_text("utf-8").splitlines()))
    with path.open("w", encoding="utf-8", newline="") as stream:
        names = ("id", "inferred", "kind", "actor", "requirement", "parameter", "refers_to", "capability")
        writer = csv.DictWriter(stream, names, extrasaction="ignore")
        writer.writeheader()
        for row in rows:
            said = renamed.get(row["id"], row["requirement_english"])
            writer.writerow(row | {"requirement": said, "parameter": row["parameter_english"]})
    return path


def test_registry_made_from_a_table_in_english_keeps_its_vietnamese(tmp_path):
    assert made(rewritten(tmp_path / "table.csv"), tmp_path / "made.csv").returncode == 0
    assert (tmp_path / "made.csv").read_bytes() == REGISTRY.read_bytes()
    assert made(REGISTRY, tmp_path / "again.csv").returncode == 0
    assert (tmp_path / "again.csv").read_bytes() == REGISTRY.read_bytes()


def test_registry_does_not_keep_the_vietnamese_of_other_words(tmp_path):
    answer = made(rewritten(tmp_path / "table.csv", **{"KT18-2.1": "Something else."}), tmp_path / "made.csv")
    assert answer.returncode == 1
    assert answer.stderr.endswith(": KT18-2.1 lacks its requirement in Vietnamese or in English\n")
    assert not (tmp_path / "made.csv").exists()
