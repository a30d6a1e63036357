"""Which regulation is in force in a province on which date."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping
from dataclasses import dataclass

from motcua.kernel.periods import Period
from motcua.law.errors import Problem
from motcua.law.rules.regulation import Regulation

PROVINCES = ("kon-tum", "quang-ngai", "dak-lak", "phu-tho")


@dataclass(frozen=True, slots=True)
class Timeline:
    """The regulations of one province, oldest first, without overlap and without a hole."""

    province: str
    name: str
    entries: tuple[tuple[Period, Regulation], ...]

    def on(self, day: dt.date) -> Regulation | None:
        """The regulation for a dossier that came in on that day: was filed, or entered at the desk.

        Basis: KT22-QD2, KT18-QD2, reading A1.
        """
        entry = self.entry_on(day)
        return entry[1] if entry else None

    def entry_on(self, day: dt.date) -> tuple[Period, Regulation] | None:
        """The regulation of that day with the period in which it is in force here."""
        return next((entry for entry in self.entries if day in entry[0]), None)


def load_timelines(
    file: str, data: Mapping[str, object], regulations: Mapping[str, Regulation]
) -> tuple[dict[str, Timeline], tuple[Problem, ...]]:
    """The timelines by province, with every fault found in them."""
    timelines: dict[str, Timeline] = {}
    problems: list[Problem] = []
    for province, raw in data.items():
        if province not in PROVINCES:
            problems.append(Problem(file, province, f"unknown province, expected {', '.join(PROVINCES)}"))
        if not isinstance(raw, dict) or not isinstance(raw.get("regulations"), list) or "name" not in raw:
            problems.append(Problem(file, province, "expected a name and a list of regulations"))
            continue
        entries: list[tuple[Period, Regulation]] = []
        for index, item in enumerate(raw["regulations"]):
            entry, found = _entry(file, f"{province}.regulations[{index}]", province, item, regulations)
            problems += found
            if entry:
                entries.append(entry)
        problems += _order(file, province, entries)
        timelines[province] = Timeline(province, str(raw["name"]), tuple(entries))
    return timelines, tuple(problems)


def _entry(
    file: str, key: str, province: str, item: object, regulations: Mapping[str, Regulation]
) -> tuple[tuple[Period, Regulation] | None, list[Problem]]:
    """One entry, or the reasons why it is none."""
    if not isinstance(item, dict) or not set(item) <= {"regulation", "from", "to"}:
        return None, [Problem(file, key, "expected regulation, from and perhaps to")]
    regulation = regulations.get(str(item.get("regulation")))
    if regulation is None:
        return None, [Problem(file, key, f"unknown regulation {item.get('regulation')!r}")]
    start, end = item.get("from"), item.get("to")
    if not _is_day(start) or not (end is None or _is_day(end)):
        return None, [Problem(file, key, "from must be a date; to, if given, too")]
    try:
        period = Period(start, end)
    except ValueError as error:
        return None, [Problem(file, key, str(error))]
    return (period, regulation), _fits(file, key, province, period, regulation)


def _is_day(value: object) -> bool:
    return isinstance(value, dt.date) and not isinstance(value, dt.datetime)


def _fits(file: str, key: str, province: str, period: Period, regulation: Regulation) -> list[Problem]:
    problems = []
    if regulation.province != province:
        problems.append(Problem(file, key, f"{regulation.short_name} belongs to {regulation.province}"))
    starts_early = period.start is not None and period.start not in regulation.validity
    ends_late = regulation.validity.end is not None and (
        period.end is None or period.end > regulation.validity.end
    )
    if starts_early or ends_late:
        problems.append(Problem(file, key, f"reaches outside the validity of {regulation.short_name}"))
    return problems


def _order(file: str, province: str, entries: list[tuple[Period, Regulation]]) -> list[Problem]:
    """Problems between neighbours: overlap, wrong order, a hole."""
    problems = []
    for (earlier, first), (later, second) in itertools.pairwise(entries):
        pair = f"{first.short_name} and {second.short_name}"
        if earlier.overlaps(later):
            problems.append(Problem(file, province, f"{pair} overlap"))
        elif later.start is not None and earlier.start is not None and later.start < earlier.start:
            problems.append(Problem(file, province, f"{pair} stand in the wrong order"))
        elif earlier.end is not None and later.start != earlier.end + dt.timedelta(days=1):
            problems.append(Problem(file, province, f"a hole between {pair}"))
    return problems
