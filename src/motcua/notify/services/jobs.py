"""Putting a failed job back in line."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from motcua.accounts import policy
from motcua.audit import services as audit
from motcua.kernel.actors import Actor
from motcua.kernel.errors import NotFound


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
