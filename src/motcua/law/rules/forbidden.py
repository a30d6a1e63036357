"""The acts that other laws forbid, where a regulation only points to their articles."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeGuard

from motcua.kernel.bilingual import Bilingual
from motcua.law.errors import Problem
from motcua.law.rules.values import Mark

WHOM = ("everybody", "applicants", "officers", "postal")
MARKS = (Mark.FOUND, Mark.MEMORY)


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
        if law not in named or not isinstance(tables, list):
            problems.append(Problem(file, law, "no regulation names this law"))
            continue
        read = [_read(file, law, each, problems) for each in tables]
        found[law] = tuple(each for each in read if each is not None)
    return found, tuple(problems)


def _read(file: str, law: str, raw: object, problems: list[Problem]) -> ForbiddenActs | None:
    table = raw if isinstance(raw, dict) else {}
    whom, mark, acts = table.get("whom"), table.get("mark"), table.get("acts")
    english = table.get("acts_english")
    told = _told(acts, english)
    has_source = bool(table.get("source")) == (mark == Mark.FOUND)
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
