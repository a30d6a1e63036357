"""The jobs of the workers, as administrators see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from motcua.notify.models import JobFailure
from motcua.notify.rules.job_faults import JobFault, Why


@dataclass(frozen=True, slots=True)
class Job:
    """`last_at`: when something last happened to it. `comes_again`: it is begun anew by the clock whatever
    becomes of this one. `why`: what is known of its last failure, None where nothing was kept.

    `attempts` are the tries that failed where that is kept: putting a job back in line counts for
    Procrastinate as one, too.
    """

    id: int
    task: str
    status: str
    attempts: int
    scheduled_at: datetime | None
    last_at: datetime | None
    comes_again: bool
    why: Why | None = None


def jobs(status: str, *, limit: int = 50) -> tuple[Job, ...]:
    """The newest jobs of a status: todo, doing, failed."""
    rows = (
        ProcrastinateJob.objects.filter(status=status)
        .annotate(last_at=Max("procrastinateevent__at"))
        .order_by("-id")[:limit]
    )
    found = list(rows)
    failures = JobFailure.objects.in_bulk([row.id for row in found]) if status == "failed" else {}
    periodic = {each.task.name for each in app.periodic_registry.periodic_tasks.values()}
    return tuple(
        Job(
            row.id,
            row.task_name,
            row.status,
            failures[row.id].times if row.id in failures else row.attempts,
            row.scheduled_at,
            row.last_at,
            comes_again=row.task_name in periodic,
            why=_why(row, failures.get(row.id)) if status == "failed" else None,
        )
        for row in found
    )


def _why(row: ProcrastinateJob, failure: JobFailure | None) -> Why | None:
    """What was kept; a job that no worker of this version knows fails before anybody could keep anything."""
    if failure is not None:
        return Why(JobFault(failure.fault), failure.name, failure.place, failure.said)
    if row.task_name not in app.tasks:
        return Why(JobFault.UNKNOWN_TASK, row.task_name)
    return None


def job_counts() -> dict[str, int]:
    """How many jobs there are in each status; finished ones are cleared away after a day."""
    rows = ProcrastinateJob.objects.values_list("status").annotate(number=Count("id")).order_by()
    return dict(rows)
