"""Accent-blind search over the procedures in force: one query."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

from django.contrib.postgres.search import SearchQuery
from django.db.models import F, FloatField, Func, Value

from motcua.catalogue.enums import OnlineLevel
from motcua.catalogue.queries.sheets import in_force
from motcua.catalogue.rules import searching
from motcua.catalogue.rules.cards import ProcedureCard
from motcua.kernel.text import fold

_SYNONYMS = Path(__file__).resolve().parent.parent / "data" / "synonyms.toml"
CANDIDATES = 80  # rows that the database hands over to be put in order


def search(text: str, limit: int = 20, *, on: date | None = None) -> tuple[ProcedureCard, ...]:
    """Procedures that answer the text, best first; none for an empty question.

    Finds without accents, by beginnings of words, by the code, by everyday words ("sổ đỏ") and in spite of a
    slip in a word.
    """
    asked = searching.question(text[:200], synonyms())
    if asked.is_empty:
        return ()
    query = SearchQuery(searching.tsquery(asked), config="simple", search_type="raw")
    rank = Func(F("search_vector"), query, function="ts_rank", output_field=FloatField())
    rows = (
        in_force(on)
        .filter(search_vector=query)
        .annotate(code=F("procedure__code"), rank=rank, weight=Value(1))
        .order_by("-rank", "sort_key")
        .values_list("id", "code", "title", "sector", "online_level", "is_sample", "search_text")[:CANDIDATES]
    )
    scored = [
        (searching.score(asked, fold(row[2]), row[6]), ProcedureCard(*row[:4], OnlineLevel(row[4]), row[5]))
        for row in rows
    ]
    near = [item for item in scored if item[0] >= searching.NEAR_ENOUGH]
    best = max((points for points, _ in near), default=0.0)
    kept = [item for item in near if item[0] >= best * 0.5]
    return tuple(card for _, card in sorted(kept, key=lambda item: -item[0])[:limit])


def by_end_of_code(digits: str, limit: int = 20, *, on: date | None = None) -> tuple[ProcedureCard, ...]:
    """Procedures whose code ends with these digits: what an officer who knows the code types."""
    rows = (
        in_force(on)
        .filter(procedure__code__endswith=digits)
        .order_by("sort_key")
        .values_list("id", "procedure__code", "title", "sector", "online_level", "is_sample")[:limit]
    )
    return tuple(ProcedureCard(*row[:4], OnlineLevel(row[4]), row[5]) for row in rows)


@cache
def synonyms() -> dict[str, tuple[str, ...]]:
    """Everyday phrases and what the catalogue calls them, folded."""
    with _SYNONYMS.open("rb") as file:
        table = tomllib.load(file)["synonyms"]
    return {fold(everyday): tuple(fold(word) for word in official) for everyday, official in table.items()}
