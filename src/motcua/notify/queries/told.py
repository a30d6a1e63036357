"""What was told already, for those who remind by themselves and must not do so twice."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from motcua.notify.models import OutboxMessage


def told_about(key: str, abouts: Collection[str]) -> frozenset[str]:
    """Those of the matters about which a message of this key was posted; one query along an index."""
    rows = OutboxMessage.objects.filter(about__in=set(abouts), key=key)
    return frozenset(rows.values_list("about", flat=True).distinct())


def told_since(key: str, abouts: Collection[str], since: datetime) -> frozenset[tuple[str, int]]:
    """(matter, account) of those who were told of it by this key at that moment or later; one query."""
    rows = OutboxMessage.objects.filter(
        about__in=set(abouts), key=key, posted_at__gte=since, account__isnull=False
    )
    return frozenset(rows.values_list("about", "account_id").distinct())
