"""A pytest plugin that keeps one process with its database warm and breaks one function per forked child.

First every test runs once, watched, to learn which lines of the rules it reaches and how long it takes.
Then, for each mutant, a child is forked in which the code of one function is exchanged; it runs the tests
that reach the line, those that carry its clauses first, until one fails. The parent keeps the answers in
`var/mutation/`: a run that was stopped goes on where it stood.

Time is processor time, so a busy machine changes nothing. A pass with the tests that need no database comes
first (`--pure`): it starts at once and kills most; what it leaves is tried with all tests afterwards.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import importlib
import json
import os
import resource
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import _lru_cache_wrapper, cache, cached_property
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from django.db import connections
from tools.mutation.mutants import Mutant, mutants_of

from motcua.config import places
from motcua.config.cases import BadCase, read_case
from motcua.config.coverage import sources
from motcua.law import queries as law
from motcua.law.rules.schema import KEYS

ROOT = places.ROOT
FOLDER = ROOT / "var/mutation"
RESULTS = FOLDER / "results.jsonl"
PATIENCE = 5  # processor seconds for one mutant, beside five times what its tests take: more means a loop
STUCK = 900.0  # seconds on the clock, for what waits without working
OUR_OWN = ("browser", "slow")
DATABASE = ("db", "transactional_db", "django_db_setup", "postgres", "live_server")  # fixtures
# The rooms most bound to the law come first.
ROOMS = ("worktime", "law", "dossiers", "process", "catalogue", "incidents", "agencies", "documents")

Function = tuple[str, str]  # file and qualified name
Reached = dict[Function, dict[int, list[str]]]  # the tests by line


class Run:
    """One run: what the tests reach, what is known already, and what is proved so far."""

    def __init__(self, session: pytest.Session, only: str, enough: float, *, pure: bool) -> None:
        self.enough, self.pure = enough, pure
        ours = [item for item in session.items if _is_ours(item) and not (pure and _asks_database(item))]
        self.state = _digest(item.nodeid for item in ours)
        self.items = {item.nodeid: item for item in ours}
        self.order = list(self.items.values())
        self.carried = {nodeid: set(_ids(item)) for nodeid, item in self.items.items()}
        self.ids = ids_of_functions()
        self.mutants = [
            mutant
            for path in sorted((ROOT / "src/motcua").glob("*/rules/**/*.py"), key=_turn)
            if only in str(path)
            for mutant in mutants_of(ROOT, path)
        ]
        self.known = {
            each["key"]: each
            for each in read_results()
            if each["status"] == "killed"
            or (each["status"] != "error" and each["seconds"] >= enough and each.get("state") == self.state)
        }
        self.proved = {one for each in self.known.values() for one in each["proves"]}

    def go(self) -> None:
        reached, seconds = self._watched()
        todo = [mutant for mutant in self.mutants if self._is_to_do(mutant)]
        _forget_answers()
        _say(f"{len(self.mutants)} mutants, {len(self.mutants) - len(todo)} known, {len(todo)} to do")
        started = time.monotonic()
        for count, mutant in enumerate(todo, start=1):
            if not self._is_to_do(mutant):  # another one has proved the clauses meanwhile
                continue
            tests = sorted(
                _tests_of(mutant, reached),
                key=lambda one: self._rank(one, mutant, seconds),
            )
            result = self._try(mutant, self._enough(tests, seconds), seconds)
            with RESULTS.open("a", encoding="utf-8") as file:
                file.write(json.dumps(result, ensure_ascii=False) + "\n")
            self.proved.update(result["proves"])
            if count % 25 == 0 or result["status"] == "survived":
                left = (time.monotonic() - started) / count * (len(todo) - count) / 60
                _say(
                    f"{count}/{len(todo)}, about {left:.0f} min left: {result['status']} "
                    f"{mutant.file}:{mutant.line} {mutant.what}"
                )

    def _is_to_do(self, mutant: Mutant) -> bool:
        """What nobody tried, and what was noticed without a database where a case could show its clause."""
        known = self.known.get(mutant.key)
        if known is None:
            return True
        wanted = self.ids.get((mutant.file, mutant.function), set()) - self.proved
        return bool(
            known.get("pure") and not self.pure and any(wanted & each for each in self.carried.values())
        )

    def _rank(self, nodeid: str, mutant: Mutant, seconds: dict[str, float]) -> tuple[bool, float]:
        """Carriers of clauses that are not proved yet come first, then the quickest."""
        wanted = self.ids.get((mutant.file, mutant.function), set()) - self.proved
        return (not wanted & self.carried[nodeid], seconds.get(nodeid, 1.0))

    def _try(self, mutant: Mutant, tests: list[str], seconds: dict[str, float]) -> dict[str, Any]:
        status, by = ("untested", "") if not tests else self._in_a_child(mutant, tests, seconds)
        proves = self.ids.get((mutant.file, mutant.function), set()) & self.carried.get(by, set())
        return {
            "key": mutant.key,
            "file": mutant.file,
            "function": mutant.function,
            "line": mutant.line,
            "what": mutant.what,
            "status": status,
            "by": by,
            "proves": sorted(proves),
            "seconds": self.enough,
            "pure": self.pure,
            "state": self.state,
        }

    def _enough(self, tests: list[str], seconds: dict[str, float]) -> list[str]:
        """The first tests of the list that together take as long as one mutant may cost."""
        total, kept = 0.0, []
        for nodeid in tests:
            kept.append(nodeid)
            total += seconds.get(nodeid, 1.0)
            if total > self.enough:
                break
        return kept

    def _in_a_child(self, mutant: Mutant, tests: list[str], seconds: dict[str, float]) -> tuple[str, str]:
        connections.close_all()
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            self._be_the_child(mutant, tests, seconds, writing)
        os.close(writing)
        return _wait(child, reading)

    def _be_the_child(
        self, mutant: Mutant, tests: list[str], seconds: dict[str, float], writing: int
    ) -> None:
        """Never returns: an error of our own is reported as such, never taken for a test that noticed."""
        try:
            quiet = os.open(os.devnull, os.O_WRONLY)
            os.dup2(quiet, 1)
            os.dup2(quiet, 2)
            most = PATIENCE + int(5 * sum(seconds.get(one, 1.0) for one in tests))
            signal.signal(signal.SIGXCPU, signal.SIG_DFL)
            resource.setrlimit(resource.RLIMIT_CPU, (most, most + 5))
            _exchange(mutant)
            os.write(writing, (self._first_to_fail(tests) or "-").encode())
        except BaseException as error:  # noqa: BLE001 - the child must end here, whatever happens
            os.write(writing, f"!{type(error).__name__}: {error}".encode()[:500])
        os._exit(0)

    def _first_to_fail(self, tests: list[str]) -> str | None:
        for nodeid in tests:
            item = self.items[nodeid]
            reports = runtestprotocol(item, log=False, nextitem=self._another(item))
            if any(report.failed for report in reports):
                return nodeid
        return None

    def _another(self, item: pytest.Item) -> pytest.Item:
        """A test of another folder: fixtures of the session stay, everything nearer is torn down."""
        return next((one for one in self.order if one.path.parent != item.path.parent), item)

    def _watched(self) -> tuple[Reached, dict[str, float]]:
        """Which tests reach which line, from the notes of an earlier run if nothing has changed."""
        notes = FOLDER / f"reached-{self.state}.json"
        if notes.is_file():
            first = next((item for item in self.order if item.get_closest_marker("django_db")), None)
            if first is not None:
                runtestprotocol(first, log=False, nextitem=self._another(first))  # brings the database up
            return _noted(json.loads(notes.read_text(encoding="utf-8")))
        reached: Reached = defaultdict(lambda: defaultdict(list))
        seconds: dict[str, float] = {}
        for count, (nodeid, item) in enumerate(self.items.items(), start=1):
            seen: dict[CodeType, set[int]] = {}
            began = time.process_time()
            with _watching(seen):
                reports = runtestprotocol(item, log=False, nextitem=self._another(item))
            seconds[nodeid] = round(time.process_time() - began, 4)
            if any(report.failed for report in reports):
                told = next(report.longreprtext for report in reports if report.failed)
                raise pytest.UsageError(f"{nodeid} fails before anything is broken:\n{told[-2000:]}")
            for function, line in {(_function(code), line) for code, lines in seen.items() for line in lines}:
                reached[function][line].append(nodeid)
            if count % 100 == 0:
                _say(f"watched {count} of {len(self.items)} tests")
        notes.write_text(json.dumps(_to_note(reached, seconds)), encoding="utf-8")
        return reached, seconds


def _to_note(reached: Reached, seconds: dict[str, float]) -> dict[str, Any]:
    numbers = {nodeid: number for number, nodeid in enumerate(seconds)}
    lines = [
        [*function, line, [numbers[one] for one in tests]]
        for function, by_line in reached.items()
        for line, tests in by_line.items()
    ]
    return {"seconds": seconds, "lines": lines}


def _noted(told: dict[str, Any]) -> tuple[Reached, dict[str, float]]:
    tests = list(told["seconds"])
    reached: Reached = defaultdict(dict)
    for file, name, line, numbers in told["lines"]:
        reached[file, name][line] = [tests[number] for number in numbers]
    return reached, told["seconds"]


def _tests_of(mutant: Mutant, reached: Reached) -> set[str]:
    """The tests that reach the line; those that reach the function where no line of the like runs.

    A comprehension has no line of its own, and of a statement over several lines not every one is seen.
    """
    by_line = reached.get((mutant.file, mutant.function), {})
    return set(by_line.get(mutant.line) or [one for tests in by_line.values() for one in tests])


def _turn(path: Path) -> tuple[int, Path]:
    """When a room has its turn."""
    app = path.relative_to(ROOT / "src/motcua").parts[0]
    return (ROOMS.index(app) if app in ROOMS else len(ROOMS), path)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--only-rules", default="", help="break only files whose path contains this")
    parser.addoption("--pure", action="store_true", help="only tests that need no database")
    parser.addoption("--enough", type=float, default=30.0, help="seconds of tests that a mutant must outlive")


def pytest_runtestloop(session: pytest.Session) -> bool:
    FOLDER.mkdir(parents=True, exist_ok=True)
    asked = session.config.getoption
    Run(session, asked("--only-rules"), asked("--enough"), pure=asked("--pure")).go()
    return True


def read_results() -> list[dict[str, Any]]:
    """What is known of each mutant; of several answers the last one counts."""
    if not RESULTS.is_file():
        return []
    lines = (json.loads(line) for line in RESULTS.read_text(encoding="utf-8").splitlines())
    return list({each["key"]: each for each in lines}.values())


def _is_ours(item: pytest.Item) -> bool:
    """Tests that can be run again and again in one process: no browser, nothing that really commits."""
    database = item.get_closest_marker("django_db")
    commits = database is not None and database.kwargs.get("transaction", False)
    names = getattr(item, "fixturenames", ())
    return not (
        commits or "transactional_db" in names or any(item.get_closest_marker(mark) for mark in OUR_OWN)
    )


def _asks_database(item: pytest.Item) -> bool:
    named = getattr(item, "fixturenames", ())
    return item.get_closest_marker("django_db") is not None or any(one in DATABASE for one in named)


def _ids(item: pytest.Item) -> Iterator[str]:
    """The clauses that a test carries: by its mark, or by the case that it plays."""
    for mark in item.iter_markers("clause"):
        yield from mark.args
    played = getattr(item, "callspec", None)
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
        found[function].update(one for named in basis.ids for one in sources.meant(named, known))
        found[function].update(one for key in basis.keys for _, one in givers.get(key, ()))
    return found


@contextlib.contextmanager
def _watching(seen: dict[CodeType, set[int]]) -> Iterator[None]:
    """Notes the lines of `rules` rooms that run meanwhile; a function seen as a whole is left alone."""

    def note(frame: FrameType, event: str, _: object) -> Any:
        code = frame.f_code
        if "/rules/" not in code.co_filename:
            return None
        lines = seen.setdefault(code, set())
        lines.add(frame.f_lineno)
        return None if len(lines) >= _length(code) else note_line

    def note_line(frame: FrameType, event: str, _: object) -> Any:
        seen[frame.f_code].add(frame.f_lineno)
        return note_line

    sys.settrace(note)
    try:
        yield
    finally:
        sys.settrace(None)


@cache
def _length(code: CodeType) -> int:
    """How many lines of the code can run."""
    return len({line for _, _, line in code.co_lines() if line is not None})


def _function(code: CodeType) -> Function:
    """File and name; what is inside a function (a comprehension, a lambda) counts as the function."""
    path = Path(code.co_filename)
    file = str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else code.co_filename
    return file, code.co_qualname.partition(".<locals>")[0]


def _exchange(mutant: Mutant) -> None:
    module = importlib.import_module(
        mutant.file.removeprefix("src/").removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    )
    holder: Any = module
    *classes, name = mutant.function.split(".")
    for one in classes:
        holder = getattr(holder, one)
    if "/law/rules/" in mutant.file:
        law.law.cache_clear()  # the law that is in memory was read by the rules as they should be
    target = vars(holder)[name]
    _plain(target).__code__ = mutant.code(ROOT)


def _plain(target: Any) -> FunctionType:
    """The function below property, classmethod, staticmethod and cache."""
    while not isinstance(target, FunctionType):
        below = (getattr(target, name, None) for name in ("fget", "func", "__func__", "__wrapped__"))
        target = next(one for one in below if one is not None)
    return target


def _forget_answers() -> None:
    """Let the rules be asked again for what they answered while they were watched and still whole."""
    for one in gc.get_objects():
        kind = type(one)
        room = str(getattr(kind, "__module__", ""))
        if isinstance(one, _lru_cache_wrapper):
            if ".rules" in str(getattr(one, "__module__", "")):
                one.cache_clear()
        elif room.startswith("motcua.") and ".rules" in room:
            for name in _cached(kind):
                vars(one).pop(name, None)


@cache
def _cached(kind: type) -> tuple[str, ...]:
    """The names of properties that keep their value in the instance."""
    named = {name: value for one in kind.__mro__ for name, value in vars(one).items()}
    return tuple(name for name, value in named.items() if isinstance(value, cached_property))


def _wait(child: int, reading: int) -> tuple[str, str]:
    """What the child says, or that it worked or waited for too long."""
    os.set_blocking(reading, False)
    deadline = time.monotonic() + STUCK
    told, ended, status = b"", 0, 0
    while not ended and time.monotonic() < deadline:
        ended, status = os.waitpid(child, os.WNOHANG)
        time.sleep(0 if ended else 0.005)
    if not ended:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    with contextlib.suppress(BlockingIOError):
        told = os.read(reading, 4096)
    os.close(reading)
    if not ended or (os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGKILL)):
        return "timeout", ""
    return _answer(told.decode(errors="replace"))


def _answer(told: str) -> tuple[str, str]:
    if told.startswith("!"):
        return "error", told[1:]
    if told == "-":
        return "survived", ""
    return "killed", told or "(the process died)"


def _digest(items: Iterable[str]) -> str:
    """Of everything that decides which test reaches what."""
    digest = hashlib.sha256("\n".join(items).encode())
    for folder in ("src", "tests"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".py", ".yaml", ".toml", ".csv", ".json"} and "__pycache__" not in path.parts:
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _say(text: str) -> None:
    print(text, file=sys.__stderr__, flush=True)
