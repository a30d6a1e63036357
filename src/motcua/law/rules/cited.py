"""From when the laws are in force to which regulations point."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from motcua.law.errors import Problem
from motcua.law.rules.values import Mark


def load_cited(file: str, data: Mapping[str, object]) -> tuple[dict[str, dt.date], tuple[Problem, ...]]:
    """The first day of each law in the file, with every fault found. Each day says how well it is known."""
    since: dict[str, dt.date] = {}
    problems: list[Problem] = []
    for law, raw in data.items():
        if not isinstance(raw, dict) or set(raw) != {"since", "mark"}:
            problems.append(Problem(file, law, "expected since and mark"))
            continue
        day, mark = raw["since"], raw["mark"]
        if isinstance(day, dt.datetime) or not isinstance(day, dt.date):
            problems.append(Problem(file, f"{law}.since", f"expected a date such as 2018-06-21, not {day!r}"))
        elif mark not in (Mark.FOUND, Mark.MEMORY):
            problems.append(Problem(file, f"{law}.mark", f"expected found or memory, not {mark!r}"))
        else:
            since[law] = day
    return since, tuple(problems)
