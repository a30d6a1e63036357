"""The periodic jobs, run by real workers."""

from __future__ import annotations

import errno
import os
import signal
import smtplib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import croniter
import pytest
from django.db import OperationalError, connection
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.notify.mailroom import MailRoom

from motcua.dossiers.errors import NotEntrusted
from motcua.notify import queries, services, tasks
from motcua.notify.models import JobFailure, OutboxMessage
from motcua.notify.rules import job_faults
from motcua.notify.rules.job_faults import JobFault, Why
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


SECRET = "066090000001 Nguyễn Văn An, mật khẩu cà-phê-sữa"


@pytest.fixture
def failing() -> Iterator[Callable[[BaseException], int]]:
    """A job that ends with an error, done by a real worker; its id. It is forgotten afterwards."""
    name = "tests.fails"
    raised: list[BaseException] = []

    def fails() -> None:
        raise raised[-1]

    task = app.task(name=name)(fails)

    def run(error: BaseException) -> int:
        raised.append(error)
        job_id = int(task.defer())
        work_until_idle()
        return job_id

    yield run
    del app.tasks[name]


@pytest.mark.parametrize(
    ("error", "fault", "name", "said"),
    [
        (OperationalError(f"server closed for {SECRET}"), JobFault.DATABASE, "OperationalError", ""),
        (OSError(errno.ENOSPC, SECRET), JobFault.NO_ROOM, "OSError", ""),
        (PermissionError(errno.EACCES, SECRET), JobFault.FILES, "PermissionError", ""),
        (ConnectionRefusedError(SECRET), JobFault.NETWORK, "ConnectionRefusedError", ""),
        (smtplib.SMTPDataError(535, SECRET.encode()), JobFault.NETWORK, "SMTPDataError", ""),
        (MemoryError(SECRET), JobFault.MEMORY, "MemoryError", ""),
        (NotEntrusted(who=SECRET), JobFault.REFUSED, NotEntrusted.code, NotEntrusted.message),
        (KeyError(SECRET), JobFault.PROGRAM, "KeyError", ""),
    ],
)  # fmt: skip
def test_job_that_failed_keeps_why_and_nothing_that_the_error_said(
    failing: Callable[[BaseException], int], error: BaseException, fault: JobFault, name: str, said: str
) -> None:
    before = timezone.now()
    job_id = failing(error)
    (job,) = queries.jobs("failed")
    assert (job.id, job.attempts, job.comes_again) == (job_id, 1, False)
    assert job.why is not None
    assert job.why == Why(fault, name, said=said)
    row = JobFailure.objects.get(pk=job_id)
    assert before <= row.failed_at <= timezone.now()
    kept = " ".join(map(str, JobFailure.objects.values_list().get(pk=job_id)))
    assert not any(word in kept for word in ("066090000001", "Nguyễn", "cà-phê-sữa"))


def test_place_of_a_fault_is_the_last_line_of_ours() -> None:
    try:
        services.retry_job(actor=None, job_id=0, at=timezone.now())  # type: ignore[arg-type]  # nobody acts
    except AttributeError as error:
        place = job_faults.why(error).place
    assert place.startswith("accounts/policy.py:")


def test_job_that_fails_again_says_the_newest_reason_and_what_is_cleared_away_goes(
    failing: Callable[[BaseException], int],
) -> None:
    job_id = failing(KeyError())
    app.job_manager.retry_job_by_id(job_id, retry_at=timezone.now())
    failing(ConnectionResetError())  # the same task raises the newest
    jobs = {job.id: job for job in queries.jobs("failed")}
    assert jobs[job_id].attempts == 2
    assert [jobs[job_id].why.fault] == [JobFault.NETWORK]  # type: ignore[union-attr]  # there is one
    assert JobFailure.objects.count() == 2
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job_id])
    assert services.forget_failures() == 1
    assert not JobFailure.objects.filter(pk=job_id).exists()


def test_job_of_which_nothing_was_kept_says_so_or_that_nobody_knows_it() -> None:
    known, unknown = (
        tasks.deliver.defer(timestamp=0),
        app.configure_task("gone.away", allow_unknown=True).defer(),
    )
    for each in (known, unknown):
        set_status(each, "failed")
    whys = {job.id: job.why for job in queries.jobs("failed")}
    assert whys[known] is None
    assert whys[unknown] == Why(JobFault.UNKNOWN_TASK, "gone.away")


def test_job_whose_reason_cannot_be_kept_fails_as_it_would_have(
    failing: Callable[[BaseException], int],
) -> None:
    """As where the database is away: the worker goes on."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE notify_jobfailure RENAME TO notify_jobfailure_away")
    try:
        job_id = failing(KeyError())
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE notify_jobfailure_away RENAME TO notify_jobfailure")
    assert status_of(job_id) == "failed"
    # The hourly clearing may be due just now, and fails for want of the same table.
    assert {job.id: job.why for job in queries.jobs("failed")}[job_id] is None
