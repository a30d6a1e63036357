"""A pytest plugin: changes one value of the regulations after the other, and asks who carries its clauses.

The other two runs break functions. A function that reads the wrong key, or a test that takes what it expects
from the value itself, is noticed by neither. Here a value that code reads says something else in a forked
child, as the regulations that are in memory say it (no file is touched), and the tests and worked cases run
that carry one of the clauses which give the value, those without a database first, until one fails. What was
answered is kept in `tools/mutation/values.csv` as it comes: a run that was stopped goes on where it stood. An
answer holds as long as the value and the tests that gave it (of one that nobody noticed: all that were asked)
read as they did.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest
from tools.mutation import apart, kept, proving, reach, running, workers
from tools.mutation.proving import SECONDS
from tools.mutation.reach import ROOT
from tools.mutation.values import GONE, Changed, changes_of
from tools.mutation.workers import Answer, Bench, Task

from motcua.config.coverage import obeyed
from motcua.law import queries as law

VERDICTS = ROOT / "tools/mutation/values.csv"
FATES = ("every", "some", "none", "nobody", "untried")  # of a value: in how many ways it was noticed


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was answered to one change: by whom it was noticed, or that all who were asked let it pass."""

    key: str
    value: str  # regulation and key, for who reads the file
    change: str
    status: str
    by: str
    tests: str


class Run:
    """One run: the carriers of each clause, what can be changed, and what is known of it."""

    def __init__(self, session: pytest.Session, only: str) -> None:
        self.items, self.carried = running.carrying(session)
        self.only = only.split(",")
        self.bench = Bench(self.items)

    def go(self, processes: int) -> None:
        """Ask of every change that is not known, in so many processes."""
        wanted = [
            one for one in changes() if any(each in id_ for each in self.only for id_ in one.was.clauses)
        ]
        verdicts = {one.key: one for one in read()}
        todo = [one for one in wanted if not self._still_holds(verdicts.get(one.key), one)]
        print(f"{len(wanted)} changes, {len(wanted) - len(todo)} known, {len(todo)} to do", flush=True)
        with apart.setting_slips_apart():
            self.bench.warm(running.asks_database)
        began, done = time.monotonic(), 0
        for one in todo:
            if not self._asked(one):
                verdicts[one.key] = self._verdict(one, ("untested", ""))
        tasks = (Task(one, self._asked(one), confirm=True) for one in sorted(todo, key=_is_gone))
        asked = (task for task in tasks if task.tests)
        with workers.workers(self.bench, processes, reach.FOLDER, with_database=True) as ends:
            for done, (task, answer) in enumerate(workers.share_out(ends, asked), start=1):
                assert isinstance(task.mutant, Changed)
                verdicts[task.mutant.key] = self._verdict(task.mutant, answer)
                write(verdicts.values())
                if done % 25 == 0 or answer[0] != "killed":
                    running.say(f"{done}/{len(todo)}: {answer[0]} {task.mutant}")
        write(verdicts.values())
        running.say(f"{done} changed in {time.monotonic() - began:.0f} s")

    def _asked(self, changed: Changed) -> tuple[tuple[str, float], ...]:
        """Who carries a clause that gives the value; who needs no database is the quickest."""
        given = set(changed.was.clauses)
        names = [name for name, ids in self.carried.items() if given & ids]
        names.sort(key=lambda name: (running.asks_database(self.items[name]), len(self.carried[name]), name))
        return tuple((name, SECONDS) for name in names)

    def _verdict(self, changed: Changed, answer: Answer) -> Verdict:
        status, by = answer
        return Verdict(changed.key, changed.name, changed.what, status, by, self._source(changed, by))

    def _source(self, changed: Changed, by: str) -> str:
        """What was read by the test that noticed; by all who were asked if none did."""
        names = [by] if by in self.items else [name for name, _ in self._asked(changed)]
        return reach.hashed("\n".join(reach.source_of(self.items[name]) for name in sorted(names)).encode())

    def _still_holds(self, verdict: Verdict | None, changed: Changed) -> bool:
        return (
            verdict is not None
            and verdict.status != "error"
            and (not verdict.by or verdict.by in dict(self._asked(changed)))
            and verdict.tests == self._source(changed, verdict.by)
        )


def _is_gone(changed: Changed) -> bool:
    return changed.what == GONE


def changes() -> list[Changed]:
    """All that somebody could notice: changes of the values that code reads."""
    is_read = obeyed.keys_read(ROOT / "src/motcua")
    return [
        one
        for regulation in law.law().regulations.values()
        for one in changes_of(regulation)
        if one.was.key in is_read
    ]


def answers() -> dict[str, dict[str, str]]:
    """Of each value that code reads, by regulation and key, what was answered to each of its changes."""
    known = {one.key: one.status for one in read()}
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for one in changes():
        found[one.name][one.what] = known.get(one.key, "untried")
    return dict(found)


def fate(told: Iterable[str]) -> str:
    """In how many of its ways a value was noticed, one of `FATES`; a test that never ends has noticed."""
    answered = ["killed" if one == "timeout" else one for one in told]
    if set(answered) == {"untested"}:
        return "nobody"
    if "untried" in answered:
        return "untried"
    noticed = answered.count("killed")
    return "every" if noticed == len(answered) else "some" if noticed else "none"


def read(path: Path = VERDICTS) -> list[Verdict]:
    """What was answered so far, as committed."""
    return kept.read(path, Verdict)


def write(verdicts: Iterable[Verdict], path: Path = VERDICTS) -> None:
    """Keep them, by value and change."""
    kept.write(path, Verdict, verdicts, lambda one: (one.value, one.change))


def pytest_runtestloop(session: pytest.Session) -> bool:
    reach.FOLDER.mkdir(parents=True, exist_ok=True)
    Run(session, session.config.getoption("--only-clauses")).go(session.config.getoption("--processes"))
    return True


pytest_addoption = proving.pytest_addoption
pytest_configure = running.pytest_configure
