"""Clauses of the regulations, and our readings where a text is unclear."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from motcua.kernel.bilingual import Bilingual, bilingual
from motcua.law.errors import Problem

COLUMNS = (
    "id",
    "inferred",
    "kind",
    "actor",
    "requirement",
    "requirement_english",
    "parameter",
    "parameter_english",
    "refers_to",
    "capability",
)
_READING = {"clauses", "issue", "issue_english", "reading", "reading_english"}


@dataclass(frozen=True, slots=True)
class Clause:
    """One requirement of a regulation, in our own words: one sentence, and the value it names if any.

    `inferred` tells that the article number is missing from the text we have and follows from its order.
    """

    id: str
    inferred: bool
    kind: str
    actor: str
    requirement: Bilingual
    parameter: Bilingual
    refers_to: tuple[str, ...]
    capability: str

    @property
    def regulation(self) -> str:
        """Short name of the regulation, such as `DL24`."""
        return self.id.partition("-")[0]


@dataclass(frozen=True, slots=True)
class Reading:
    """How we read a conflict or an unclear passage; `id` such as `A10`."""

    id: str
    clauses: tuple[str, ...]
    issue: Bilingual
    reading: Bilingual


def load_clauses(
    file: str, rows: Iterable[Mapping[str, str]]
) -> tuple[dict[str, Clause], tuple[Problem, ...]]:
    """The registry by id, with a problem for each row that is incomplete or repeated."""
    registry: dict[str, Clause] = {}
    problems: list[Problem] = []
    for line, row in enumerate(rows, start=2):
        missing = [name for name in COLUMNS if row.get(name) is None]
        if missing:
            problems.append(Problem(file, f"line {line}", f"missing columns: {', '.join(missing)}"))
            continue
        clause = _clause(row)
        if not clause.id or clause.id in registry:
            problems.append(Problem(file, f"line {line}", f"empty or repeated clause id {clause.id!r}"))
            continue
        if untold := _untold(clause):
            problems.append(Problem(file, f"line {line}", untold))
        registry[clause.id] = clause
    return registry, tuple(problems)


def _clause(row: Mapping[str, str]) -> Clause:
    laws = tuple(part.strip() for part in row["refers_to"].split(";") if part.strip())
    return Clause(
        id=row["id"],
        inferred=row["inferred"] == "1",
        kind=row["kind"],
        actor=row["actor"],
        requirement=bilingual(row, "requirement"),
        parameter=bilingual(row, "parameter"),
        refers_to=laws,
        capability=row["capability"],
    )


def _untold(clause: Clause) -> str:
    """What is missing of its words; empty if they are there in both languages."""
    if not (clause.requirement.vietnamese and clause.requirement.english):
        return f"{clause.id} lacks its requirement in Vietnamese or in English"
    if bool(clause.parameter.vietnamese) != bool(clause.parameter.english):
        return f"{clause.id} has its parameter in one language only"
    return ""


def load_readings(
    file: str, data: Mapping[str, object], clauses: Mapping[str, Clause]
) -> tuple[dict[str, Reading], tuple[Problem, ...]]:
    """Our readings by id, with a problem for each that lacks a part or names an unknown clause."""
    readings: dict[str, Reading] = {}
    problems: list[Problem] = []
    for key, raw in data.items():
        if not isinstance(raw, dict) or set(raw) != _READING:
            problems.append(Problem(file, key, "a reading has clauses, issue and reading, both with English"))
            continue
        ids = tuple(map(str, raw["clauses"]))
        problems += [
            Problem(file, f"{key}.clauses", f"unknown clause id {one!r}") for one in ids if one not in clauses
        ]
        readings[key] = Reading(key, ids, bilingual(raw, "issue"), bilingual(raw, "reading"))
    return readings, tuple(problems)
