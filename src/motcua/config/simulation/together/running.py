"""Several processes on one database, from the command line."""

from __future__ import annotations

import multiprocessing
import signal
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from random import Random
from typing import TYPE_CHECKING, Any

from rich.console import Console

from motcua.config.simulation import place
from motcua.config.simulation.plan import Plan
from motcua.config.simulation.running import OPENED_BEFORE

if TYPE_CHECKING:
    from motcua.config.simulation.report import Report
    from motcua.config.simulation.together.claims import Claim
    from motcua.config.simulation.world import World

HOURS_A_SECOND = 4  # of the year, in a second of ours
SLOT = 0.08  # seconds for which everybody looks at the same dossier
AT_ONCE = 6  # dossiers among which all choose at a time
TOGETHER = 0.65  # how often somebody looks at what all look at: the rest is for the serials of codes
WITHIN_SLOTS = 45  # slots for which they choose among these: enough for most lives


@dataclass(frozen=True, slots=True)
class Shared:
    """What all processes share. They are forked, so the clock of one is the clock of all."""

    plan: Plan
    world: World
    began: float

    def clock(self) -> datetime:
        passed = time.monotonic() - self.began
        at = self.plan.opens_at + timedelta(hours=8 + passed * HOURS_A_SECOND)
        return at.replace(microsecond=0)

    @property
    def slot(self) -> int:
        return int((time.monotonic() - self.began) / SLOT)

    def pick(self, rng: Random) -> int:
        """Mostly the same for everybody within a slot; else another one of the few that are at work now."""
        group, within = divmod(self.slot, WITHIN_SLOTS)
        chosen = within * 7 if rng.random() < TOGETHER else rng.randrange(AT_ONCE)
        return group * AT_ONCE + chosen % AT_ONCE

    @property
    def is_over(self) -> bool:
        return self.slot // WITHIN_SLOTS * AT_ONCE >= self.plan.dossiers


def simulate(plan: Plan, people: int, console: Console) -> Report:
    """Let so many processes act at once, then look at everything. Raises place.NotOurs, PostgresError.

    It begins anew each time; nothing of it is kept but the report.
    """
    place.refuse_what_is_given()
    folder = place.folder_of(plan, "together")
    place.prepare(plan, folder)
    with place.only_one(folder), place.database() as server:
        place.start_over(server)
        console.print("Loading the province and its people.")
        report = _played(plan, people, console)
        place.keep(folder, report.to_json())
        if report.holds:
            place.clear_away(server)
        return report


def _played(plan: Plan, people: int, console: Console) -> Report:
    from django.db import connections

    from motcua.config.simulation import world
    from motcua.config.simulation.report import Report
    from motcua.config.simulation.tally import Tally
    from motcua.config.simulation.together import claims, playing
    from motcua.dossiers.models import Dossier, DossierEvent

    made = world.load(plan.opens_at - OPENED_BEFORE, plan.seed)
    claims.make_table()
    connections.close_all()  # no two processes may speak on one connection
    began = time.monotonic()
    shared = Shared(plan, made, began)
    console.print(f"{people} at once, on {plan.dossiers} dossiers.")
    tally = Tally()
    said: list[Claim] = []
    for told, claimed in _all_of(shared, people):
        tally.add(Tally.from_json(told), 0)
        said += claimed
    playing.look_at_everything(tally, said)
    seconds = time.monotonic() - began
    counts = Dossier.objects.count(), DossierEvent.objects.count()
    return Report(plan, tally, True, *counts, seconds, (1, 1))


def _all_of(shared: Shared, people: int) -> list[tuple[dict[str, Any], list[Claim]]]:
    """What the processes tell when all of them are done. Raises EOFError if one broke off."""
    fork = multiprocessing.get_context("fork")
    waiting = []
    for which in range(people):
        reading, writing = fork.Pipe(duplex=False)
        fork.Process(target=_be, args=(shared, which, writing), daemon=True).start()
        writing.close()
        waiting.append(reading)
    return [each.recv() for each in waiting]


def _be(shared: Shared, which: int, writing: Connection) -> None:
    """One of the processes, from its first act to its last."""
    from django.db import connections

    from motcua.config.simulation.together.playing import Person

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends whoever has started us, and us with it
    person = Person(shared.plan.seed, which, shared.world, shared.pick, shared.clock)
    while not shared.is_over:
        person.step()
    connections.close_all()
    writing.send((person.tally.to_json(), person.claims))
