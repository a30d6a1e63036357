"""What an agency promises: shorter terms for online filings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from motcua.catalogue.models import Promise
from motcua.catalogue.queries.lists import with_codes
from motcua.kernel.limits import TimeLimit


@dataclass(frozen=True, slots=True)
class PromiseCard:
    """A promise as it was published; `title` is that of the procedure today, empty if it is not in force."""

    id: int
    agency_id: int
    code: str
    title: str
    limit: TimeLimit
    decision: str
    valid_from: date
    valid_to: date | None
    published_by: str

    def is_ahead(self, on: date) -> bool:
        return self.valid_from > on


def card_of(row: Promise, title: str = "") -> PromiseCard:
    """The card of a row whose procedure is at hand."""
    return PromiseCard(
        row.pk,
        row.agency_id,
        row.procedure.code,
        title,
        TimeLimit.parse(row.limit),
        row.decision,
        row.valid_from,
        row.valid_to,
        row.published_by,
    )


def promise(promise_id: int, on: date) -> PromiseCard | None:
    rows = Promise.objects.filter(id=promise_id)
    return next(iter(_cards(list(rows.select_related("procedure")), on)), None)


def promises_of(
    agency_id: int, on: date, *, is_over: bool = False, limit: int = 100
) -> tuple[PromiseCard, ...]:
    """Promises of the agency that hold on the day or are to come, by procedure; or those that are over, the
    newest first."""
    rows = Promise.objects.filter(agency_id=agency_id).select_related("procedure")
    if is_over:
        rows = rows.filter(valid_to__lt=on).order_by("-valid_to", "-id")
    else:
        rows = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on))
        rows = rows.order_by("procedure__code", "valid_from")
    return _cards(list(rows[:limit]), on)


def _cards(rows: list[Promise], on: date) -> tuple[PromiseCard, ...]:
    titles = {card.code: card.title for card in with_codes({row.procedure.code for row in rows}, on)}
    return tuple(card_of(row, titles.get(row.procedure.code, "")) for row in rows)
