"""What is recorded of the runs, held against what coverage calls shown: no clause without a proof.

Reads recorded files only, so that every run of the tests can ask. Whether a proof still holds where function
or test were written anew, only the run for the clauses tells; until then coverage says "earlier".
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tools.mutation.facts import Fact
from tools.mutation.reach import ROOT

from motcua.config.coverage.proof import Proof, Verdict, is_carrier

UNASKED = ROOT / "tools/mutation/unasked.toml"
UNNOTICED = ROOT / "tools/mutation/unnoticed.toml"
OWED = "owed"
KINDS = frozenset({"browser", "commits", "tables", OWED})


@dataclass(frozen=True, slots=True)
class Kind:
    """Clauses for which the run can break nothing or ask nobody, or whose proof is owed, and why."""

    reason: str
    clauses: frozenset[str]


def read(path: Path = UNASKED) -> dict[str, Kind]:
    """The kinds of what nothing is asked for. Raises ValueError for a kind that is not one of the few."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    if strange := data.keys() - KINDS:
        raise ValueError(f"{path.name}: no such kind: {', '.join(sorted(strange))}")
    return {name: Kind(str(each["reason"]), frozenset(each["clauses"])) for name, each in data.items()}


def problems(
    shown_by: Mapping[str, Collection[str]],
    verdicts: Mapping[str, Verdict],
    held: Collection[tuple[str, str, str]],
    kinds: Mapping[str, Kind],
) -> Iterator[str]:
    """Each shown clause whose carriers did not notice, or for which nothing was asked without a reason.

    `held` are the recorded proofs that the control set let pass, as clause, test and hash of that test; a
    line that says proved without one of them is a problem, and so is a reason for a clause that needs none.
    """
    excused = {clause: name for name, each in kinds.items() for clause in each.clauses}
    for clause, carriers in shown_by.items():
        verdict, again = verdicts.get(clause), f"run python -m tools.mutation --clauses {clause}"
        if verdict is None and clause not in excused:
            yield f"{clause}: nothing was asked for it; {again}"
        elif verdict is None:
            continue
        elif verdict.verdict == Proof.NOT:
            if excused.get(clause) != OWED:
                yield f"{clause}: of all that was broken for it, its carriers alone noticed nothing; {again}"
        elif not is_carrier(verdict.by, carriers):
            yield f"{clause}: who noticed carries it no more; {again}"
        elif verdict.verdict == Proof.PROVED and (clause, verdict.by, verdict.tests) not in held:
            yield f"{clause}: no recorded proof bears out that it is proved; {again}"
    for clause, name in excused.items():
        verdict = verdicts.get(clause)
        needed = verdict is not None and verdict.verdict == Proof.NOT if name == OWED else verdict is None
        if clause not in shown_by or not needed:
            yield f"unasked.toml, {name}: {clause} needs no reason"


def read_unnoticed(path: Path = UNNOTICED) -> dict[str, frozenset[str]]:
    """The changes of values that may pass unnoticed (`DL24 intake.reply_limit: gone`), by their reason."""
    groups = tomllib.loads(path.read_text(encoding="utf-8")).values()
    return {str(each["reason"]): frozenset(each["changes"]) for each in groups}


def problems_of_values(
    answers: Mapping[str, Mapping[str, str]], excused: Mapping[str, Collection[str]]
) -> Iterator[str]:
    """Each change of a value that who carries its clauses let pass without a reason, and each reason for one
    that needs none. What was not tried yet is named by the report. `answers`: by value, the status of each of
    its changes."""
    told = {f"{value}: {what}": status for value, each in answers.items() for what, status in each.items()}
    may_pass = {one for changes in excused.values() for one in changes}
    for change, status in told.items():
        if status in {"survived", "error"} and change not in may_pass:
            yield f"{change}: who carries its clauses noticed nothing"
    for change in sorted(may_pass):
        if told.get(change) not in {"survived", "untried"}:
            yield f"unnoticed.toml: {change} needs no reason"


def problems_of_facts(
    asked: Iterable[Fact],
    noticed_by: Mapping[tuple[str, str], str],
    carriers: Mapping[str, Collection[str]],
) -> Iterator[str]:
    """Each fact that could be left out without a carrier of the clause that wants it told noticing.

    `noticed_by`: by clause and fact, the test that noticed. Whether it reads as it did is the run's to say.
    """
    for fact in asked:
        for clause in fact.clauses:
            by, again = (
                noticed_by.get((clause, str(fact)), ""),
                f"run python -m tools.mutation --facts {clause}",
            )
            if not by:
                yield f"{clause}: {fact}: nobody noticed; {again}"
            elif not is_carrier(by, carriers.get(clause, ())):
                yield f"{clause}: {fact}: {by} carries it no more; {again}"
