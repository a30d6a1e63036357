"""A run from the command line: prepared, played with a bar, kept when it is interrupted, told."""

from __future__ import annotations

import contextlib
import gc
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

TOLD_EVERY = 30.0  # seconds between two reports that others may read
OPENED_BEFORE = timedelta(days=30)  # the province is there some time before its first dossier


@dataclass(slots=True)
class Wishes:
    """How a run is to be played. `hours_a_second` slows it down; `stop_at` ends it after so many acts."""

    fresh: bool = False
    hours_a_second: float | None = None
    stop_at: int | None = None


def simulate(plan: Plan, wishes: Wishes, console: Console) -> Report:
    """Play the run, or go on with it where it was interrupted. Raises place.NotOurs, PostgresError.

    `plan` is a share, or a run that is one. A run that has ended is told again, not played.
    """
    from motcua.config.simulation.report import Report

    place.refuse_what_is_given()
    folder, store = place.folder_of(plan), place.store_of(plan)
    place.prepare(plan, folder)
    with place.only_one(folder), contextlib.ExitStack() as stack:
        told = place.kept(folder)
        if told and told["ended"] and told["fingerprint"] == _fingerprint(plan) and not wishes.fresh:
            console.print("This run has ended; --fresh plays it again.")
            return Report.from_json(plan, told)
        server = stack.enter_context(place.database())
        run = _found_or_made(plan, wishes, server, store, console)
        gc.collect()
        gc.freeze()  # the code and the province stay: nobody need look through them again and again
        with _bars(console) as bars, _interruptible() as stopped:
            ended = run.play(_Watch(plan, wishes, run, folder, bars, stopped))
            if ended:
                _look_at_everything(run, bars)
        report = _report(run, ended)
        _tell(folder, report)
        if ended and report.holds:
            place.clear_away(server)
        return report


def _fingerprint(plan: Plan) -> str:
    import django

    django.setup()
    return place.fingerprint(plan)


def _found_or_made(plan: Plan, wishes: Wishes, server: Server, store: Path, console: Console) -> Run:
    from motcua.config.simulation import book, playing, world

    if not wishes.fresh and place.has_begun(plan):
        remembered, kept = book.read()
        run = playing.Run(plan, world.recall(remembered, plan.start), kept)
        console.print(f"Going on after {run.tally.done:,} acts.")
        return run
    opened_at = plan.opens_at - OPENED_BEFORE
    key = place.loaded_key(plan)
    with place.one_at(store):
        if not place.start_loaded(server, store, key):
            place.start_over(server)
            console.print("Loading the province and its people.")
            book.make(world.remember(world.load(opened_at, plan.seed)))
            place.keep_loaded(server, store, key)
    remembered, _ = book.read()
    run = playing.Run(plan, world.recall(remembered, opened_at.date()))
    run.begin()
    place.mark_begun(plan)
    return run


def _report(run: Run, ended: bool) -> Report:
    from motcua.config.simulation.report import Report
    from motcua.dossiers.models import Dossier, DossierEvent

    return Report(
        plan=run.plan,
        tally=run.tally,
        ended=ended,
        dossiers=Dossier.objects.count(),
        events=DossierEvent.objects.count(),
        seconds=run.kept.seconds,
        shares=(int(ended), 1),
    )


def _tell(folder: Path, report: Report) -> None:
    """Lay the report where others find it while the run goes on, and after its data are gone."""
    place.keep(folder, report.to_json() | {"fingerprint": place.fingerprint(report.plan)})


def _look_at_everything(run: Run, bars: Progress) -> None:
    from motcua.config.simulation import invariants

    bar = bars.add_task("Looking at everything again", total=len(run.plan.numbers))
    for check, words in invariants.at_the_end(progress=lambda done: bars.update(bar, completed=done)):
        run.tally.violate(check, words, number=-1, dossier_id="", doing="looking at everything")
    bars.update(bar, completed=len(run.plan.numbers))


@dataclass(slots=True)
class _Watch:
    """Asked before each step: shows how far the run is, slows it down, and says when to stop."""

    plan: Plan
    wishes: Wishes
    run: Run
    folder: Path
    bars: Progress
    stopped: Callable[[], bool]
    _bar: TaskID = field(init=False)
    _shown: datetime | None = None
    _began: tuple[float, datetime] | None = None
    _told: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self._bar = self.bars.add_task("", total=YEAR)

    def __call__(self, at: datetime) -> bool:
        if self._shown is None or at - self._shown > timedelta(hours=2):
            self._shown = at
            words = f"{at:%d/%m/%Y}  {self.run.tally.done:,} acts"
            self.bars.update(self._bar, description=words, completed=(at.date() - self.plan.start).days)
        if time.monotonic() - self._told > TOLD_EVERY:
            self._told = time.monotonic()
            _tell(self.folder, _report(self.run, ended=False))
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
