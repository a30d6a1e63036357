"""Playing many lives at once, in the order in which their moments come."""

from __future__ import annotations

import heapq
import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import TypeVar

from motcua.accounts.models import Account
from motcua.catalogue.enums import Channel
from motcua.catalogue.rules.sheets import ProcedureSheet
from motcua.config.demo import sample
from motcua.config.demo.lives import Life, Plot, Story
from motcua.config.demo.people import Citizen, Staff
from motcua.dossiers.rules.state import Applicant
from motcua.kernel.errors import Refusal
from motcua.worktime.rules import Calendar

T = TypeVar("T")
DAYS = 84  # how far back the first dossiers came in: sixty working days
_PLOTS = {
    Plot.SMOOTH: 50,
    Plot.SUPPLEMENT_FIRST: 9,
    Plot.SUPPLEMENT_LATER: 5,
    Plot.SENT_BACK: 6,
    Plot.UNCOLLECTED: 6,
    Plot.REFUSED: 5,
    Plot.DECLINED: 5,
    Plot.WITHDRAWN: 5,
    Plot.STOPPED: 4,
    Plot.DRAFT: 5,
}
_CHANNELS = {Channel.ONLINE: 55, Channel.COUNTER: 37, Channel.POSTAL: 8}


@dataclass(frozen=True, slots=True)
class Office:
    """An agency with its people, its hours and the procedures it settles."""

    staff: Staff
    calendar: Calendar
    sheets: tuple[ProcedureSheet, ...]


@dataclass(slots=True)
class Report:
    """How many dossiers were played, and what was refused: a refusal here is a fault of the demo."""

    played: int = 0
    refusals: Counter[str] = field(default_factory=Counter)


def play(
    offices: Sequence[Office],
    citizens: Sequence[Citizen],
    *,
    count: int,
    now: datetime,
    seed: int,
    progress: Callable[[int], None] = lambda done: None,
) -> Report:
    """Let `count` dossiers live until `now`. The same seed and moment give the same lives."""
    rng = Random(seed)  # noqa: S311 - sample data
    report = Report()
    order = itertools.count()
    due: list[tuple[datetime, int, Story, Iterator[datetime]]] = []
    for number in range(count):
        story = _story(number, offices, citizens, now, Random(rng.random()))  # noqa: S311
        run = Life(story).run()
        heapq.heappush(due, (next(run), next(order), story, run))
    while due:
        at, _, story, run = heapq.heappop(due)
        following = _step(story, run, report) if at <= now else None
        if following is None:
            report.played += 1
            progress(report.played)
        else:
            heapq.heappush(due, (following, next(order), story, run))
    return report


def _step(story: Story, run: Iterator[datetime], report: Report) -> datetime | None:
    try:
        return next(run, None)
    except Refusal as refusal:
        report.refusals[f"{story.sheet.code}, {story.plot}: {refusal}"] += 1
        return None


def _story(
    number: int, offices: Sequence[Office], citizens: Sequence[Citizen], now: datetime, rng: Random
) -> Story:
    office = offices[0] if rng.random() < 0.4 else rng.choice(offices)  # the first one is shown most
    sheet = rng.choice(office.sheets)
    plot = _weighted(_PLOTS, rng)
    wanted = Channel.ONLINE if plot is Plot.DRAFT else _weighted(_CHANNELS, rng)
    channel = wanted if wanted in sheet.channels() else Channel.COUNTER
    if channel is not Channel.ONLINE and plot is Plot.DRAFT:
        plot = Plot.SMOOTH
    if plot in _ASKING and not _can_be_asked_for(sheet, channel):
        plot = Plot.SMOOTH
    owner = _owner(number, citizens, rng) if channel is Channel.ONLINE else None
    return Story(
        plot=plot,
        sheet=sheet,
        variant=rng.choice(sheet.variants) if sheet.variants else "",
        channel=channel,
        agency_id=office.staff.agency.id,
        calendar=office.calendar,
        staff=office.staff,
        applicant=_applicant(owner, number, offices[0].staff.agency.name, rng),
        owner=owner,
        arrives_at=_arrival(channel, office.calendar, now, rng),
        slowness=rng.uniform(1.3, 2.4) if rng.random() < 0.18 else rng.uniform(0.3, 0.95),
        key=f"demo-{number:05d}",
        rng=rng,
    )


_ASKING = frozenset({Plot.SUPPLEMENT_FIRST, Plot.SUPPLEMENT_LATER, Plot.STOPPED})


def _can_be_asked_for(sheet: ProcedureSheet, channel: Channel) -> bool:
    return any(each.required and not each.is_shown_only for each in sheet.components_for(channel))


def _owner(number: int, citizens: Sequence[Citizen], rng: Random) -> Citizen:
    """An files every tenth online dossier, so that the first log-in shows a well-filled page."""
    return citizens[0] if number % 10 == 0 else rng.choice(citizens)


def _applicant(owner: Citizen | None, number: int, place: str, rng: Random) -> Applicant:
    if owner is not None:
        account = Account.objects.get(pk=owner.actor.id)
        return Applicant(
            name=owner.actor.name,
            personal_id=owner.personal_id,
            phone=owner.phone,
            email=owner.email,
            address=owner.address,
            date_of_birth=account.date_of_birth,
        )
    name = sample.full_name(rng)
    return Applicant(
        name=name,
        personal_id=sample.personal_id(100_000 + number),
        phone=sample.phone(100_000 + number),
        email=sample.email(name, number) if rng.random() < 0.4 else "",
        address=sample.address(rng, place),
        date_of_birth=sample.birthday(rng),
    )


def _arrival(channel: Channel, calendar: Calendar, now: datetime, rng: Random) -> datetime:
    """More of them lately; at the counter within opening hours, online at any hour."""
    moment = now - timedelta(days=DAYS * rng.random() ** 2.5)
    if channel is Channel.ONLINE and rng.random() < 0.5:
        return moment.replace(microsecond=0)
    moment = moment.replace(hour=rng.randint(7, 16), minute=rng.randint(0, 59), second=0, microsecond=0)
    while (opening := calendar.next_opening(moment)) > now:
        moment -= timedelta(days=1)
    return opening


def _weighted(weights: dict[T, int], rng: Random) -> T:
    return rng.choices(list(weights), list(weights.values()))[0]
