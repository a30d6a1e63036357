"""What workers do around every job: keep why it failed, for the page of jobs."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from asgiref.sync import sync_to_async

if TYPE_CHECKING:
    from procrastinate import JobContext
    from procrastinate.worker import Worker

log = logging.getLogger(__name__)


async def keep_why(call_next: Callable[[], Awaitable[Any]], context: JobContext, worker: Worker) -> Any:
    """The job as it is; an error goes on its way, to the log with all that it says."""
    try:
        return await call_next()
    except Exception as error:  # whatever it is: it goes on below
        if context.job.id is not None:
            await sync_to_async(_keep)(context.job.id, error)
        raise


def _keep(job_id: int, error: Exception) -> None:
    from django.db import close_old_connections
    from django.utils import timezone

    from motcua.notify import services

    close_old_connections()
    try:
        services.keep_failure(job_id=job_id, error=error, at=timezone.now())
    except Exception as other:  # noqa: BLE001 - mostly the database is away, which ended the job too
        log.warning("why job %s failed could not be kept (%s)", job_id, type(other).__name__)
    finally:
        close_old_connections()
