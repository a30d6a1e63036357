"""The jobs of the workers, as administrators see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max
from procrastinate.contrib.django.models import ProcrastinateJob


@dataclass(frozen=True, slots=True)
class Job:
    """`last_at`: when something last happened to it."""

    id: int
    task: str
    status: str
    attempts: int
    scheduled_at: datetime | None
    last_at: datetime | None


def jobs(status: str, *, limit: int = 50) -> tuple[Job, ...]:
    """The newest jobs of a status: todo, doing, failed."""
    rows = (
        ProcrastinateJob.objects.filter(status=status)
        .annotate(last_at=Max("procrastinateevent__at"))
        .order_by("-id")[:limit]
    )
    return tuple(
        Job(row.id, row.task_name, row.status, row.attempts, row.scheduled_at, row.last_at) for row in rows
    )


def job_counts() -> dict[str, int]:
    """How many jobs there are in each status; finished ones are cleared away after a day."""
    rows = ProcrastinateJob.objects.values_list("status").annotate(number=Count("id")).order_by()
    return dict(rows)
