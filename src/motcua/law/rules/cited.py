"""The laws to which regulations point: from when they are in force, how well each article is known, and what
changed it since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from motcua.law.errors import Problem
from motcua.law.rules.values import Amendment, Mark

_PARTS = {"since", "mark", "known", "amended"}
GRADES = (Mark.FOUND, Mark.SECONDARY)


@dataclass(frozen=True, slots=True)
class CitedLaw:
    """`since` is its first day, None where nobody needs it. `known` says of each article that was met in a
    source how well (found or secondary); of what is absent nothing was seen. `amended` is what changed an
    article later, by article."""

    since: dt.date | None = None
    known: Mapping[str, Mark] = field(default_factory=lambda: MappingProxyType({}))
    amended: Mapping[str, Amendment] = field(default_factory=lambda: MappingProxyType({}))


def load_cited(file: str, data: Mapping[str, object]) -> tuple[dict[str, CitedLaw], tuple[Problem, ...]]:
    """The laws in the file, with every fault found. Each day and each article says how well it is known."""
    laws: dict[str, CitedLaw] = {}
    problems: list[Problem] = []
    for law, raw in data.items():
        if not isinstance(raw, dict) or not set(raw) <= _PARTS or ("since" in raw) != ("mark" in raw):
            problems.append(Problem(file, law, "expected since and mark, known, amended"))
            continue
        before = len(problems)
        since = _since(file, law, raw, problems) if "since" in raw else None
        known = _known(file, law, raw.get("known", {}), problems)
        amended = _amended(file, law, raw.get("amended", {}), problems)
        if len(problems) == before:
            laws[law] = CitedLaw(since, known, amended)
    return laws, tuple(problems)


def _since(file: str, law: str, raw: Mapping[str, object], problems: list[Problem]) -> dt.date | None:
    day, mark = raw["since"], raw["mark"]
    if not _is_day(day):
        problems.append(Problem(file, f"{law}.since", f"expected a date such as 2018-06-21, not {day!r}"))
    elif mark not in (*GRADES, Mark.MEMORY):
        problems.append(Problem(file, f"{law}.mark", f"expected found, secondary or memory, not {mark!r}"))
    return day if isinstance(day, dt.date) else None


def _known(file: str, law: str, raw: object, problems: list[Problem]) -> Mapping[str, Mark]:
    known: dict[str, Mark] = {}
    for article, each in (raw if isinstance(raw, dict) else {"": raw}).items():
        told = each if isinstance(each, dict) else {}
        if told.keys() != {"mark", "source"} or told["mark"] not in GRADES or not told["source"]:
            place = f"{law}.known.{article}"
            problems.append(Problem(file, place, "needs found or secondary, and its source"))
        else:
            known[article] = Mark(told["mark"])
    return MappingProxyType(known)


def _amended(file: str, law: str, raw: object, problems: list[Problem]) -> Mapping[str, Amendment]:
    amended: dict[str, Amendment] = {}
    for article, each in (raw if isinstance(raw, dict) else {"": raw}).items():
        told = each if isinstance(each, dict) else {}
        if told.keys() != {"by", "since", "source"} or not all(told.values()) or not _is_day(told["since"]):
            place = f"{law}.amended.{article}"
            problems.append(Problem(file, place, "needs by, since (a date) and its source"))
        else:
            amended[article] = Amendment(str(told["by"]), told["since"])
    return MappingProxyType(amended)


def _is_day(raw: object) -> bool:
    return isinstance(raw, dt.date) and not isinstance(raw, dt.datetime)
