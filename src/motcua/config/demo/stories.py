"""What is settled about a sample dossier before its life begins: who, what, where, when, and the plot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random
from typing import TypeVar

from motcua.catalogue.enums import Channel
from motcua.catalogue.rules.sheets import ProcedureSheet
from motcua.config.demo import sample
from motcua.config.demo.people import Citizen, Staff
from motcua.dossiers.rules.state import Applicant
from motcua.worktime.rules import Calendar

T = TypeVar("T")
# Birth, death, certificate of marital status, household business.
USUAL = ("1.001193", "1.000656", "1.004873", "1.001612")
UNDECIDED = 20  # every so many-th dossier
DAYS = 84  # how far back the first dossiers came in: sixty working days


class Plot(StrEnum):
    SMOOTH = "smooth"  # granted and returned
    DRAFT = "draft"  # never sent
    SUPPLEMENT_FIRST = "supplement_first"  # asked for a paper before acceptance
    SUPPLEMENT_LATER = "supplement_later"  # asked for a paper during settlement
    SENT_BACK = "sent_back"  # the head returns the draft once
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"  # asked for a paper that never came
    PAYING = "paying"  # the clock waits for a payment
    APOLOGISED = "apologised"  # the leader sets a new date with an apology
    REFUSED = "refused"
    UNCOLLECTED = "uncollected"  # the result waits at the desk
    UNDECIDED = "undecided"  # lies before the leader: what a demo of approving needs


@dataclass(frozen=True, slots=True)
class Story:
    """Everything that is settled before a life begins. `slowness` stretches each term; over 1 is late."""

    plot: Plot
    sheet: ProcedureSheet
    variant: str
    channel: Channel
    agency_id: int
    calendar: Calendar
    staff: Staff
    applicant: Applicant
    owner: Citizen | None
    arrives_at: datetime
    slowness: float
    key: str
    rng: Random = field(compare=False)


@dataclass(frozen=True, slots=True)
class Office:
    """An agency with its people, its hours and the procedures it settles."""

    staff: Staff
    calendar: Calendar
    sheets: tuple[ProcedureSheet, ...]


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
    Plot.PAYING: 4,
    Plot.APOLOGISED: 4,
    Plot.DRAFT: 5,
}
_CHANNELS = {Channel.ONLINE: 55, Channel.COUNTER: 37, Channel.POSTAL: 8}
_ASKING = frozenset({Plot.SUPPLEMENT_FIRST, Plot.SUPPLEMENT_LATER, Plot.STOPPED})


Arrives = Callable[[Channel, Calendar, Random], datetime]


def story(
    number: int,
    offices: Sequence[Office],
    citizens: Sequence[Citizen],
    arrives: Arrives,
    rng: Random,
    usual: Sequence[str] = (),
) -> Story:
    """The story of dossier `number`, come in when `arrives` says; the same source gives the same story.

    Two of three are of the `usual` procedures, by their codes, where the office settles any.
    """
    is_undecided = number % UNDECIDED == 1
    office = offices[0] if is_undecided or rng.random() < 0.4 else rng.choice(offices)  # shown most
    sheet = _sheet(number, office, usual, rng)
    plot = Plot.UNDECIDED if is_undecided else _weighted(_PLOTS, rng)
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
        variant=sheet.variant_of(rng.choice(sheet.cases)) if sheet.cases else "",
        channel=channel,
        agency_id=office.staff.agency.id,
        calendar=office.calendar,
        staff=office.staff,
        applicant=_applicant(owner, number, offices[0].staff.agency.name, rng),
        owner=owner,
        arrives_at=max(arrives(channel, office.calendar, rng) for _ in range(1 + 2 * is_undecided)),
        slowness=rng.uniform(1.3, 2.4)
        if rng.random() < 0.18 and not is_undecided
        else rng.uniform(0.3, 0.95),
        key=f"demo-{number:05d}",
        rng=rng,
    )


def _sheet(number: int, office: Office, usual: Sequence[str], rng: Random) -> ProcedureSheet:
    """Usual ones in turn: so enough of each end for what the sheet says of their length."""
    common = [sheet for code in usual for sheet in office.sheets if sheet.code == code]
    if common and number % 3:
        return common[number // 3 % len(common)]
    return rng.choice(office.sheets)


def _can_be_asked_for(sheet: ProcedureSheet, channel: Channel) -> bool:
    return any(each.required and not each.is_shown_only for each in sheet.components_for(channel))


def _owner(number: int, citizens: Sequence[Citizen], rng: Random) -> Citizen:
    """An files every tenth online dossier, so that the first log-in shows a well-filled page."""
    return citizens[0] if number % 10 == 0 else rng.choice(citizens)


def _applicant(owner: Citizen | None, number: int, place: str, rng: Random) -> Applicant:
    if owner is not None:
        return Applicant(
            name=owner.actor.name,
            personal_id=owner.personal_id,
            phone=owner.phone,
            email=owner.email,
            address=owner.address,
            date_of_birth=owner.date_of_birth,
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


def arrival(now: datetime, channel: Channel, calendar: Calendar, rng: Random) -> datetime:
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
