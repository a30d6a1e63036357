"""What breaking the rules has shown of each clause: `law/data/proved.csv`, which the mutation report writes.

A clause that stands in the file was tried: functions on which it rests were broken, and what carries it
noticed or did not. Only who noticed shows a clause; what nothing was asked for is not shown. A line that says
`proved` names what was broken and who noticed, each with a hash of how it read: whether it is proved is
answered when it is asked, for the code and the tests that lie there then, so that a file that was merged by
hand, or is older than the code, says no more than it knows. A clause that nothing carries any more goes from
the file (`motcua law coverage --write`), and only a report adds one.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, fields
from enum import StrEnum
from pathlib import Path

from motcua.config.coverage import fingerprints

FILE = Path("src/motcua/law/data/proved.csv")


class Proof(StrEnum):
    """What is known of a clause that was tried."""

    PROVED = "proved"  # at this code: who carries it noticed, the control set did not
    EARLIER = "earlier"  # who carries it noticed once; since changed, or the control set was not asked
    NOT = "not_proved"  # nothing that was broken for it was noticed by who carries it alone


@dataclass(frozen=True, slots=True)
class Verdict:
    """One line of the file. What stands behind `verdict` is said of what is proved: the function that was
    broken, who noticed, and hashes of both."""

    clause: str
    verdict: str
    file: str = ""
    function: str = ""
    code: str = ""
    by: str = ""
    tests: str = ""


HEADS = tuple(each.name for each in fields(Verdict))


def read(path: Path) -> dict[str, Verdict]:
    """What the last report knew of each clause that was tried. Raises ValueError naming a line that cannot
    be."""
    with path.open(encoding="utf-8", newline="") as file:
        return dict(_verdicts(csv.DictReader(file)))


def _verdicts(rows: csv.DictReader[str]) -> Iterator[tuple[str, Verdict]]:
    seen = set[str]()
    for row in rows:
        one, word = row["clause"], row["verdict"]
        if word not in set(Proof) or one in seen:
            raise ValueError(f"{FILE.name}, line {rows.line_num}: {one},{word}")
        seen.add(one)
        yield one, Verdict(*(row.get(head) or "" for head in HEADS))


def dump(verdicts: Iterable[Verdict]) -> str:
    """The text of the file."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(HEADS)
    table.writerows(astuple(each) for each in sorted(verdicts, key=lambda one: one.clause))
    return text.getvalue()


def is_carrier(test: str, carried_by: Collection[str]) -> bool:
    """Whether the test that noticed is among the tests and worked cases that carry the clause today."""
    name, _, played = test.partition("[")
    return name in carried_by or f"tests/cases/{played.removesuffix(']')}.yaml" in carried_by


def who_noticed(verdict: Verdict, carried_by: Iterable[str]) -> tuple[str, ...]:
    """Who carries the clause and is on record as having noticed when it was broken. A mark alone is no
    record, whatever the test asserts."""
    if verdict.verdict == Proof.NOT:
        return ()
    return tuple(one for one in carried_by if is_carrier(verdict.by, (one,)))


def today(verdict: Verdict, root: Path, carried_by: Collection[str]) -> Proof:
    """What may be claimed at the code and the tests below `root`: `proved` only while the function that was
    broken and the test that noticed read as they did, and that test carries the clause."""
    told = Proof(verdict.verdict)
    if told is Proof.PROVED and not _holds(verdict, root, carried_by):
        return Proof.EARLIER
    return told


def _holds(verdict: Verdict, root: Path, carried_by: Collection[str]) -> bool:
    return (
        bool(verdict.code and verdict.tests)
        and is_carrier(verdict.by, carried_by)
        and fingerprints.of_function(root, verdict.file, verdict.function) == verdict.code
        and fingerprints.of_test(root, verdict.by) == verdict.tests
    )


def without(verdicts: Mapping[str, Verdict], carried: Collection[str]) -> list[Verdict]:
    """The verdicts of what is still carried."""
    return [verdict for one, verdict in verdicts.items() if one in carried]


def problems(verdicts: Collection[str], carried: Collection[str]) -> Iterator[str]:
    """What the file says of clauses that nothing carries, which nothing can prove either."""
    for one in verdicts:
        if one not in carried:
            yield f"{FILE.name}: nothing carries {one}; run motcua law coverage --write"
