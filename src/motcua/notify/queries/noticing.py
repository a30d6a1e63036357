"""Public notices as their readers see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet

from motcua.notify.enums import NoticeKind
from motcua.notify.models import PublicNotice


@dataclass(frozen=True, slots=True)
class Notice:
    """`shown_from` and `shown_to` say when it is shown; what it tells of stands in its words."""

    id: int
    kind: NoticeKind
    title: str
    body: str
    shown_from: datetime
    shown_to: datetime
    given_by: str = ""

    @property
    def is_stop(self) -> bool:
        return self.kind is NoticeKind.STOP


def notices(at: datetime, *, language: str = "vi") -> tuple[Notice, ...]:
    """What everybody should know now, stops first; in English where it was given in English."""
    rows = PublicNotice.objects.filter(shown_from__lte=at, shown_to__gt=at)
    found = _read(rows.order_by("-shown_from", "-id"), language)
    return tuple(sorted(found, key=lambda notice: not notice.is_stop))


def all_notices(limit: int = 50, *, before: int | None = None, language: str = "vi") -> tuple[Notice, ...]:
    """Notices of any time, past, present and to come, the last given first.

    `before` is the number of the last one seen, for the next page.
    """
    rows = PublicNotice.objects.filter(**({"id__lt": before} if before is not None else {}))
    return _read(rows.order_by("-id")[:limit], language)


def shown_notices(at: datetime, limit: int = 50, *, language: str = "vi") -> tuple[Notice, ...]:
    """Notices that are shown or were, the newest first; not one whose time has not come, or never came."""
    rows = PublicNotice.objects.filter(shown_from__lte=at, shown_to__gt=F("shown_from"))
    return _read(rows.order_by("-shown_to", "-id")[:limit], language)


def _read(rows: QuerySet[PublicNotice], language: str) -> tuple[Notice, ...]:
    is_english = language.startswith("en")
    return tuple(
        Notice(
            row.pk,
            NoticeKind(row.kind),
            (is_english and row.title_english) or row.title,
            (is_english and row.body_english) or row.body,
            row.shown_from,
            row.shown_to,
            row.given_by,
        )
        for row in rows
    )
