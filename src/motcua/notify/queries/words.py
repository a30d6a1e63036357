"""The province's own words in letters and slips: those in force at a moment, and all there ever were."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from motcua.notify.models import ProvinceWords
from motcua.notify.rules.letters import Words


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
    row = ProvinceWords.objects.filter(written_at__lte=at).order_by("-written_at", "-id").first()
    return _words(row) if row else Words()


def words_history(limit: int = 50) -> tuple[WrittenWords, ...]:
    """The newest versions, the one in force first."""
    rows = ProvinceWords.objects.order_by("-written_at", "-id")[:limit]
    return tuple(WrittenWords(row.pk, _words(row), row.why, row.written_by, row.written_at) for row in rows)


def _words(row: ProvinceWords) -> Words:
    return Words(row.header, row.closing, row.header_english, row.closing_english, row.hotline)
