"""The outbox as operators, cases and the dossier's history see it: who was told what, and whether it went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from motcua.notify.models import OutboxMessage


@dataclass(frozen=True, slots=True)
class OutboxLine:
    """One message without its text and without the address."""

    id: int
    key: str
    channel: str
    account_id: int | None
    recipient_name: str
    about: str
    state: str
    attempts: int
    permanent: bool
    last_error: str
    posted_at: datetime
    settled_at: datetime | None


def outbox(
    *,
    about: str | None = None,
    state: str | None = None,
    key: str | None = None,
    before: int | None = None,
    limit: int = 100,
) -> tuple[OutboxLine, ...]:
    """The newest messages first, narrowed by what is given; `before` is the id of the last line seen."""
    rows = OutboxMessage.objects.order_by("-id")
    wanted = {"about": about, "state": state, "key": key, "id__lt": before}
    rows = rows.filter(**{field: value for field, value in wanted.items() if value is not None})
    return tuple(_line(row) for row in rows[:limit])


def outbox_counts() -> dict[str, int]:
    """How many messages there are in each state."""
    rows = OutboxMessage.objects.values_list("state").annotate(number=Count("id")).order_by()
    return dict(rows)


def _line(row: OutboxMessage) -> OutboxLine:
    return OutboxLine(
        id=row.pk,
        key=row.key,
        channel=row.channel,
        account_id=row.account_id,
        recipient_name=row.recipient_name,
        about=row.about,
        state=row.state,
        attempts=row.attempts,
        permanent=row.permanent,
        last_error=row.last_error,
        posted_at=row.posted_at,
        settled_at=row.settled_at,
    )
