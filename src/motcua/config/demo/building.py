"""Making the sample province once, and finding it ready the next time."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from random import Random

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connections
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from motcua.agencies.enums import Role
from motcua.config.demo import blank_forms, governing, marker, people, player, province, reasons, stories
from motcua.config.demo.screen import Login
from motcua.config.postgres import Server
from motcua.notify import services as notify
from motcua.worktime.rules import local

SEED = 118_2025


def ensure(server: Server, dossiers: int, console: Console) -> list[Login]:
    """The logins of the sample province, which is made first if it is not there or is of an older version."""
    _collect_static()
    wanted = marker.fingerprint(dossiers)
    found = marker.read()
    if found is not None and found["fingerprint"] == wanted:
        return [Login(**person) for person in json.loads(found["logins"])]
    if found is not None:
        console.print("The sample data are of another version: making them anew.")
    _start_over(server)
    with _progress(console) as progress:
        logins = _build(dossiers, progress)
    marker.write({"fingerprint": wanted, "logins": json.dumps([asdict(person) for person in logins])})
    return logins


def _start_over(server: Server) -> None:
    """An empty database with all tables, and no files of a former one. It is the demo's own database."""
    connections.close_all()
    server.recreate_database(settings.DATABASES["default"]["NAME"])
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    shutil.rmtree(Path(settings.MEDIA_ROOT).parent / "mail", ignore_errors=True)
    call_command("migrate", interactive=False, verbosity=0)


def _build(dossiers: int, progress: Progress) -> list[Login]:
    now = local(timezone.now())
    opened_at = now - timedelta(days=stories.DAYS + 30)
    rng = Random(SEED)  # noqa: S311 - sample data
    with _step(progress, "Agencies, procedures, processes"):
        province.load_published(opened_at)
    with _step(progress, "Officers and citizens"):
        offices = province.offices(opened_at, rng)
        first = offices[0].staff.agency
        administrator = people.administrators(first, opened_at)
        reasons.keep_samples(opened_at)
        blank_forms.keep_samples(administrator, opened_at)
        governing.keep_samples(first, offices[0].staff.by_role[Role.CLERK][0], now)
        citizens = people.citizens(province.CITIZENS, first.name, at=opened_at, rng=rng)
    task = progress.add_task("Dossiers", total=dossiers)
    report = player.play(
        offices,
        citizens,
        count=dossiers,
        now=now,
        seed=SEED,
        usual=stories.USUAL,
        progress=lambda done: progress.update(task, completed=done),
    )
    for refusal, times in report.refusals.most_common():
        progress.console.print(f"refused {times} times: {refusal}", style="yellow")
    _deliver(progress)
    return people.logins(citizens[0], first.name)


def _deliver(progress: Progress) -> None:
    """Send the letters of the past now, so that the worker starts with a clear table."""
    transport = notify.SmtpTransport()
    task = progress.add_task("Letters", total=None)
    try:
        while notify.deliver_next(transport=transport, at=timezone.now()) is not None:
            progress.advance(task)
    finally:
        transport.close()
    progress.update(task, total=progress.tasks[task].completed)


def _collect_static() -> None:
    """Gather and compress the static files unless nothing has changed since the last time."""
    stamp = settings.STATE_DIR / "static.stamp"
    state = "\n".join(
        f"{path} {storage.size(path)} {storage.get_modified_time(path).timestamp()}"
        for finder in get_finders()
        for path, storage in finder.list(["*.scss"])
    )
    if stamp.exists() and stamp.read_text(encoding="utf-8") == state:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0, ignore_patterns=["*.scss"])
    stamp.write_text(state, encoding="utf-8")


def _progress(console: Console) -> Progress:
    columns = (TextColumn("{task.description:34}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console)


@contextmanager
def _step(progress: Progress, name: str) -> Iterator[None]:
    task = progress.add_task(name, total=1)
    yield
    progress.advance(task)
