"""Clauses of the regulations, and our readings where a text is unclear."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from motcua.law.errors import Problem

COLUMNS = ("id", "inferred", "kind", "actor", "requirement", "parameter", "refers_to", "capability")


@dataclass(frozen=True, slots=True)
class Clause:
    """One requirement of a regulation, in our own words.

    `inferred` tells that the article number is missing from the text we have and follows from its order.
    """

    id: str
    inferred: bool
    kind: str
    actor: str
    requirement: str
    parameter: str
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
    issue: str
    reading: str


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
        registry[clause.id] = clause
    return registry, tuple(problems)


def _clause(row: Mapping[str, str]) -> Clause:
    laws = tuple(part.strip() for part in row["refers_to"].split(";") if part.strip())
    return Clause(
        id=row["id"],
        inferred=row["inferred"] == "1",
        kind=row["kind"],
        actor=row["actor"],
        requirement=row["requirement"],
        parameter=row["parameter"],
        refers_to=laws,
        capability=row["capability"],
    )


def load_readings(
    file: str, data: Mapping[str, object], clauses: Mapping[str, Clause]
) -> tuple[dict[str, Reading], tuple[Problem, ...]]:
    """Our readings by id, with a problem for each that lacks a part or names an unknown clause."""
    readings: dict[str, Reading] = {}
    problems: list[Problem] = []
    for key, raw in data.items():
        if not isinstance(raw, dict) or set(raw) != {"clauses", "issue", "reading"}:
            problems.append(Problem(file, key, "a reading has exactly clauses, issue and reading"))
            continue
        ids = tuple(map(str, raw["clauses"]))
        problems += [
            Problem(file, f"{key}.clauses", f"unknown clause id {one!r}") for one in ids if one not in clauses
        ]
        readings[key] = Reading(key, ids, str(raw["issue"]), str(raw["reading"]))
    return readings, tuple(problems)
