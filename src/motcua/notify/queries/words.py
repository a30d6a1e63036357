"""The province's own words in letters and slips: those in force at a moment, and all there ever were."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from motcua.notify.models import ProvinceWords
from motcua.notify.rules.letters import Words

_WORDS = """
SELECT asked.place, words.header, words.closing, words.header_english, words.closing_english, words.hotline
FROM unnest(%s::timestamptz[]) WITH ORDINALITY AS asked (at, place)
CROSS JOIN LATERAL (
  SELECT * FROM notify_provincewords WHERE written_at <= asked.at ORDER BY written_at DESC, id DESC LIMIT 1
) AS words"""


@dataclass(frozen=True, slots=True)
class WrittenWords:
    """One version: who wrote it when, and why."""

    number: int
    words: Words
    why: str
    written_by: str
    written_at: datetime


def words_at(at: datetime) -> Words:
    """The words in force at that moment: what was sent or printed then says the same for ever."""
    return words_at_each([at])[at]


def words_at_each(moments: Iterable[datetime]) -> dict[datetime, Words]:
    """The words in force at each of these moments. One query."""
    wanted = list(dict.fromkeys(moments))
    with connection.cursor() as cursor:
        cursor.execute(_WORDS, [wanted])
        found = {place: Words(*row) for place, *row in cursor}
    return {at: found.get(place, Words()) for place, at in enumerate(wanted, start=1)}


def words_history(limit: int = 50) -> tuple[WrittenWords, ...]:
    """The newest versions, the one in force first."""
    rows = ProvinceWords.objects.order_by("-written_at", "-id")[:limit]
    return tuple(WrittenWords(row.pk, _words(row), row.why, row.written_by, row.written_at) for row in rows)


def _words(row: ProvinceWords) -> Words:
    return Words(row.header, row.closing, row.header_english, row.closing_english, row.hotline)
