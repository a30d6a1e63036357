"""Full lives through the real services, one after the other, beside their floor.

A life is an online dossier from draft to closed. Only the services are timed: reading the open task,
answering the form and storing the files happen outside the clock. Each call is one transaction with a
durable commit. Lives and floor take turns in small groups, so that a busy machine slows both alike.
"""

from __future__ import annotations

import statistics
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

from django.db import connection
from tools.bench.floor import Floor, Rows, Statement, difference, processor_seconds
from tools.bench.world import World

from motcua.catalogue.enums import Channel
from motcua.config.demo import papers, sample
from motcua.config.demo.lives import Life
from motcua.config.demo.people import Citizen
from motcua.config.demo.stories import Office, Plot, Story
from motcua.dossiers import services
from motcua.dossiers.enums import Status
from motcua.dossiers.rules.state import Applicant
from motcua.dossiers.services import Act
from motcua.kernel.actors import Actor

GROUP = 10


@dataclass(slots=True)
class Meter:
    """Seconds by service; what each call wrote is read afterwards, outside the clock."""

    rows: Rows
    processor: float = 0.0  # seconds of our own and of the server process that serves us
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    written: list[list[Statement]] = field(default_factory=list)
    _known: dict[str, Any] = field(default_factory=dict)

    def run(self, service: Callable[..., Act], **details: Any) -> Act:
        connection.ensure_connection()
        busy = processor_seconds(connection.connection.info.backend_pid)
        start = time.perf_counter()
        act = service(**details)
        self.seconds[service.__name__].append(time.perf_counter() - start)
        self.processor += processor_seconds(connection.connection.info.backend_pid) - busy
        new = self.rows.of(act.dossier_id)
        old = (self._known or self.rows.before_any()) | self.rows.shared
        self.written.append(difference(self.rows.columns, old, new))
        self._known = new
        self.rows.keep(new)
        return act

    def next_life(self) -> None:
        self._known = {}


@dataclass(slots=True)
class TimedLife(Life):
    """A life of the demo with a clock around each service."""

    meter: Meter = field(kw_only=True)

    def _file(self) -> None:
        story = self.story
        assert story.owner is not None
        actor = story.owner.actor
        filed: dict[str, Any] = {
            "form_data": papers.answers(story.sheet, story.applicant, story.variant, self.at, story.rng),
            "documents": papers.papers(story.sheet, story.channel, story.variant, actor=actor, at=self.at),
            "delivery": self._delivery(),
        }
        self.act = self.meter.run(
            services.save_draft,
            actor=actor,
            at=self.at,
            procedure_version_id=story.sheet.version_id,
            agency_id=story.agency_id,
            applicant=story.applicant,
            variant=story.variant,
            **filed,
        )

    def _do(self, service: Callable[..., Act], actor: Actor, **details: Any) -> None:
        assert self.act is not None
        self.act = self.meter.run(
            service,
            actor=actor,
            at=self.at,
            dossier_id=self.act.dossier_id,
            expected_version=self.act.version,
            **details,
        )


@dataclass(frozen=True, slots=True)
class Result:
    lives: int
    transactions: int
    seconds: float
    floor_seconds: float
    processor_ms: float  # for each life, ours and the database's
    floor_processor_ms: float
    statements: int
    milliseconds: dict[str, float]
    differing_tables: tuple[str, ...]

    @property
    def per_second(self) -> float:
        return self.lives / self.seconds

    @property
    def floor_per_second(self) -> float:
        return self.lives / self.floor_seconds


def measure(world: World, floor: Floor, count: int, progress: Callable[[int], None]) -> Result:
    meter = Meter(floor.rows)
    stories = _stories(world, count)
    floor_seconds, transactions, statements = 0.0, 0, 0
    for begin in range(0, count, GROUP):
        for story in stories[begin : begin + GROUP]:
            meter.next_life()
            life = TimedLife(story, meter=meter)
            for _ in life.run():
                pass
            if life.act is None or life.act.status != Status.CLOSED:
                raise SystemExit(f"bench: a life of {story.sheet.code} did not end closed: {life.act}")
        written, meter.written = meter.written, []
        floor_seconds += floor.replay(written)
        transactions += len(written)
        statements += sum(len(statement) for statement in written)
        progress(min(begin + GROUP, count))
    taken = {name: 1000 * statistics.median(each) for name, each in meter.seconds.items()}
    return Result(
        lives=count,
        transactions=transactions,
        processor_ms=1000 * meter.processor / count,
        floor_processor_ms=1000 * floor.processor / count,
        seconds=sum(sum(each) for each in meter.seconds.values()),
        floor_seconds=floor_seconds,
        statements=statements,
        milliseconds=taken,
        differing_tables=floor.differing_tables(),
    )


def _stories(world: World, count: int) -> list[Story]:
    rng = Random(7)
    choices = [
        (office, sheet)
        for office in world.offices
        for sheet in office.sheets
        if Channel.ONLINE in sheet.channels()
    ]
    return [
        _story(number, *rng.choice(choices), rng.choice(world.citizens), world, rng)
        for number in range(count)
    ]


def _story(number: int, office: Office, sheet: Any, owner: Citizen, world: World, rng: Random) -> Story:
    applicant = Applicant(
        name=owner.actor.name,
        personal_id=owner.personal_id,
        phone=owner.phone,
        email=owner.email,
        address=owner.address,
        date_of_birth=sample.birthday(rng),
    )
    return Story(
        plot=Plot.SMOOTH,
        sheet=sheet,
        variant=rng.choice(sheet.variants) if sheet.variants else "",
        channel=Channel.ONLINE,
        agency_id=office.staff.agency.id,
        calendar=office.calendar,
        staff=office.staff,
        applicant=applicant,
        owner=owner,
        arrives_at=world.now - timedelta(days=60) + timedelta(minutes=rng.randrange(5 * 1440)),
        slowness=0.5,
        key=f"bench-{number:06d}",
        rng=Random(rng.random()),
    )
