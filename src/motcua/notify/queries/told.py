"""What was told already, for those who remind by themselves and must not do so twice."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import Max

from motcua.notify.models import OutboxMessage


def told_about(key: str, abouts: Collection[str]) -> frozenset[str]:
    """Those of the matters about which a message of this key was posted; one query along an index."""
    rows = OutboxMessage.objects.filter(about__in=set(abouts), key=key)
    return frozenset(rows.values_list("about", flat=True).distinct())


def last_told(keys: Collection[str], abouts: Collection[str]) -> Mapping[str, datetime]:
    """When a message of one of these keys was last posted about each matter; without those never told of."""
    rows = OutboxMessage.objects.filter(about__in=set(abouts), key__in=set(keys))
    return dict(rows.values_list("about").annotate(last=Max("posted_at")).order_by())


def told_since(key: str, abouts: Collection[str], since: datetime) -> frozenset[tuple[str, int]]:
    """(matter, account) of those who were told of it by this key at that moment or later; one query."""
    rows = OutboxMessage.objects.filter(
        about__in=set(abouts), key=key, posted_at__gte=since, account__isnull=False
    )
    return frozenset(rows.values_list("about", "account_id").distinct())
