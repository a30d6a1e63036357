"""Breaking one function in a forked child, in one of several processes that each have a database.

All of them are forked from one that has everything imported, its fixtures of the session made and its
database filled; what a child does to them ends with it. Who tells them what is next keeps all answers.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import resource
import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import _lru_cache_wrapper, cache, cached_property
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.connection import wait as wait_for
from pathlib import Path
from types import FunctionType
from typing import Any

import psycopg
import pytest
from _pytest.runner import runtestprotocol
from django.conf import settings
from django.core.signals import setting_changed
from django.db import connections
from psycopg import sql
from tools.mutation.facts import Fact
from tools.mutation.mutants import Mutant
from tools.mutation.reach import ROOT, Function, function_of, watching
from tools.mutation.values import Changed

from motcua.law import queries as law
from motcua.law.rules import Regulation

PATIENCE = 5  # processor seconds for one mutant, beside five times what its tests take: more means a loop
STUCK = 300.0  # seconds on the clock, for what waits without working


@dataclass(frozen=True, slots=True)
class Task:
    """A mutant, a fact left out or a value that says something else, and the tests to ask in this order with
    the processor seconds that they take.

    Without a mutant nothing is broken. `confirm`: who notices is asked once more with nothing broken.
    `control`: tests that concern other things, asked as well once somebody has noticed.
    """

    mutant: Mutant | Fact | Changed | None
    tests: tuple[tuple[str, float], ...]
    confirm: bool = False
    control: tuple[tuple[str, float], ...] = ()


Answer = tuple[str, str]  # status, and the test that noticed
COARSE = "coarse"  # somebody noticed, and so did the control set


class Bench:
    """The tests, ready to be run again and again."""

    def __init__(self, items: Mapping[str, pytest.Item]) -> None:
        self.items = dict(items)
        self._order = list(items.values())
        self.reading_law: frozenset[Function] = frozenset()
        self.regulations: tuple[Regulation, ...] = ()
        self._held: set[str] = set()  # tests that held here with nothing broken

    def run(self, name: str) -> str:
        """Run the test; what it says when it fails, nothing when it holds."""
        item = self.items[name]
        reports = runtestprotocol(item, log=False, nextitem=self._another(item))
        return next((report.longreprtext or "failed" for report in reports if report.failed), "")

    def _another(self, item: pytest.Item) -> pytest.Item:
        """A test of another folder: fixtures of the session stay, everything nearer is torn down."""
        return next((one for one in self._order if one.path.parent != item.path.parent), item)

    def warm(self, asks_database: Callable[[pytest.Item], bool]) -> None:
        """Bring up what the session shares, and learn which rules read the law and where it is held."""
        first = next((item for item in self._order if asks_database(item)), None)
        if first is not None:
            self.run(first.nodeid)
        lines: dict[Any, set[int]] = {}
        with watching(lines):
            law.law.__wrapped__()  # read anew beside the law that is held, over which the tests watch
        self.reading_law = frozenset(function_of(code) for code in lines)
        gc.unfreeze()  # what the collection of the tests put aside holds answers and regulations, too
        forget_answers()
        self.regulations = tuple(one for one in gc.get_objects() if type(one) is Regulation)

    def answer(self, task: Task) -> Answer:
        """Break it in a child of its own; killed by which test, coarse, survived, timeout or error."""
        status, by = self._answer(task)
        if status != "killed" or not task.confirm:
            return status, by
        if by not in self._held:
            unbroken = Task(None, tuple(each for each in task.tests if each[0] == by))
            if self._answer(unbroken)[0] != "survived":
                return "error", f"{by} fails before anything is broken"
            self._held.add(by)
        if task.control and self._answer(replace(task, tests=task.control))[0] != "survived":
            return COARSE, by
        return status, by

    def _answer(self, task: Task) -> Answer:
        connections.close_all()
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            self._be_the_child(task, writing)
        os.close(writing)
        return _wait(child, reading)

    def _be_the_child(self, task: Task, writing: int) -> None:
        """Never returns: an error of our own is reported as such, never taken for a test that noticed."""
        try:
            quiet = os.open(os.devnull, os.O_WRONLY)
            os.dup2(quiet, 1)
            os.dup2(quiet, 2)
            most = PATIENCE + int(5 * sum(seconds for _, seconds in task.tests))
            signal.signal(signal.SIGXCPU, signal.SIG_DFL)
            resource.setrlimit(resource.RLIMIT_CPU, (most, most + 5))
            match task.mutant:
                case Mutant() | Fact():
                    _exchange(task.mutant, self.reading_law)
                case Changed():
                    task.mutant.make(self.regulations)
            failed = next((name for name, _ in task.tests if self.run(name)), None)
            os.write(writing, (failed or "-").encode())
        except BaseException as error:  # noqa: BLE001 - the child must end here, whatever happens
            os.write(writing, f"!{type(error).__name__}: {error}".encode()[:500])
        os._exit(0)


@contextlib.contextmanager
def workers(bench: Bench, count: int, folder: Path, *, with_database: bool) -> Iterator[list[Connection]]:
    """So many processes that take a Task and answer it, each with a database and a folder for files."""
    fork = get_context("fork")
    connections.close_all()
    names = _cloned(count) if with_database else [""] * count
    gc.collect()
    gc.freeze()
    processes, ends = [], []
    for number, name in enumerate(names):
        ours, theirs = fork.Pipe()
        files = folder / f"files-{number}"
        process = fork.Process(target=_work, args=(bench, theirs, name, files, [*ends, ours]), daemon=True)
        process.start()
        theirs.close()
        processes.append(process)
        ends.append(ours)
    try:
        yield ends
    finally:
        for end in ends:
            end.close()
        for process in processes:
            process.join()


def share_out(ends: Sequence[Connection], tasks: Iterator[Task]) -> Iterator[tuple[Task, Answer]]:
    """Give each process its next task as it is done with the last; what they answer, as it comes."""
    working: dict[Connection, Task] = {}
    for end in ends:
        _give(end, tasks, working)
    while working:
        for end in wait_for(list(working)):
            assert isinstance(end, Connection)
            answer = end.recv()
            yield working.pop(end), answer
            _give(end, tasks, working)


def _give(end: Connection, tasks: Iterator[Task], working: dict[Connection, Task]) -> None:
    task = next(tasks, None)
    if task is not None:
        end.send(task)
        working[end] = task


def _work(bench: Bench, end: Connection, database: str, files: Path, others: list[Connection]) -> None:
    """One of the processes: until nobody is at the other end any more."""
    for other in others:
        other.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if database:
        connections["default"].settings_dict["NAME"] = database
    files.mkdir(parents=True, exist_ok=True)
    settings.MEDIA_ROOT = files
    setting_changed.send(sender=None, setting="MEDIA_ROOT", value=files, enter=True)
    with contextlib.suppress(EOFError):
        while True:
            end.send(bench.answer(end.recv()))
    os._exit(0)


def _cloned(count: int) -> list[str]:
    """The names of copies of the database as it is now. They end with its server."""
    place = connections["default"].settings_dict
    names = [f"{place['NAME']}_{number}" for number in range(count)]
    address = psycopg.conninfo.make_conninfo(
        host=place["HOST"], port=place["PORT"], user=place["USER"], dbname="postgres"
    )
    with psycopg.connect(address, autocommit=True) as connection:
        for name in names:
            statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            connection.execute(statement.format(sql.Identifier(name), sql.Identifier(place["NAME"])))
    return names


def _exchange(mutant: Mutant | Fact, reading_law: frozenset[Function]) -> None:
    module = importlib.import_module(
        mutant.file.removeprefix("src/").removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    )
    holder: Any = module
    *classes, name = mutant.function.split(".")
    for one in classes:
        holder = getattr(holder, one)
    if (mutant.file, mutant.function) in reading_law:
        law.law.cache_clear()  # the law that is in memory was read by the rules as they should be
    target = vars(holder)[name]
    plain(target).__code__ = mutant.code(ROOT)


def plain(target: Any) -> FunctionType:
    """The function below property, classmethod, staticmethod, cache and whatever else wraps it."""
    while True:
        below = (getattr(target, name, None) for name in ("fget", "func", "__func__", "__wrapped__"))
        found = next((one for one in below if one is not None), None)
        if found is None:
            assert isinstance(target, FunctionType)
            return target
        target = found


def forget_answers() -> None:
    """Let the rules be asked again for what they answered while they were watched and still whole."""
    for one in gc.get_objects():
        kind = type(one)  # not its __class__: something lazy would be awakened by being asked
        room = str(getattr(kind, "__module__", ""))
        if issubclass(kind, _lru_cache_wrapper):
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
