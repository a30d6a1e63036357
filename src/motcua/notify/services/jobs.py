"""Putting a failed job back in line; keeping why it failed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from motcua.accounts import policy
from motcua.audit import services as audit
from motcua.kernel.actors import Actor
from motcua.kernel.errors import NotFound
from motcua.notify.models import JobFailure
from motcua.notify.rules import job_faults


def retry_job(*, actor: Actor, job_id: int, at: datetime) -> None:
    """Raises Forbidden unless the actor administers, NotFound if there is no such failed job."""
    policy.must_administer(actor)
    with transaction.atomic():
        job = ProcrastinateJob.objects.filter(pk=job_id, status="failed").first()
        if job is None:
            raise NotFound
        facts = {"task": job.task_name}
        audit.record_act(actor=actor, act="job_retried", what=f"job:{job_id}", at=at, facts=facts)
        app.job_manager.retry_job_by_id(job_id, retry_at=at)


def keep_failure(*, job_id: int, error: BaseException, at: datetime) -> None:
    """Keep why a job failed, in the place of why it failed before; how often it did goes on being counted."""
    why = job_faults.why(error)
    kept = {"fault": why.fault.value, "name": why.name, "place": why.place, "said": why.said, "failed_at": at}
    row, is_first = JobFailure.objects.get_or_create(job_id=job_id, defaults=kept)
    if not is_first:
        JobFailure.objects.filter(pk=row.pk).update(**kept, times=F("times") + 1)


def forget_failures() -> int:
    """Drop what is kept of jobs that were cleared away; answers how many."""
    is_there = ProcrastinateJob.objects.filter(pk=OuterRef("job_id"))
    return JobFailure.objects.filter(~Exists(is_there)).delete()[0]
