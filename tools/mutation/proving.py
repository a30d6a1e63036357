"""A pytest plugin: breaks what a clause rests on until a test that carries the clause notices.

The run over the rules (`running`) stops at the first test that notices, and breaks rules only; so of
clauses that share a function, or rest on services and pages, it often cannot tell whether their own tests
would have noticed. Here each shown clause that nothing has proved yet is asked for by itself: one function
after the other that names it in its `Basis:`, or reads a value that it gives, is broken in a forked child,
and only its carriers run, those of pages too. Who notices has to hold again unbroken. Then a small control
set is asked (`CONTROL`): tests that carry no clause and walk the ordinary ways. What they notice as well
breaks everything, says nothing of who carries the clause, and is no proof: the next thing is broken. What
rests on nothing better is kept with that mark. The first proof of a clause is kept in
`tools/mutation/proofs.csv`; it holds as long as function and test read as they did.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from tools.mutation import apart, kept, reach, running, workers
from tools.mutation.mutants import Mutant, mutants_of
from tools.mutation.reach import ROOT, Function
from tools.mutation.workers import COARSE, Answer, Bench, Task

from motcua.config.coverage import compute

PROOFS = ROOT / "tools/mutation/proofs.csv"
MOST = 60  # mutants for one clause: what sixty left unnoticed, the rest will too
CONTROL = "tests/resilience/test_ordinary_ways.py"
HELD, NOTICED = "held", "noticed"  # the control set, while the carrier noticed
SECONDS = 8.0  # processor time that one test is allowed, beside that of starting


@dataclass(frozen=True, slots=True)
class Proof:
    """A broken function (key of the mutant) made a carrier of the clause fail, which reads like this."""

    clause: str
    key: str
    broken: str  # in words, for who reads the file
    by: str
    tests: str
    control: str = ""  # HELD, NOTICED, or empty where it was not asked

    @property
    def kind(self) -> str:
        """How much it says, one of `KINDS`."""
        if self.control == NOTICED:
            return "everything"
        return "nothing" if self.broken.endswith(NOTHING) else "small"


KINDS = ("small", "nothing", "everything")
NOTHING = "returns None"


class Run:
    """One run: the carriers of each clause, what can be broken for it, and what is proved so far."""

    def __init__(self, session: pytest.Session, only: str) -> None:
        self.items, self.carried = running.carrying(session)
        self.control = tuple((item.nodeid, SECONDS) for item in session.items if CONTROL in item.nodeid)
        self.items |= {item.nodeid: item for item in session.items if CONTROL in item.nodeid}
        self.resting = functions_of_clauses()
        self.only = only.split(",")
        self.bench = Bench(self.items)
        self.proved: set[str] = set()
        self.once: dict[str, tuple[str, str]] = {}  # what a carrier noticed before, and which

    def go(self, processes: int) -> None:
        """Ask for every clause that is not proved, in so many processes."""
        mutants = mutants_by_function()
        proofs = {proof.clause: proof for proof in self._that_hold(read(), mutants)}
        carriers = compute().carriers
        self.proved = {clause for clause, proof in proofs.items() if proof.control == HELD}
        self.once = running.noticed_by_rules(carriers) | {
            clause: (proof.key, proof.by) for clause, proof in proofs.items()
        }
        wanted = sorted(
            one for one in carriers.keys() - self.proved if any(each in one for each in self.only)
        )
        print(f"{len(self.proved)} clauses proved, {len(wanted)} to ask for", flush=True)
        with apart.setting_slips_apart():
            self.bench.warm(running.asks_database)
            if failed := [name for name, _ in self.control if self.bench.run(name)]:
                raise pytest.UsageError(f"fails before anything is broken: {', '.join(failed)}")
        began, done = time.monotonic(), 0
        tasks = (task for one in wanted for task in self._tasks(one, mutants))
        with workers.workers(self.bench, processes, reach.FOLDER, with_database=True) as ends:
            for task, answer in workers.share_out(ends, tasks):
                done += 1
                for proof in self._proofs(task, answer):
                    if proof.control == HELD or proofs.get(proof.clause, proof).control != NOTICED:
                        proofs[proof.clause] = proof
                        write(proofs.values())
                        running.say(f"{proof.clause}: {proof.by} notices {task.mutant} ({proof.kind})")
        running.say(f"{done} broken in {time.monotonic() - began:.0f} s")
        for one in sorted(set(wanted) - self.proved):
            running.say(f"{one}: {self._left(one, mutants)}")

    def _tasks(self, clause: str, mutants: Mapping[Function, list[Mutant]]) -> Iterator[Task]:
        """What can be broken for the clause, until it is proved: a change of every function first, and only
        then those after which a function answers nothing at all, which anybody notices. What proved it before
        comes first among its like."""
        key, by = self.once.get(clause, ("", ""))
        names = sorted(
            (name for name, ids in self.carried.items() if clause in ids), key=lambda one: one != by
        )
        tests = tuple((name, SECONDS) for name in names)
        if not tests:
            return
        breakable = running.in_turns(self._breakable(clause, mutants))
        for mutant in sorted(breakable, key=lambda one: (answers_nothing(one), one.key != key))[:MOST]:
            if clause in self.proved:
                return
            yield Task(mutant, tests, confirm=True, control=self.control)

    def _breakable(self, clause: str, mutants: Mapping[Function, list[Mutant]]) -> list[Mutant]:
        return [mutant for function in self.resting.get(clause, ()) for mutant in mutants.get(function, ())]

    def _proofs(self, task: Task, answer: Answer) -> Iterator[Proof]:
        """Every clause that rests on what was broken and is carried by who noticed."""
        status, by = answer
        if status not in {"killed", COARSE} or by not in self.carried or not isinstance(task.mutant, Mutant):
            return
        mutant, source = task.mutant, reach.source_of(self.items[by])
        for clause in self.carried[by] - self.proved:
            if (mutant.file, mutant.function) in self.resting.get(clause, ()):
                if status == "killed":
                    self.proved.add(clause)
                control = HELD if status == "killed" else NOTICED
                yield Proof(clause, mutant.key, f"{mutant.function}: {mutant.what}", by, source, control)

    def _that_hold(
        self, proofs: Iterable[Proof], mutants: Mapping[Function, list[Mutant]]
    ) -> Iterator[Proof]:
        keys = {mutant.key for each in mutants.values() for mutant in each}
        for proof in proofs:
            item = self.items.get(proof.by)
            if item is not None and proof.key in keys and reach.source_of(item) == proof.tests:
                yield proof

    def _left(self, clause: str, mutants: Mapping[Function, list[Mutant]]) -> str:
        carriers = [name for name, ids in self.carried.items() if clause in ids]
        if not carriers:
            return "no carrier can be asked here (browser, or what commits)"
        count = min(MOST, len(self._breakable(clause, mutants)))
        return f"{count} broken, none noticed by {', '.join(carriers)}" if count else "rests on no function"


def answers_nothing(mutant: Mutant) -> bool:
    """Whether the function answers nothing at all then: the least that anybody can notice."""
    return mutant.what.endswith(NOTHING)


def functions_of_clauses() -> dict[str, list[Function]]:
    """The functions on which each clause rests; of a class or module that names it, all that is in it."""
    every = list(mutants_by_function())
    found: dict[str, list[Function]] = defaultdict(list)
    for (file, name), ids in running.ids_of_functions().items():
        within = [
            one
            for one in every
            if one[0] == file and (one[1] == name or not name or one[1].startswith(f"{name}."))
        ]
        for clause in ids:
            found[clause] += [one for one in within if one not in found[clause]]
    return found


@cache
def mutants_by_function() -> dict[Function, list[Mutant]]:
    """Everything that can be broken in the code of the project, but the commands and the simulation."""
    found: dict[Function, list[Mutant]] = defaultdict(list)
    for path in sorted((ROOT / "src/motcua").rglob("*.py")):
        if not {"migrations", "commands", "simulation", "demo"} & set(path.parts):
            for mutant in mutants_of(ROOT, path):
                found[mutant.file, mutant.function].append(mutant)
    return found


def read(path: Path = PROOFS) -> list[Proof]:
    """What was proved so far, as committed."""
    return kept.read(path, Proof)


def write(proofs: Iterable[Proof], path: Path = PROOFS) -> None:
    """Keep them, one line a clause."""
    kept.write(path, Proof, proofs, lambda one: one.clause)


def pytest_runtestloop(session: pytest.Session) -> bool:
    reach.FOLDER.mkdir(parents=True, exist_ok=True)
    Run(session, session.config.getoption("--only-clauses")).go(session.config.getoption("--processes"))
    return True


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--only-clauses", default="", help="ask only for clauses whose id contains one of these")
    parser.addoption("--processes", type=int, default=2, help="how many at once")


pytest_configure = running.pytest_configure
