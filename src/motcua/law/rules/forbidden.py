"""The acts that other laws forbid, where a regulation only points to their articles, and the English of what
a regulation forbids by name."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeGuard

from motcua.kernel.bilingual import Bilingual
from motcua.law.errors import Problem
from motcua.law.rules.cited import GRADES
from motcua.law.rules.values import Mark

WHOM = ("everybody", "applicants", "officers", "postal")
OWN = "own"
MARKS = (Mark.FOUND, Mark.SECONDARY, Mark.MEMORY)


@dataclass(frozen=True, slots=True)
class ForbiddenActs:
    """What one article forbids to somebody, shortly; `mark` says whether a text of it was read."""

    whom: str
    mark: Mark
    acts: tuple[Bilingual, ...]


def load_forbidden(
    file: str, data: Mapping[str, object], named: Collection[str]
) -> tuple[dict[str, tuple[ForbiddenActs, ...]], tuple[Problem, ...]]:
    """The acts by law, with a problem for each law nobody names and each table that is not whole."""
    problems: list[Problem] = []
    found: dict[str, tuple[ForbiddenActs, ...]] = {}
    for law, tables in data.items():
        if law == OWN:
            continue
        if law not in named or not isinstance(tables, list):
            problems.append(Problem(file, law, "no regulation names this law"))
            continue
        read = [_read(file, law, each, problems) for each in tables]
        found[law] = tuple(each for each in read if each is not None)
    return found, tuple(problems)


def load_own(
    file: str, data: Mapping[str, object], acts: Mapping[str, tuple[str, ...]]
) -> tuple[dict[str, tuple[str, ...]], tuple[Problem, ...]]:
    """The English of what each regulation forbids by name (`acts`), with a problem for each whose English
    is missing or does not stand beside its Vietnamese."""
    section = data.get(OWN)
    english = section if isinstance(section, dict) else {}
    told = {name: _told(list(own), english.get(name)) for name, own in acts.items() if own}
    found = {name: tuple(each.english for each in acts) for name, acts in told.items()}
    wrong = [name for name, said in found.items() if not said]
    wrong += [name for name in english if name not in found]
    return found, tuple(Problem(file, f"{OWN}.{name}", "needs English for each act") for name in wrong)


def _read(file: str, law: str, raw: object, problems: list[Problem]) -> ForbiddenActs | None:
    table = raw if isinstance(raw, dict) else {}
    whom, mark, acts = table.get("whom"), table.get("mark"), table.get("acts")
    english = table.get("acts_english")
    told = _told(acts, english)
    has_source = bool(table.get("source")) == (mark in GRADES)
    if whom not in WHOM or mark not in MARKS or not told or not has_source:
        problems.append(
            Problem(file, law, "needs whom, mark, acts in both languages, and a source if a text was found")
        )
        return None
    return ForbiddenActs(str(whom), Mark(str(mark)), told)


def _told(acts: object, english: object) -> tuple[Bilingual, ...]:
    """The acts in both languages; none if the lists do not stand beside each other."""
    if not (_is_list(acts) and _is_list(english) and len(acts) == len(english)):
        return ()
    return tuple(Bilingual(*words) for words in zip(acts, english, strict=True))


def _is_list(acts: object) -> TypeGuard[list[str]]:
    return isinstance(acts, list) and bool(acts) and all(isinstance(act, str) and act for act in acts)
