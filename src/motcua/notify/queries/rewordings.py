"""Letters to applicants in the province's own words: in force at a moment, and all there ever were."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from motcua.notify.models import LetterWording
from motcua.notify.rules.places import KINDS, Kind
from motcua.notify.rules.rewording import OURS, LetterText, checked


@dataclass(frozen=True, slots=True)
class WrittenLetter:
    """One version: who wrote it when, and why. `is_ours`: from then on our own letter again."""

    number: int
    text: LetterText
    why: str
    written_by: str
    written_at: datetime

    @property
    def is_ours(self) -> bool:
        return self.text == OURS


def letter_at(key: str, at: datetime) -> LetterText:
    """The words of this letter in force at that moment; `OURS` where the province has none."""
    if key not in KINDS:
        return OURS
    rows = LetterWording.objects.filter(key=key, written_at__lte=at)
    row = rows.order_by("-written_at", "-id").first()
    return _text(row) if row else OURS


def letter_history(key: str, limit: int = 50) -> tuple[WrittenLetter, ...]:
    """The newest versions of this letter, the one in force first."""
    rows = LetterWording.objects.filter(key=key).order_by("-written_at", "-id")[:limit]
    return tuple(WrittenLetter(row.pk, _text(row), row.why, row.written_by, row.written_at) for row in rows)


def reworded_letters() -> frozenset[str]:
    """The keys of the letters that go out in the province's words now."""
    newest = LetterWording.objects.order_by("key", "-written_at", "-id").distinct("key")
    return frozenset(row.key for row in newest if _text(row) != OURS)


def _text(row: LetterWording) -> LetterText:
    return LetterText(row.subject, row.body, row.subject_english, row.body_english)


def reworded_kind(key: str) -> Kind | None:
    """What a letter of this kind may hold and must; None for one that stays ours."""
    return KINDS.get(key)


def checked_letter(key: str, text: LetterText) -> LetterText:
    """The text as it would be kept. Raises what `rewording.checked` does."""
    return checked(key, text, site=settings.PUBLIC_URL)
