"""What is recorded of the runs, held against what coverage calls shown: no clause without a proof.

Reads recorded files only, so that every run of the tests can ask. That a proof still holds where function or
test were written anew, only the run for the clauses tells.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tools.mutation.reach import ROOT

UNASKED = ROOT / "tools/mutation/unasked.toml"
KINDS = frozenset({"browser", "commits", "tables"})


@dataclass(frozen=True, slots=True)
class Kind:
    """Clauses for which the run can break nothing, or ask nobody, and why."""

    reason: str
    clauses: frozenset[str]


def read(path: Path = UNASKED) -> dict[str, Kind]:
    """The kinds of what nothing is asked for. Raises ValueError for a kind that is not one of the few."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    if strange := data.keys() - KINDS:
        raise ValueError(f"{path.name}: no such kind: {', '.join(sorted(strange))}")
    return {name: Kind(str(each["reason"]), frozenset(each["clauses"])) for name, each in data.items()}


def is_carrier(test: str, shown_by: Collection[str]) -> bool:
    """Whether the test that noticed is among the tests and worked cases that carry the clause today."""
    name, _, played = test.partition("[")
    return name in shown_by or f"tests/cases/{played.removesuffix(']')}.yaml" in shown_by


def problems(
    shown_by: Mapping[str, Collection[str]],
    verdicts: Mapping[str, bool],
    noticed: Iterable[tuple[str, str]],
    kinds: Mapping[str, Kind],
) -> Iterator[str]:
    """Each shown clause whose carriers did not notice, or for which nothing was asked without a reason.

    `noticed` are the recorded proofs, as clause and test; a verdict that none of them bears out is a problem,
    and so is a reason for a clause that needs none.
    """
    by_clause: dict[str, list[str]] = {}
    for clause, test in noticed:
        by_clause.setdefault(clause, []).append(test)
    excused = {clause: name for name, each in kinds.items() for clause in each.clauses}
    for clause, carriers in shown_by.items():
        verdict = verdicts.get(clause)
        if verdict is False:
            yield f"{clause}: of all that was broken for it, its carriers noticed nothing"
        elif verdict is None and clause not in excused:
            yield f"{clause}: nothing was asked for it; run python -m tools.mutation --clauses {clause}"
        elif verdict and not any(is_carrier(test, carriers) for test in by_clause.get(clause, ())):
            yield f"{clause}: who noticed carries it no more; run python -m tools.mutation --clauses {clause}"
    for clause, name in excused.items():
        if clause not in shown_by or verdicts.get(clause) is not None:
            yield f"unasked.toml, {name}: {clause} needs no reason"
