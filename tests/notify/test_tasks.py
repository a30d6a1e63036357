"""The periodic jobs, run by real workers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import croniter
import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.notify.mailroom import MailRoom

from motcua.notify import services, tasks
from motcua.notify.models import OutboxMessage
from motcua.notify.services import Recipient

SOURCE = Path(tasks.__file__).parents[2]
AN = Recipient(None, "an@example.vn", "Nguyễn Văn An")


@pytest.fixture(autouse=True)
def no_jobs_left_behind(transactional_db: None) -> Iterator[None]:
    """The tables of jobs are not Django's to flush."""
    yield
    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers CASCADE"
        )


def work_until_idle() -> None:
    """One worker in this process does what waits."""
    with app.replace_connector(app.connector.get_worker_connector()) as working:
        working.run_worker(wait=False, listen_notify=False, concurrency=1)


def post() -> None:
    context = {"code": "000.00.00.H15-240304-0001", "procedure": "Đăng ký khai sinh"}
    services.post(key="dossier.accepted", recipients=[AN], context=context, about="d-1", at=timezone.now())


def set_status(job_id: int, status: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [status, job_id])


def status_of(job_id: int) -> str:
    return str(ProcrastinateJob.objects.get(pk=job_id).status)


def wait_until(is_so: Callable[[], bool], seconds: float) -> bool:
    """Look again and again until it is so; False if the time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if is_so():
            return True
        time.sleep(0.1)
    return is_so()


def test_deliver_as_a_job_empties_the_outbox(mailroom: MailRoom) -> None:
    post()
    post()
    job_id = tasks.deliver.defer(timestamp=0)

    work_until_idle()

    assert status_of(job_id) == "succeeded"
    assert len(mailroom.arrived) == 2
    assert set(OutboxMessage.objects.values_list("state", flat=True)) == {"sent"}


def test_deliver_with_nothing_to_do_opens_no_connection() -> None:
    assert tasks.deliver(timestamp=0) == 0


def test_deliver_waiting_twice_is_one_job() -> None:
    tasks.deliver.defer(timestamp=0)
    with pytest.raises(tasks.exceptions.AlreadyEnqueued):
        tasks.deliver.defer(timestamp=5)


@pytest.mark.parametrize(
    ("task", "seconds"), [("notify.deliver", 5), ("notify.requeue_stalled", 20), ("notify.clear_away", 3600)]
)
def test_periodic_tasks_run_as_often_as_they_say(task: str, seconds: int) -> None:
    (cron,) = [
        periodic.cron
        for periodic in app.periodic_registry.periodic_tasks.values()
        if periodic.task.name == task
    ]
    clock = croniter.croniter(cron, start_time=1_709_514_000)
    first: float = clock.get_next(float)
    assert clock.get_next(float) - first == seconds


def test_requeue_of_job_without_worker_runs_it_again() -> None:
    lost = tasks.deliver.configure(queueing_lock="another").defer(timestamp=0)
    set_status(lost, "doing")
    tasks.requeue_stalled.defer(timestamp=0)

    work_until_idle()

    job = ProcrastinateJob.objects.get(pk=lost)
    assert (job.status, job.attempts) == ("succeeded", 2)


def test_requeue_of_job_whose_equal_already_waits_closes_it() -> None:
    lost = tasks.deliver.defer(timestamp=0)
    set_status(lost, "doing")
    waiting = tasks.deliver.configure(schedule_in={"hours": 1}).defer(timestamp=5)
    tasks.requeue_stalled.defer(timestamp=0)

    work_until_idle()

    assert (status_of(lost), status_of(waiting)) == ("aborted", "todo")


def test_clear_away_deletes_what_ended_well_a_day_ago() -> None:
    old, fresh = (tasks.deliver.configure(queueing_lock=lock).defer(timestamp=0) for lock in ("a", "b"))
    failed = tasks.deliver.configure(queueing_lock="c").defer(timestamp=0)
    work_until_idle()
    set_status(failed, "failed")
    with connection.cursor() as cursor:
        for job_id, hours in ((old, 25), (fresh, 23), (failed, 25)):
            cursor.execute(
                "UPDATE procrastinate_events SET at = at - make_interval(hours => %s) WHERE job_id = %s",
                [hours, job_id],
            )
    tasks.clear_away.defer(timestamp=0)

    work_until_idle()

    left = ProcrastinateJob.objects.filter(pk__in=[old, fresh, failed]).values_list("id", flat=True)
    assert set(left) == {fresh, failed}


def start_worker(mail_port: int, log: Path) -> subprocess.Popen[bytes]:
    """`motcua worker` as an administrator runs it, on the database of this test."""
    place: dict[str, Any] = connection.settings_dict
    url = f"host={place['HOST']} port={place['PORT']} user={place['USER']} dbname={place['NAME']}"
    env = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(SOURCE), os.environ.get("PYTHONPATH", "")]),
        "DATABASE_URL": url,
        "MOTCUA_SMTP_HOST": "127.0.0.1",
        "MOTCUA_SMTP_PORT": str(mail_port),
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "motcua.config.settings"),
    }
    with log.open("ab") as output:
        return subprocess.Popen(
            [sys.executable, "-m", "motcua.config.cli", "worker"],
            env=env,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


@pytest.mark.slow
def test_job_and_message_of_killed_worker_are_taken_up_again(
    mailroom: MailRoom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailroom.is_open.clear()
    post()
    log = tmp_path / "worker.log"
    worker = start_worker(mailroom.port, log)
    try:
        wait_until(lambda: mailroom.is_holding.is_set() or worker.poll() is not None, seconds=60)
        assert mailroom.is_holding.is_set(), log.read_text()
        job = ProcrastinateJob.objects.get(task_name="notify.deliver", status="doing")
    finally:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait(timeout=10)

    assert status_of(job.pk) == "doing"
    assert OutboxMessage.objects.get().state == "claimed"

    mailroom.is_open.set()
    monkeypatch.setattr(tasks, "STALLED_AFTER", 1)

    def is_taken_up() -> bool:
        tasks.requeue_stalled.configure(queueing_lock=None).defer(timestamp=0)
        work_until_idle()
        return status_of(job.pk) != "doing"

    assert wait_until(is_taken_up, seconds=30)
    assert status_of(job.pk) in {"succeeded", "aborted"}  # aborted: its next run already waited

    OutboxMessage.objects.update(next_try_at=timezone.now() - timedelta(seconds=1))
    assert tasks.deliver(timestamp=0) == 1
    assert OutboxMessage.objects.get().state == "sent"
    assert len({message["Message-ID"] for message in mailroom.arrived}) == 1
