"""Accent-blind search over the procedures in force: one query."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import F, FloatField, Func, Value

from motcua.catalogue.enums import OnlineLevel
from motcua.catalogue.queries.lists import life_events
from motcua.catalogue.queries.sheets import in_force
from motcua.catalogue.rules import codes, nearest, searching
from motcua.catalogue.rules.cards import LifeEvent, Note, ProcedureCard
from motcua.kernel.text import fold

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from motcua.catalogue.models import ProcedureVersion

    Rows = QuerySet[ProcedureVersion, tuple[Any, ...]]

_CARD = ("id", "procedure__code", "title", "sector", "online_level", "is_sample")
_SYNONYMS = Path(__file__).resolve().parent.parent / "data" / "synonyms.toml"
CANDIDATES = 80  # rows that the database hands over to be put in order
NEAREST_AT_MOST = 5


@dataclass(frozen=True, slots=True)
class Answers:
    """What a search found, best first. Where nothing has all that was asked for, what comes nearest to it."""

    cards: tuple[ProcedureCard, ...]
    is_whole: bool = True


def search(text: str, limit: int = 20, *, on: date | None = None) -> tuple[ProcedureCard, ...]:
    """Procedures that answer the text, best first; none for an empty question, and none if nothing fits.

    Finds without accents, by the beginning of the last word, by the code (its dot may be left out), by
    everyday words ("sổ đỏ") and in spite of a slip in a word; but not what merely shares a syllable with the
    question.
    """
    return search_each([text], limit, on=on)[text]


def search_each(
    texts: Iterable[str], limit: int = 20, *, on: date | None = None
) -> dict[str, tuple[ProcedureCard, ...]]:
    """What `search` answers to each of several texts, asked together: one query, however many they are."""
    wanted = tuple(dict.fromkeys(texts))
    questions = [_asked(text) for text in wanted]
    rows = [_candidates(asked, place, on) for place, asked in enumerate(questions) if not asked.is_empty]
    found: list[list[tuple[Any, ...]]] = [[] for _ in wanted]
    for place, *row in _together(rows):
        found[place].append(tuple(row))
    return {text: _best(_asked(text, each), each, limit) for text, each in zip(wanted, found, strict=True)}


def answers(text: str, limit: int = 20, *, on: date | None = None) -> Answers:
    """What `search` finds, else what comes nearest: "khai sinh cho cháu ngoại". The same one query."""
    asked = _asked(text)
    rows = [] if asked.is_empty else [tuple(row[1:]) for row in _candidates(asked, 0, on)]
    asked = _asked(text, rows)
    found = _best(asked, rows, limit)
    if found:
        return Answers(found)
    most = min(limit, NEAREST_AT_MOST)
    return Answers(_best(asked, rows, most, by=nearest.nearness, kept_from=0.75), is_whole=False)


def _candidates(asked: searching.Question, place: int, on: date | None) -> Rows:
    """The rows that may answer a question, each after the place of the question among those asked."""
    query = SearchQuery(searching.tsquery(asked), config="simple", search_type="raw")
    rank = Func(F("search_vector"), query, function="ts_rank", output_field=FloatField())
    rows = in_force(on).filter(search_vector=query).annotate(place=Value(place), rank=rank)
    return rows.order_by("-rank", "sort_key").values_list("place", *_CARD, "search_text")[:CANDIDATES]


def _together(rows: Sequence[Rows]) -> Iterable[tuple[Any, ...]]:
    """The rows of several questions by one query; those of each stay in their order."""
    if len(rows) < 2:
        return rows[0] if rows else ()
    return rows[0].union(*rows[1:], all=True)


def _best(
    asked: searching.Question,
    rows: list[tuple[Any, ...]],
    limit: int,
    *,
    by: Callable[[searching.Question, str, str], float] = searching.score,
    kept_from: float = 0.5,
) -> tuple[ProcedureCard, ...]:
    """The best by points, and what is not far behind them (`kept_from`)."""
    scored = [(by(asked, row[2], row[6]), _card(row)) for row in rows]
    best = max((points for points, _ in scored), default=0.0)
    kept = [item for item in scored if item[0] > 0 and item[0] >= best * kept_from]
    return tuple(card for _, card in sorted(kept, key=lambda item: -item[0])[:limit])


def _card(row: Sequence[Any]) -> ProcedureCard:
    version_id, code, title, sector, level, is_sample = row[:6]
    return ProcedureCard(version_id, code, title, sector, OnlineLevel(level), is_sample)


def by_end_of_code(digits: str, limit: int = 20, *, on: date | None = None) -> tuple[ProcedureCard, ...]:
    """Procedures whose code ends with these digits: what an officer who knows the code types."""
    return by_ends_of_code([digits], limit, on=on)[digits]


def by_ends_of_code(
    ends: Iterable[str], limit: int = 20, *, on: date | None = None
) -> dict[str, tuple[ProcedureCard, ...]]:
    """The same for the ends of several codes: one query, however many they are."""
    wanted = tuple(dict.fromkeys(ends))
    rows = [
        in_force(on)
        .filter(procedure__code__endswith=digits)
        .annotate(place=Value(place))
        .order_by("sort_key")
        .values_list("place", *_CARD)[:limit]
        for place, digits in enumerate(wanted)
    ]
    found: list[list[ProcedureCard]] = [[] for _ in wanted]
    for place, *row in _together(rows):
        found[place].append(_card(row))
    return {digits: tuple(each) for digits, each in zip(wanted, found, strict=True)}


def named(
    texts: Iterable[str], limit: int = 20, *, on: date | None = None
) -> dict[str, tuple[ProcedureCard, ...]]:
    """Procedures as officers name them: by the last digits of a code, else as `search` finds them. Two
    queries at most, however many texts they are."""
    wanted = tuple(dict.fromkeys(texts))
    found = by_ends_of_code(filter(_is_end_of_code, wanted), limit, on=on)
    rest = [text for text in wanted if text and not found.get(text)]
    return found | search_each(rest, limit, on=on)


def _is_end_of_code(asked: str) -> bool:
    return asked.isdigit() and 3 <= len(asked) <= 6


def _asked(text: str, rows: Iterable[tuple[Any, ...]] = ()) -> searching.Question:
    """The question in a text; the words in the titles of `rows`, those that may answer it, are known."""
    titles = [searching.target_of(row[2], row[6]) for row in rows]
    return searching.question(codes.dotted(text[:200]), synonyms(), _table()["shorthand"], titles)


def events(text: str, limit: int = 3) -> tuple[LifeEvent, ...]:
    """What happens in a life or a business that answers the text, in Vietnamese or English. No query."""
    asked = _asked(text)
    scored = [(_answer_of(asked, event), event) for event in life_events()]
    found = sorted((each for each in scored if each[0] > 0), key=lambda each: -each[0])
    return tuple(event for _, event in found[:limit])


def _answer_of(asked: searching.Question, event: LifeEvent) -> float:
    return max(
        searching.score(asked, event.name, fold(event.about)),
        searching.score(asked, event.english, fold(event.about_english)),
    )


def usual_names(text: str) -> tuple[str, ...]:
    """What the matters of the everyday words in a text are usually called, settled here or not."""
    asked = _asked(text)
    return tuple(dict.fromkeys(known.names[0] for known in asked.known))


def likely(text: str, *, on: date | None = None) -> dict[str, tuple[ProcedureCard, ...]]:
    """The usual names of a text, each with the best procedure in force that bears it; none if none does.

    Asked when nothing answers the whole text: one query for each name.
    """
    found: dict[str, tuple[ProcedureCard, ...]] = {}
    for name in usual_names(text):
        cards = search(name, on=on)
        found[name] = tuple(card for card in cards if searching.bears(card.title, name))[:1]
    return found


def near(text: str, limit: int = 5, *, on: date | None = None) -> tuple[ProcedureCard, ...]:
    """What else there is about a thing that a question names: asked when nothing answers it.

    "cấp lại bằng lái" names "bằng lái". At most three queries.
    """
    for phrase in searching.everyday_phrases(_asked(text).words, synonyms())[:3]:
        found = search(phrase.everyday, limit, on=on)
        if found:
            return found
    return ()


def notes(text: str) -> tuple[Note, ...]:
    """What is to be known of the matters of the everyday words in a text, found or not. No query."""
    asked = _asked(text)
    meant = {known.everyday for known in asked.known}
    return tuple(note for words, note in _notes() if not meant.isdisjoint(words))


@cache
def _notes() -> tuple[tuple[frozenset[str], Note], ...]:
    return tuple(
        (frozenset(each["words"]), Note(each["vi"], each["en"])) for each in _table().get("notes", ())
    )


@cache
def synonyms() -> dict[str, tuple[str, ...]]:
    """Everyday phrases and what the catalogue calls them; also without words that only join."""
    written = {everyday: tuple(official) for everyday, official in _table()["synonyms"].items()}
    return {searching.without_joint(everyday): names for everyday, names in written.items()} | written


@cache
def _table() -> dict[str, Any]:
    with _SYNONYMS.open("rb") as file:
        return tomllib.load(file)
