"""Making the sample province once, and finding it ready the next time."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connections
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from motcua.agencies import queries as agencies
from motcua.agencies import services as agency_services
from motcua.agencies.enums import AgencyLevel
from motcua.agencies.rules.cards import AgencyCard
from motcua.catalogue import queries as catalogue
from motcua.catalogue import services as catalogue_services
from motcua.config.demo import marker, people, player, reasons, stories
from motcua.config.demo.screen import Login
from motcua.config.postgres import Server
from motcua.kernel.actors import SYSTEM
from motcua.notify import services as notify
from motcua.process import services as process_services
from motcua.worktime.rules import local

SEED = 118_2025
OFFICES = 6
CITIZENS = 20


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
        agency_services.load_province(
            province=settings.PROVINCE,
            actor=SYSTEM,
            at=opened_at,
            keep_closed_open=settings.PROVINCE == "kon-tum",
        )
        catalogue_services.load_published(province=settings.PROVINCE, actor=SYSTEM, at=opened_at)
        process_services.load_published(actor=SYSTEM, at=opened_at)
    with _step(progress, "Officers and citizens"):
        offices = _offices(opened_at, rng)
        first = offices[0].staff.agency
        people.administrators(first, opened_at)
        reasons.keep_samples(opened_at)
        citizens = people.citizens(CITIZENS, first.name, at=opened_at, rng=rng)
    task = progress.add_task("Dossiers", total=dossiers)
    report = player.play(
        offices,
        citizens,
        count=dossiers,
        now=now,
        seed=SEED,
        progress=lambda done: progress.update(task, completed=done),
    )
    for refusal, times in report.refusals.most_common():
        progress.console.print(f"refused {times} times: {refusal}", style="yellow")
    _deliver(progress)
    return people.logins(citizens[0], first.name)


def _offices(at: datetime, rng: Random) -> list[stories.Office]:
    """The agencies of the demo: communes and departments that settle the most procedures, two to one."""
    cards = catalogue.published(at.date())
    settles: dict[int, list[int]] = {}
    for card in cards:
        for offer in catalogue.offers_of(card.version_id, province=settings.PROVINCE, on=at.date()):
            settles.setdefault(offer.agency_id, []).append(card.version_id)
    chosen = _chosen(agencies.cards(settles), settles)
    offices = []
    for number, agency in enumerate(chosen):
        versions = settles[agency.id]
        units = people.competent_units(agency.id, versions)
        staff = people.staff(agency, units, number=number, at=at, rng=rng)
        sheets = tuple(catalogue.sheet(version_id) for version_id in versions)
        offices.append(stories.Office(staff, agencies.calendar_of(agency.id, at.date()), sheets))
    return offices


def _chosen(cards: tuple[AgencyCard, ...], settles: dict[int, list[int]]) -> list[AgencyCard]:
    whole = [card for card in cards if card.desk_unit_id and card.leadership_unit_id and card.office_unit_id]
    whole.sort(key=lambda card: -len(settles[card.id]))
    communes = [card for card in whole if card.level is AgencyLevel.COMMUNE]
    others = [card for card in whole if card.level is not AgencyLevel.COMMUNE]
    departments = min(len(others), OFFICES // 2)
    return [*communes[: OFFICES - departments], *others[:departments]]


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
