"""What other laws ask of the system, where a regulation only points to them, and what answers it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from motcua.kernel.bilingual import Bilingual, bilingual
from motcua.law.errors import Problem
from motcua.law.rules.cited import GRADES
from motcua.law.rules.values import Mark

# What is looked for in each procedure (`catalogue/rules/levels.py`).
CHECKS = ("information", "forms", "eform", "payment")
LEVELS = range(5)  # 0: whatever the level
KINDS = ("test:", "route:", "setting:")


class Answer(StrEnum):
    MET = "met"
    PARTLY = "partly"
    MISSING = "missing"
    UNREAD = "unread"  # no text was at hand to compare with


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that is asked, from which level on, and how far the system does it.

    `by` are the pointers to what shows it, a test among them; `issue` is the one that brings what is missing.
    """

    place: str
    level: int
    checks: tuple[str, ...]
    asks: Bilingual
    met: Bilingual
    missing: Bilingual
    by: tuple[str, ...]
    issue: str
    is_read: bool

    @property
    def answer(self) -> Answer:
        """How far the system does it; what nobody could read is never called met.

        Basis: QN20-3.3, DL24-3.1.
        """
        if not self.is_read:
            return Answer.UNREAD
        if not self.missing:
            return Answer.MET
        return Answer.PARTLY if self.met else Answer.MISSING


@dataclass(frozen=True, slots=True)
class CitedText:
    """An article, the clauses that point to it, and what it asks. `mark` says whether its words were read;
    `resting` are those of the clauses that ask for nothing but what the laws they cite ask."""

    law: str
    article: str
    mark: Mark
    clauses: tuple[str, ...]
    requirements: tuple[Requirement, ...]
    resting: tuple[str, ...] = ()

    def is_of(self, short_name: str) -> bool:
        """Whether a clause of that regulation points to it."""
        return any(each.startswith(f"{short_name}-") for each in self.clauses)


def asked_from(texts: Iterable[CitedText]) -> dict[str, int]:
    """From which online level on each thing is asked of a procedure: the lowest that any of the texts names.

    Basis: QN20-3.3, DL24-3.1.
    """
    found: dict[str, int] = {}
    for text in texts:
        for one in text.requirements:
            for check in one.checks:
                found[check] = min(found.get(check, one.level), one.level)
    return found


def withheld(texts: Iterable[CitedText]) -> dict[str, tuple[str, ...]]:
    """The clauses that rest on the statement and cannot be called shown while it names a requirement that is
    not met, or that nobody has read; with the issues that bring what is missing, where it is known.

    Basis: QN20-3.3, DL24-3.1, PT24-3.2.
    """
    found: dict[str, dict[str, None]] = {}
    for text in texts:
        left = [one.issue for one in text.requirements if one.answer is not Answer.MET]
        for clause in text.resting if left else ():
            found.setdefault(clause, {}).update(dict.fromkeys(filter(None, left)))
    return {clause: tuple(issues) for clause, issues in found.items()}


def load_conformity(
    file: str, data: Mapping[str, object], clause_ids: Collection[str]
) -> tuple[tuple[CitedText, ...], tuple[Problem, ...]]:
    """The texts in the order of the file, with every fault found; a text with a fault is left out."""
    problems: list[Problem] = []
    found: list[CitedText] = []
    resting = _words(data.get("rests"))
    cited = {one for table in _tables(data, "text") for one in _words(table.get("clauses"))}
    problems += [Problem(file, "rests", f"no text is cited by {one}") for one in resting if one not in cited]
    for number, table in enumerate(_tables(data, "text"), 1):
        text = _text(table, resting)
        faults = [*_faults_of_text(text, table, clause_ids)]
        for place, one in enumerate(text.requirements, 1):
            faults += [f"requirement {place} {fault}" for fault in _faults(one)]
        problems += [Problem(file, f"text[{number}]", fault) for fault in faults]
        if not faults:
            found.append(text)
    return tuple(found), tuple(problems)


def _text(table: Mapping[str, object], resting: Collection[str]) -> CitedText:
    mark, clauses = str(table.get("mark", "")), _words(table.get("clauses"))
    is_read = mark != Mark.MISSING
    return CitedText(
        law=str(table.get("law", "")),
        article=str(table.get("article", "")),
        mark=Mark(mark) if mark in tuple(Mark) else Mark.MISSING,
        clauses=clauses,
        requirements=tuple(_requirement(each, is_read) for each in _tables(table, "requirement")),
        resting=tuple(one for one in clauses if one in resting),
    )


def _requirement(table: Mapping[str, object], is_read: bool) -> Requirement:
    level = table.get("level", 0)
    return Requirement(
        place=str(table.get("place", "")),
        level=level if isinstance(level, int) else -1,
        checks=_words(table.get("checks")),
        asks=bilingual(table, "asks"),
        met=bilingual(table, "met"),
        missing=bilingual(table, "missing"),
        by=_words(table.get("by")),
        issue=str(table.get("issue", "")),
        is_read=is_read,
    )


def _faults_of_text(
    text: CitedText, table: Mapping[str, object], clause_ids: Collection[str]
) -> Iterable[str]:
    if not text.law or not text.requirements or table.get("mark") not in tuple(Mark):
        yield "needs law, mark and requirements"
    if not text.clauses or not set(text.clauses) <= set(clause_ids):
        yield "needs the clauses that point to it"
    if bool(table.get("source")) != (text.mark in GRADES):
        yield "names its source if its words were read, and only then"


def _faults(one: Requirement) -> Iterable[str]:
    if one.level not in LEVELS or not set(one.checks) <= set(CHECKS) or (one.checks and not one.level):
        yield "needs a level from 0 to 4, and one above 0 for what is looked for in a procedure"
    if not one.asks or not (one.met or one.missing) or (one.met and not one.is_read):
        yield "needs what is asked, and what meets it or is missing; nothing meets what was not read"
    if any(each and not each.english for each in (one.asks, one.met, one.missing)):
        yield "needs its words in both languages"
    if bool(one.met) != any(each.startswith("test:") for each in one.by):
        yield "names a test that shows it where it is met, and only there"
    if any(not each.startswith(KINDS) for each in one.by):
        yield f"is shown by one of {', '.join(KINDS)}"
    if (one.issue and not one.missing) or (one.missing and one.is_read and not one.issue):
        yield "names the issue that brings what is missing, and only then"


def _tables(data: Mapping[str, object], key: str) -> list[Mapping[str, object]]:
    raw = data.get(key, [])
    return [each if isinstance(each, dict) else {} for each in raw] if isinstance(raw, list) else []


def _words(raw: object) -> tuple[str, ...]:
    return tuple(map(str, raw)) if isinstance(raw, list) else ()
