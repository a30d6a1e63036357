"""One regulation with every value, and where it stands on the timeline of its province."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from motcua.law import queries
from motcua.law.rules import Clause, Regulation
from motcua.theme import regulations as words


@dataclass(frozen=True, slots=True)
class Stretch:
    """One regulation on the timeline. `when` is `now`, `past` or `ahead`."""

    regulation: Regulation
    start: dt.date | None
    end: dt.date | None
    when: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page: the regulation, its values by matter, the clauses named, in the words of the text."""

    regulation: Regulation
    groups: tuple[words.Group, ...]
    clauses: tuple[ClauseWords, ...]
    count: int
    by_reference: int


@dataclass(frozen=True, slots=True)
class ClauseWords:
    """A place of the text that gives some value: the clauses there, and the published words.

    `parts` say in our own words what each clause is that is a part of the words there, and the one that
    stands in no article. The number may be inferred (reading A2).
    """

    ids: tuple[str, ...]
    words: tuple[str, ...]
    parts: tuple[Clause, ...]
    is_inferred: bool


def timeline(province: str, today: dt.date) -> tuple[Stretch, ...]:
    """The regulations of the province, oldest first; none for a province that the data do not know."""
    found = queries.law().timelines.get(province)
    if found is None:
        return ()
    return tuple(
        Stretch(regulation, period.start, period.end, _when(today, period.start, period.end))
        for period, regulation in found.entries
    )


def shown_first(stretches: tuple[Stretch, ...]) -> Regulation | None:
    """The regulation of today; before the first one, the first."""
    found = [stretch for stretch in stretches if stretch.when == "now"] or list(stretches)
    return found[0].regulation if found else None


def sheet(regulation: Regulation) -> Sheet:
    law = queries.law()
    groups = words.groups(regulation, dict(law.readings))
    return Sheet(
        regulation=regulation,
        groups=groups,
        clauses=tuple(
            clause_words({one for group in groups for line in group.lines for one in line.clauses})
        ),
        count=len(regulation.values),
        by_reference=sum(bool(value.by_reference and value.by_reference.law) for value in regulation.values),
    )


def clause_words(named: Collection[str]) -> Iterator[ClauseWords]:
    """The places of the named clauses in the order of the registry; parts of one sentence come together."""
    law = queries.law()
    places: dict[str, list[str]] = {}
    for one in law.clauses:
        if one in named:
            places.setdefault(one.partition("#")[0], []).append(one)
    for ids in places.values():
        clause = law.clauses[ids[0]]
        text = law.texts.get(clause.regulation)
        words_there = tuple(paragraph.words for paragraph in text.of(clause.id)) if text else ()
        parts = tuple(law.clauses[one] for one in ids) if "#" in ids[0] or not words_there else ()
        yield ClauseWords(tuple(ids), words_there, parts, clause.inferred)


def _when(today: dt.date, start: dt.date | None, end: dt.date | None) -> str:
    if start is not None and today < start:
        return "ahead"
    return "past" if end is not None and today > end else "now"
