"""Which tests reach which line of the rules, learnt by watching each of them once, and kept.

What was seen of a test holds as long as its source (its module, what that imports of `tests`, the case it
plays) and the functions it reached read as they did, docstrings apart. Lines are counted from the first one
of their function that runs, so what changes elsewhere in a file moves nothing.
"""

from __future__ import annotations

import contextlib
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest
from tools.mutation.mutants import Mutant, functions_of

from motcua.config import places
from motcua.config.coverage import fingerprints
from motcua.config.coverage.fingerprints import hashed

ROOT = places.ROOT
FOLDER = ROOT / "var/mutation"
NOTES = FOLDER / "seen.jsonl"

Function = tuple[str, str]  # file and qualified name
Plays = Callable[[str], str]  # runs a test; what it says when it fails


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of one test: its source, its processor seconds, the lines of the functions it reached."""

    source: str
    seconds: float
    reached: Mapping[Function, tuple[str, tuple[int, ...]]]  # hash of the function, lines within it

    def holds(self, source: str, now: Mapping[Function, Known]) -> bool:
        """Whether test and functions are what they were when it was watched."""
        same = all(
            function in now and now[function].source == was for function, (was, _) in self.reached.items()
        )
        return source == self.source and same


@dataclass(frozen=True, slots=True)
class Known:
    """A function of the present code: a hash of its source, and the first line that runs."""

    source: str
    line: int


def functions() -> dict[Function, Known]:
    """Every function of the `rules` rooms."""
    return {
        (str(path.relative_to(ROOT)), name): Known(hashed(source.encode()), line)
        for path in sorted((ROOT / "src/motcua").glob("*/rules/**/*.py"))
        for name, line, source in functions_of(path)
    }


@dataclass(slots=True)
class Reach:
    """What is known of all tests."""

    seen: dict[str, Seen]
    known: dict[Function, Known]

    def tests_of(self, mutant: Mutant) -> set[str]:
        """The tests that reach the line; those that reach the function where no line of the like runs.

        A comprehension has no line of its own, and of a statement over several lines not every one is seen.
        """
        function = (mutant.file, mutant.function)
        by_test = {
            test: seen.reached[function][1] for test, seen in self.seen.items() if function in seen.reached
        }
        line = mutant.line - self.known[function].line
        return {test for test, lines in by_test.items() if line in lines} or set(by_test)

    def fingerprint(self, tests: set[str]) -> str:
        """A hash over the sources of these tests."""
        return hashed("\n".join(sorted(f"{test} {self.seen[test].source}" for test in tests)).encode())


def learn(items: Mapping[str, pytest.Item], plays: Plays) -> Reach:
    """What each test reaches: from the notes where they still hold, by watching it where they do not.

    Raises pytest.UsageError if a test fails before anything is broken.
    """
    known, noted = functions(), _noted()
    sources = {name: source_of(item) for name, item in items.items()}
    seen = {name: noted[name] for name in items if name in noted and noted[name].holds(sources[name], known)}
    missing = [name for name in items if name not in seen]
    for count, name in enumerate(missing, start=1):
        seen[name] = _watched(items[name], sources[name], known, plays)
        _note(name, seen[name])
        if count % 100 == 0:
            print(f"watched {count} of {len(missing)} tests", file=sys.__stderr__, flush=True)
    return Reach(seen, known)


def _watched(item: pytest.Item, source: str, known: Mapping[Function, Known], plays: Plays) -> Seen:
    lines: dict[CodeType, set[int]] = {}
    began = time.process_time()
    with watching(lines):
        failure = plays(item.nodeid)
    seconds = round(time.process_time() - began, 4)
    if failure:
        raise pytest.UsageError(f"{item.nodeid} fails before anything is broken:\n{failure[-2000:]}")
    reached: dict[Function, set[int]] = defaultdict(set)
    for code, numbers in lines.items():
        function = function_of(code)
        if function in known:
            reached[function].update(number - known[function].line for number in numbers)
    return Seen(
        source,
        seconds,
        {each: (known[each].source, tuple(sorted(numbers))) for each, numbers in reached.items()},
    )


def _note(name: str, seen: Seen) -> None:
    reached = [[*function, *what] for function, what in seen.reached.items()]
    told = {"test": name, "source": seen.source, "seconds": seen.seconds, "reached": reached}
    with NOTES.open("a", encoding="utf-8") as file:
        file.write(json.dumps(told) + "\n")


def _noted() -> dict[str, Seen]:
    """Of several notes on a test the last one counts."""
    if not NOTES.is_file():
        return {}
    told = map(json.loads, NOTES.read_text(encoding="utf-8").splitlines())
    return {each["test"]: _read(each) for each in told}


def _read(told: dict[str, Any]) -> Seen:
    reached = {(file, name): (source, tuple(lines)) for file, name, source, lines in told["reached"]}
    return Seen(told["source"], told["seconds"], reached)


# --- Sources ---------------------------------------------------------------------------
def source_of(item: pytest.Item) -> str:
    """A hash over all that the test is written in."""
    return _of_test(item.nodeid)


@cache
def _of_test(name: str) -> str:
    return fingerprints.of_test(ROOT, name)


# --- Watching --------------------------------------------------------------------------
@contextlib.contextmanager
def watching(seen: dict[CodeType, set[int]]) -> Iterator[None]:
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


def function_of(code: CodeType) -> Function:
    """File and name; what is inside a function (a comprehension, a lambda) counts as the function."""
    path = Path(code.co_filename)
    file = str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else code.co_filename
    return file, code.co_qualname.partition(".<locals>")[0]
