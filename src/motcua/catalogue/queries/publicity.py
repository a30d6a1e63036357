"""Pieces of public information that are up."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from motcua.catalogue.models import PublicItem


@dataclass(frozen=True, slots=True)
class ItemCard:
    id: int
    kind: str
    title: str
    body: str
    source: str
    agency_id: int
    agency: str
    published_at: datetime
    changed_at: datetime
    version: int


def public_items(
    province: str,
    *,
    kind: str | None = None,
    agency_ids: Collection[int] | None = None,
    before: int | None = None,
    limit: int = 30,
) -> tuple[ItemCard, ...]:
    """What is up, the newest first.

    Basis: PT24-5.4, PT24-5.9, KT22-4.2#1, DL24-3.3#1, PT24-3.3.
    """
    rows = _rows().filter(province=province)
    if kind is not None:
        rows = rows.filter(kind=kind)
    if agency_ids is not None:
        rows = rows.filter(agency_id__in=set(agency_ids))
    if before is not None:
        rows = rows.filter(id__lt=before)
    return tuple(_card(row) for row in rows.order_by("-id")[:limit])


def public_item(province: str, item_id: int) -> ItemCard | None:
    return next((_card(row) for row in _rows().filter(province=province, id=item_id)), None)


def _rows() -> QuerySet[PublicItem]:
    return PublicItem.objects.filter(withdrawn_at__isnull=True).select_related("agency")


def _card(row: PublicItem) -> ItemCard:
    return ItemCard(
        row.pk,
        row.kind,
        row.title,
        row.body,
        row.source,
        row.agency_id,
        row.agency.name,
        row.published_at,
        row.changed_at,
        row.version,
    )
