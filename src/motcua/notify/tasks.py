"""What workers do all the time: deliver the outbox, pick up after dead workers, clear away old jobs."""

from __future__ import annotations

import logging

from asgiref.sync import sync_to_async
from django.utils import timezone
from procrastinate import JobContext, exceptions
from procrastinate.contrib.django import app
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

from motcua.notify import services
from motcua.notify.enums import Delivery

logger = logging.getLogger(__name__)

MAX_PER_RUN = 500  # then the next run goes on, perhaps on another worker
STALLED_AFTER = 30  # seconds without a heartbeat; workers send one every ten
KEEP_FINISHED_HOURS = 24
KEEP_FAILED_HOURS = 30 * 24


@app.periodic(cron="* * * * * */5", periodic_id="deliver")
@app.task(name="notify.deliver", queueing_lock="notify.deliver")
def deliver(timestamp: int) -> int:
    """Every five seconds: deliver what is due; answers how many messages were taken up."""
    transport = services.SmtpTransport()
    count = 0
    try:
        while count < MAX_PER_RUN:
            done = services.deliver_next(transport=transport, at=timezone.now())
            if done is None:
                break
            count += 1
            if done.state is Delivery.FAILED:
                logger.warning("message %s could not be delivered", done.message_id)
    finally:
        transport.close()
    return count


@app.periodic(cron="* * * * * */20", periodic_id="requeue_stalled")
@app.task(name="notify.requeue_stalled", queueing_lock="notify.requeue_stalled", pass_context=True)
async def requeue_stalled(context: JobContext, timestamp: int) -> int:
    """Every twenty seconds: put the jobs of dead workers back in line; answers how many."""
    manager = context.app.job_manager
    stalled = list(await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER))
    for job in stalled:
        logger.warning("job %s (%s) lost its worker and is put back in line", job.id, job.task_name)
        await _requeue(manager, job)
    return len(stalled)


async def _requeue(manager: JobManager, job: Job) -> None:
    """Back in line, or closed as aborted when an equal job already waits there."""
    try:
        await manager.retry_job(job)
    except exceptions.UniqueViolation:
        await manager.finish_job(job, Status.ABORTED, delete_job=False)


@app.periodic(cron="17 * * * *", periodic_id="clear_away")
@app.task(name="notify.clear_away", queueing_lock="notify.clear_away", pass_context=True)
async def clear_away(context: JobContext, timestamp: int) -> None:
    """Every hour: delete jobs that ended well a day ago, and failed ones after a month."""
    manager = context.app.job_manager
    await manager.delete_old_jobs(nb_hours=KEEP_FINISHED_HOURS, include_cancelled=True, include_aborted=True)
    await manager.delete_old_jobs(nb_hours=KEEP_FAILED_HOURS, include_failed=True)
    await sync_to_async(services.forget_failures)()
