"""Reading the record of reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from motcua.audit.models import ReadRecord
from motcua.kernel.actors import ActorKind


@dataclass(frozen=True, slots=True)
class Read:
    """One reading, as shown to the person concerned or to an auditor."""

    actor_kind: ActorKind
    actor_id: str
    actor_name: str
    what: str
    why: str
    at: datetime


def reads_of(what: str, *, limit: int = 100) -> tuple[Read, ...]:
    """Who read `what`, newest first, at most `limit` rows."""
    return _reads(ReadRecord.objects.filter(what=what), limit)


def reads_by(actor_id: str, *, limit: int = 100) -> tuple[Read, ...]:
    """What one account read, newest first, at most `limit` rows."""
    return _reads(ReadRecord.objects.filter(actor_id=actor_id), limit)


def _reads(records: QuerySet[ReadRecord], limit: int) -> tuple[Read, ...]:
    rows = records.order_by("-at", "-id")[:limit]
    return tuple(
        Read(ActorKind(row.actor_kind), row.actor_id, row.actor_name, row.what, row.why, row.at)
        for row in rows
    )
