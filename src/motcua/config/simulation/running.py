"""A run from the command line: prepared, played with a bar, kept when it is interrupted, told."""

from __future__ import annotations

import contextlib
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from motcua.config.postgres import Server
from motcua.config.simulation import place
from motcua.config.simulation.plan import YEAR, Plan

if TYPE_CHECKING:
    from motcua.config.simulation.playing import Run
    from motcua.config.simulation.report import Report

OPENED_BEFORE = timedelta(days=30)  # the province is there some time before its first dossier


@dataclass(slots=True)
class Wishes:
    """How a run is to be played. `hours_a_second` slows it down; `stop_at` ends it after so many acts."""

    fresh: bool = False
    hours_a_second: float | None = None
    stop_at: int | None = None


def simulate(plan: Plan, wishes: Wishes, console: Console) -> Report:
    """Play the run, or go on with it where it was interrupted. Raises place.NotOurs, PostgresError."""
    folder = place.prepare(plan)
    with place.only_one(folder), place.database() as server:
        run = _found_or_made(plan, wishes, folder, server, console)
        start, before = time.monotonic(), run.tally.done
        with _bars(console) as bars, _interruptible() as stopped:
            ended = run.play(_Watch(plan, wishes, run, bars, stopped))
            if ended:
                _look_at_everything(run, bars)
        if ended:
            place.forget(folder)
        else:
            _keep(folder, run)
        return _report(run, ended, time.monotonic() - start, before)


def _found_or_made(plan: Plan, wishes: Wishes, folder: Path, server: Server, console: Console) -> Run:
    from motcua.config.simulation import playing, world

    kept = None if wishes.fresh else place.kept(folder)
    if kept is not None and kept["fingerprint"] == place.fingerprint(plan):
        if kept["run"]["events"] == playing.count_events():
            found = world.recall(kept["world"], plan.start)
            run = playing.Run.from_json(plan, found, kept["run"])
            console.print(f"Going on after {run.tally.done:,} acts.")
            return run
        console.print("The last run was cut off in the middle of an act: beginning anew.")
    place.forget(folder)
    place.start_over(server)
    opened_at = plan.opens_at - OPENED_BEFORE
    console.print("Loading the province and its people.")
    run = playing.Run(plan, world.load(opened_at, plan.seed))
    run.begin()
    return run


def _keep(folder: Path, run: Run) -> None:
    from motcua.config.simulation import world

    place.keep(
        folder,
        {
            "fingerprint": place.fingerprint(run.plan),
            "world": world.remember(run.world),
            "run": run.to_json(),
        },
    )


def _report(run: Run, ended: bool, seconds: float, before: int) -> Report:
    from motcua.config.simulation import playing
    from motcua.config.simulation.report import Report
    from motcua.dossiers.models import Dossier

    return Report(
        plan=run.plan,
        tally=run.tally,
        ended=ended,
        dossiers=Dossier.objects.count(),
        events=playing.count_events(),
        seconds=seconds,
        acts_in_it=run.tally.done - before,
    )


def _look_at_everything(run: Run, bars: Progress) -> None:
    from motcua.config.simulation import invariants

    bar = bars.add_task("Looking at everything again", total=len(run.courses))
    for check, words in invariants.at_the_end(progress=lambda done: bars.update(bar, completed=done)):
        run.tally.violate(check, words, number=-1, dossier_id="", doing="looking at everything")
    bars.update(bar, completed=len(run.courses))


@dataclass(slots=True)
class _Watch:
    """Asked before each step: shows how far the run is, slows it down, and says when to stop."""

    plan: Plan
    wishes: Wishes
    run: Run
    bars: Progress
    stopped: Callable[[], bool]
    _bar: TaskID = field(init=False)
    _shown: datetime | None = None
    _began: tuple[float, datetime] | None = None

    def __post_init__(self) -> None:
        self._bar = self.bars.add_task("", total=YEAR)

    def __call__(self, at: datetime) -> bool:
        if self._shown is None or at - self._shown > timedelta(hours=2):
            self._shown = at
            words = f"{at:%d/%m/%Y}  {self.run.tally.done:,} acts"
            self.bars.update(self._bar, description=words, completed=(at.date() - self.plan.start).days)
        if self.wishes.hours_a_second:
            self._wait_for(at, self.wishes.hours_a_second)
        stop_at = self.wishes.stop_at
        return not self.stopped() and (stop_at is None or self.run.tally.done < stop_at)

    def _wait_for(self, at: datetime, hours_a_second: float) -> None:
        if self._began is None:
            self._began = (time.monotonic(), at)
        start, first = self._began
        ahead = start + (at - first) / timedelta(hours=hours_a_second) - time.monotonic()
        while ahead > 0 and not self.stopped():
            time.sleep(min(ahead, 0.2))
            ahead -= 0.2


def _bars(console: Console) -> Progress:
    columns = (TextColumn("{task.description:34}"), BarColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, disable=not console.is_terminal)


@contextlib.contextmanager
def _interruptible() -> Iterator[Callable[[], bool]]:
    """Ctrl-C and SIGTERM let the act that is being done end; a second Ctrl-C does not wait."""
    seen: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        seen.append(number)
        signal.signal(signal.SIGINT, signal.default_int_handler)

    kept = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: bool(seen)
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
