"""A pytest plugin: leaves one fact after the other out of letters, papers and lists, and asks who carries the
clauses that want it told.

Of a clause one proof is enough for the other runs: that its refusal is noticed says nothing of its letter.
Here every fact of `facts.toml` is left out in a forked child for each of its clauses by itself, and only
carriers of that clause run, until one fails. Who notices has to hold again with nothing left out. Answers are
kept in `tools/mutation/facts.csv` as they come, and hold as long as function and test read as they did.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from tools.mutation import apart, facts, kept, proving, reach, running, workers
from tools.mutation.facts import Fact
from tools.mutation.proving import SECONDS
from tools.mutation.reach import ROOT
from tools.mutation.workers import Answer, Bench, Task

VERDICTS = ROOT / "tools/mutation/facts.csv"
NOTICED = "killed"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What carriers of the clause answered when the fact was left out, and how who noticed reads."""

    clause: str
    fact: str  # in words, for who reads the file
    key: str
    status: str
    by: str
    tests: str


class Run:
    """One run: who carries each clause, which facts they want told, and what is known of it."""

    def __init__(self, session: pytest.Session, only: str) -> None:
        self.items, self.carried = running.carrying(session)
        self.only = only.split(",")
        self.bench = Bench(self.items)

    def go(self, processes: int) -> None:
        """Ask for every fact and clause of which nothing is known, in so many processes."""
        pairs = [(clause, one) for one in facts.read() for clause in one.clauses]
        known = {(one.clause, one.fact): one for one in read()}
        names = {(clause, str(fact)) for clause, fact in pairs}
        verdicts = {name: one for name, one in known.items() if name in names}
        todo = [
            (clause, fact)
            for clause, fact in pairs
            if any(each in clause for each in self.only)
            and not self._still_holds(known.get((clause, str(fact))), fact)
        ]
        print(f"{len(pairs)} facts of clauses, {len(todo)} to ask for", flush=True)
        with apart.setting_slips_apart():
            self.bench.warm(running.asks_database)
        began = time.monotonic()
        for number, (clause, fact, answer) in enumerate(self._answers(todo, known, processes), start=1):
            verdicts[clause, str(fact)] = self._verdict(clause, fact, answer)
            write(verdicts.values())
            running.say(f"{number}/{len(todo)}: {clause}: {answer[0]} {fact} {answer[1]}")
        write(verdicts.values())
        running.say(f"{len(todo)} left out in {time.monotonic() - began:.0f} s")

    def _answers(
        self, todo: Iterable[tuple[str, Fact]], known: Mapping[tuple[str, str], Verdict], processes: int
    ) -> Iterator[tuple[str, Fact, Answer]]:
        tasks = list[Task]()
        waiting = dict[int, str]()  # several clauses may have the same carriers: told apart by the task
        for clause, fact in todo:
            before = known.get((clause, str(fact)))
            asked = self._asked(clause, before.by if before else "")
            if asked:
                task = Task(fact, asked, confirm=True)
                tasks.append(task)
                waiting[id(task)] = clause
            else:
                yield clause, fact, ("untested", "")
        with workers.workers(self.bench, processes, reach.FOLDER, with_database=True) as ends:
            for task, answer in workers.share_out(ends, iter(tasks)):
                assert isinstance(task.mutant, Fact)
                yield waiting[id(task)], task.mutant, answer

    def _asked(self, clause: str, first: str) -> tuple[tuple[str, float], ...]:
        """Who carries the clause; who noticed before is asked first."""
        names = sorted(
            (name for name, ids in self.carried.items() if clause in ids), key=lambda one: one != first
        )
        return tuple((name, SECONDS) for name in names)

    def _verdict(self, clause: str, fact: Fact, answer: Answer) -> Verdict:
        status, by = answer
        source = reach.source_of(self.items[by]) if by in self.items else ""
        return Verdict(clause, str(fact), fact.key, status, by, source)

    def _still_holds(self, verdict: Verdict | None, fact: Fact) -> bool:
        """Whether somebody noticed, who carries the clause still, and function and test read as they did."""
        if verdict is None or verdict.status != NOTICED or verdict.key != fact.key:
            return False
        item = self.items.get(verdict.by)
        return (
            item is not None
            and verdict.clause in self.carried[verdict.by]
            and reach.source_of(item) == verdict.tests
        )


def read(path: Path = VERDICTS) -> list[Verdict]:
    """What was answered so far, as committed."""
    return kept.read(path, Verdict)


def write(verdicts: Iterable[Verdict], path: Path = VERDICTS) -> None:
    """Keep them, by clause and fact."""
    kept.write(path, Verdict, verdicts, lambda one: (one.clause, one.fact))


def pytest_runtestloop(session: pytest.Session) -> bool:
    reach.FOLDER.mkdir(parents=True, exist_ok=True)
    Run(session, session.config.getoption("--only-clauses")).go(session.config.getoption("--processes"))
    return True


pytest_addoption = proving.pytest_addoption
pytest_configure = running.pytest_configure
