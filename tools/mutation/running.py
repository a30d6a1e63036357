"""A pytest plugin: breaks one function after the other and asks the tests that reach it whether they notice.

First every test runs once, watched, to learn which lines of the rules it reaches and how long it takes
(`reach`). Then several processes break one function at a time in a forked child, which runs the tests that
reach the line, those that carry its clauses first, then the quickest, until one fails (`workers`). The
answers are kept in `var/mutation/`, and with the report in `tools/mutation/verdicts.csv`: a run that was
stopped goes on where it stood, on another machine too, and an answer holds as long as the function and the
tests that gave it read as they did. Data files are not looked at: whoever changes what they say throws
`seen.jsonl` away, and the verdicts.

Time is processor time, so a busy machine changes nothing.
"""

from __future__ import annotations

import contextlib
import csv
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from tools.mutation import apart, reach, workers
from tools.mutation.mutants import Mutant, mutants_of
from tools.mutation.reach import FOLDER, ROOT, Function, Reach
from tools.mutation.workers import Answer, Bench, Task

from motcua.config.cases import BadCase, read_case
from motcua.config.coverage import sources
from motcua.config.coverage.proof import is_carrier
from motcua.law import queries as law
from motcua.law.rules.schema import KEYS

RESULTS = FOLDER / "results.jsonl"
VERDICTS = ROOT / "tools/mutation/verdicts.csv"
FIELDS = ("key", "status", "by", "proves", "seconds", "pure", "tests")
OUR_OWN = ("browser", "slow")
DATABASE = ("db", "transactional_db", "django_db_setup", "postgres", "live_server")  # fixtures
# The rooms most bound to the law come first.
ROOMS = ("worktime", "law", "dossiers", "process", "catalogue", "incidents", "agencies", "documents")


class Run:
    """One run: what the tests reach, what is known already, and what is proved so far."""

    def __init__(self, session: pytest.Session, only: str, enough: float, *, pure: bool) -> None:
        self.enough, self.pure = enough, pure
        ours = [item for item in session.items if is_ours(item) and not (pure and asks_database(item))]
        self.items = {item.nodeid: item for item in ours}
        self.carried = {nodeid: set(clauses_of(item)) for nodeid, item in self.items.items()}
        self.ids = ids_of_functions()
        self.mutants = [
            mutant
            for path in sorted((ROOT / "src/motcua").glob("*/rules/**/*.py"), key=_turn)
            if only in str(path)
            for mutant in mutants_of(ROOT, path)
        ]
        self.bench = Bench(self.items)
        self.reach: Reach
        self.known: dict[str, dict[str, Any]] = {}
        self.proved: set[str] = set()
        self.noticed_by: dict[str, str] = {}  # what noticed it before that test was written anew

    def go(self, processes: int, every: int = 1) -> None:
        """Try what is not known, in so many processes; only `every` so many-th mutant, for a sample."""
        with apart.setting_slips_apart():
            self.reach = reach.learn(self.items, self.bench.run)
        here = {mutant.key: mutant for mutant in self.mutants[::every]}
        noted = {each["key"]: each for each in read_results()}
        self.known = {
            key: each for key, each in noted.items() if key in here and self._still_holds(each, here[key])
        }
        self.noticed_by = {key: each["by"] for key, each in noted.items() if each["status"] == "killed"}
        self.proved = {one for each in self.known.values() for one in each["proves"]}
        todo = [mutant for mutant in here.values() if self._is_to_do(mutant)]
        say(f"{len(here)} mutants, {len(here) - len(todo)} known, {len(todo)} to do")
        with apart.setting_slips_apart():
            self.bench.warm(asks_database)
        began, done = time.monotonic(), 0
        tasks = (self._task(mutant) for mutant in todo if self._is_to_do(mutant))
        with workers.workers(self.bench, processes, FOLDER, with_database=not self.pure) as ends:
            for done, (task, answer) in enumerate(workers.share_out(ends, tasks), start=1):
                result = self._result(task, answer)
                with RESULTS.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(result, ensure_ascii=False) + "\n")
                self.proved.update(result["proves"])
                if done % 25 == 0 or result["status"] == "survived":
                    left = (time.monotonic() - began) / done * (len(todo) - done) / 60
                    say(f"{done}/{len(todo)}, {left:.0f} min left: {result['status']} {task.mutant}")
        say(f"{done} tried in {time.monotonic() - began:.0f} s")

    def _still_holds(self, known: dict[str, Any], mutant: Mutant) -> bool:
        """Whether the function (by its key) and the tests that answered read as they did."""
        if known["status"] == "killed":
            seen = self.reach.seen.get(known["by"])
            return "tests" not in known or seen is None or known["tests"] == seen.source
        return (
            known["status"] != "error"
            and known["seconds"] >= self.enough
            and known.get("tests") == self.reach.fingerprint(self.reach.tests_of(mutant))
        )

    def _is_to_do(self, mutant: Mutant) -> bool:
        """What nobody tried, and what was noticed without a database where a case could show its clause."""
        known = self.known.get(mutant.key)
        if known is not None and (self.pure or not known.get("pure")):
            return False
        return known is None or self._could_prove(mutant)

    def _could_prove(self, mutant: Mutant) -> bool:
        wanted = self.ids.get((mutant.file, mutant.function), set()) - self.proved
        return bool(wanted) and any(wanted & self.carried[test] for test in self.reach.tests_of(mutant))

    def _task(self, mutant: Mutant) -> Task:
        """The tests that reach it: the one that noticed it once, then those that carry clauses that are not
        proved yet, then the quickest; as many as together take as long as one mutant may cost."""
        wanted = self.ids.get((mutant.file, mutant.function), set()) - self.proved
        seconds = {name: self.reach.seen[name].seconds for name in self.reach.tests_of(mutant)}
        total, kept = 0.0, []
        once = self.noticed_by.get(mutant.key)
        for name in sorted(
            seconds, key=lambda one: (one != once, not wanted & self.carried[one], seconds[one], one)
        ):
            kept.append((name, seconds[name]))
            total += seconds[name]
            if total > self.enough:
                break
        return Task(mutant, tuple(kept))

    def _result(self, task: Task, answer: Answer) -> dict[str, Any]:
        mutant, (status, by) = task.mutant, answer
        assert mutant is not None
        if not task.tests:
            status, by = "untested", ""
        seen = self.reach.seen.get(by)
        return {
            "key": mutant.key,
            "status": status,
            "by": by,
            "proves": sorted(
                self.ids.get((mutant.file, mutant.function), set()) & self.carried.get(by, set())
            ),
            "seconds": self.enough,
            "pure": self.pure,
            "tests": seen.source if seen else self.reach.fingerprint(self.reach.tests_of(mutant)),
        }


def in_turns(mutants: Iterable[Mutant]) -> list[Mutant]:
    """The first of every function, then the second of every function, and so on."""
    met: Counter[Function] = Counter()
    turns = []
    for mutant in mutants:
        met[mutant.file, mutant.function] += 1
        turns.append((met[mutant.file, mutant.function], mutant))
    return [mutant for _, mutant in sorted(turns, key=lambda turn: turn[0])]


def _turn(path: Path) -> tuple[int, Path]:
    """When a room has its turn."""
    app = path.relative_to(ROOT / "src/motcua").parts[0]
    return (ROOMS.index(app) if app in ROOMS else len(ROOMS), path)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--only-rules", default="", help="break only files whose path contains this")
    parser.addoption("--pure", action="store_true", help="only tests that need no database")
    parser.addoption("--enough", type=float, default=10.0, help="seconds of tests that a mutant must outlive")
    parser.addoption("--processes", type=int, default=2, help="how many mutants at once")
    parser.addoption("--every", type=int, default=1, help="only every so many-th mutant")


def pytest_configure() -> None:
    """Examples are the same each time, and no clock is looked at: what fails, fails of what was broken."""
    hypothesis.settings.register_profile("mutation", deadline=None, derandomize=True, database=None)
    hypothesis.settings.load_profile("mutation")


def pytest_runtestloop(session: pytest.Session) -> bool:
    FOLDER.mkdir(parents=True, exist_ok=True)
    asked = session.config.getoption
    run = Run(session, asked("--only-rules"), asked("--enough"), pure=asked("--pure"))
    run.go(asked("--processes"), asked("--every"))
    return True


def noticed_by_rules(shown_by: Mapping[str, Collection[str]]) -> dict[str, tuple[str, str]]:
    """Of each clause that the run over the rules proved, what was broken (the key) and who noticed, as far as
    the rules still read as they did and who noticed still carries the clause."""
    paths = sorted((ROOT / "src/motcua").glob("*/rules/**/*.py"))
    keys = {mutant.key for path in paths for mutant in mutants_of(ROOT, path)}
    return {
        clause: (each["key"], each["by"])
        for each in read_results()
        for clause, by in noticed([each], keys)
        if is_carrier(by, shown_by.get(clause, ()))
    }


def noticed(results: Iterable[dict[str, Any]], keys: Collection[str]) -> Iterator[tuple[str, str]]:
    """Clause and test, for each clause that a verdict on one of these mutants proves."""
    for each in results:
        if each["key"] in keys:
            yield from ((one, each["by"]) for one in each["proves"])


def read_results() -> list[dict[str, Any]]:
    """What is known of each mutant: what was committed, and what was found here since."""
    found = [*committed(), *_found_here()]
    return list({each["key"]: each for each in found}.values())


def commit(results: Iterable[dict[str, Any]]) -> None:
    """Write what is known where it is committed, in an order that changes little between two runs."""
    with VERDICTS.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, FIELDS, lineterminator="\n")
        table.writeheader()
        for each in sorted(results, key=lambda one: str(one["key"])):
            table.writerow(each | {"proves": " ".join(each["proves"]), "pure": int(each["pure"])})


def committed() -> Iterator[dict[str, Any]]:
    """What the file of verdicts says, whatever was found here."""
    if VERDICTS.is_file():
        with VERDICTS.open(encoding="utf-8", newline="") as file:
            for each in csv.DictReader(file):
                yield each | {
                    "proves": each["proves"].split(),
                    "pure": each["pure"] == "1",
                    "seconds": float(each["seconds"]),
                }


def _found_here() -> Iterator[dict[str, Any]]:
    if RESULTS.is_file():
        yield from (json.loads(line) for line in RESULTS.read_text(encoding="utf-8").splitlines())


def is_ours(item: pytest.Item) -> bool:
    """Tests that can be run again and again in one process: no browser, nothing that really commits."""
    database = item.get_closest_marker("django_db")
    commits = database is not None and database.kwargs.get("transaction", False)
    names = getattr(item, "fixturenames", ())
    return not (
        commits or "transactional_db" in names or any(item.get_closest_marker(mark) for mark in OUR_OWN)
    )


def carrying(session: pytest.Session) -> tuple[dict[str, pytest.Item], dict[str, set[str]]]:
    """The tests that carry clauses and can be asked, and which they carry, by name."""
    carried = {item.nodeid: (item, set(clauses_of(item))) for item in session.items if is_ours(item)}
    items = {name: item for name, (item, ids) in carried.items() if ids}
    return items, {name: carried[name][1] for name in items}


def asks_database(item: pytest.Item) -> bool:
    named = getattr(item, "fixturenames", ())
    return item.get_closest_marker("django_db") is not None or any(one in DATABASE for one in named)


def clauses_of(item: pytest.Item) -> Iterator[str]:
    """The clauses that a test carries: by its mark, or by the case that it plays.

    Of a test that is played under several regulations, those of the one that its parameters name.
    """
    played = getattr(item, "callspec", None)
    named = {each for each in played.params.values() if isinstance(each, str)} if played else set()
    named &= law.law().regulations.keys()
    for mark in item.iter_markers("clause"):
        yield from (one for one in mark.args if not named or one.partition("-")[0] in named)
    file = played.params.get("file") if played else None
    if isinstance(file, Path) and file.suffix == ".yaml":
        with contextlib.suppress(BadCase):
            yield from read_case(file).clauses


def ids_of_functions() -> dict[Function, set[str]]:
    """The clauses on which each function rests: those of its `Basis:`, and those whose values it reads."""
    known = law.law().clauses
    givers = sources.by_key(law.law().regulations)
    found: dict[Function, set[str]] = defaultdict(set)
    for basis in sources.places(ROOT / "src/motcua", KEYS):
        module = (
            basis.file.removesuffix(".py").removesuffix("/__init__").replace("/", ".").removeprefix("src.")
        )
        function = (basis.file, basis.name.removeprefix(module).lstrip("."))
        found[function].update(one for one in basis.ids if one in known)
        found[function].update(one for key in basis.keys for _, one in givers.get(key, ()))
    return found


def say(text: str) -> None:
    print(text, file=sys.__stderr__, flush=True)
