"""What a case is, and what comes of playing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from motcua.kernel.bilingual import Bilingual


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a file: where in it (a path such as `acts/0/at`, and the line), and why."""

    path: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.path or '(file)'}: {self.reason}"


class BadCase(Exception):
    """The file is not a case. `faults` names every place that is wrong."""

    def __init__(self, file: str, faults: tuple[Fault, ...]) -> None:
        self.file = file
        self.faults = faults
        super().__init__("\n".join(f"{file}: {fault}" for fault in faults))


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the story. Officers hold `roles` at the agency of the case, or at the one named `at`."""

    key: str
    name: str
    kind: str = "citizen"
    roles: tuple[str, ...] = ()
    posts_until: date | None = None
    personal_id: str = ""
    passport: str = ""
    nationality: str = ""
    organisation_number: str = ""
    email: str = ""
    phone: str = ""
    has_account: bool = True
    at: str = ""


@dataclass(frozen=True, slots=True)
class ActSpec:
    """One act as written: moment, actor, verb, arguments, expectations. `line` is its place in the file."""

    number: int
    line: int
    at: datetime
    by: str
    verb: str
    dossier: str
    arguments: Mapping[str, Any]
    expect: Mapping[str, Any]
    expect_lines: Mapping[str, int]
    late: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """A story that was read and found well formed."""

    file: str
    title: Bilingual
    note: Bilingual
    clauses: tuple[str, ...]
    readings: tuple[str, ...]
    province: str
    first_day: date
    last_day: date
    acts: tuple[ActSpec, ...]
    people: Mapping[str, Person]
    calendar: Mapping[str, Any] = field(default_factory=dict)
    agency: Mapping[str, Any] | str = field(default_factory=dict)
    procedure: Mapping[str, Any] = field(default_factory=dict)
    others: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # other agencies, by key


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was expected, beside what happened. `line` is its place in the file."""

    act: int
    line: int
    what: str
    expected: str
    happened: str

    @property
    def agrees(self) -> bool:
        return self.expected == self.happened


@dataclass(frozen=True, slots=True)
class Played:
    """One act after it was played. `happened` sums it up in words, for the reader."""

    act: ActSpec
    happened: str
    lines: tuple[Line, ...]
    seen: Mapping[str, Any]

    @property
    def agrees(self) -> bool:
        return all(line.agrees for line in self.lines)


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A case that was played. `broken_off` says why the story could not go on, empty if it ended."""

    case: Case
    acts: tuple[Played, ...]
    broken_off: str = ""
    closing: tuple[Line, ...] = ()  # what must hold after every story: the hashes, the folds

    @property
    def agrees(self) -> bool:
        lines = all(line.agrees for line in self.closing)
        return not self.broken_off and lines and all(act.agrees for act in self.acts)

    @property
    def differences(self) -> tuple[Line, ...]:
        lines = [line for act in self.acts for line in act.lines] + list(self.closing)
        return tuple(line for line in lines if not line.agrees)
