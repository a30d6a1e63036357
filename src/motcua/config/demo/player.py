"""Playing many lives at once, in the order in which their moments come."""

from __future__ import annotations

import heapq
import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from random import Random

from motcua.config.demo import stories
from motcua.config.demo.lives import Life
from motcua.config.demo.people import Citizen
from motcua.config.demo.stories import Office, Story
from motcua.kernel.errors import Refusal


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
    usual: Sequence[str] = (),
    progress: Callable[[int], None] = lambda done: None,
) -> Report:
    """Let `count` dossiers live until `now`. The same seed and moment give the same lives.

    Most are of the `usual` procedures, by their codes.
    """
    rng = Random(seed)  # noqa: S311 - sample data
    report = Report()
    order = itertools.count()
    arrives = partial(stories.arrival, now)
    due: list[tuple[datetime, int, Story, Iterator[datetime]]] = []
    for number in range(count):
        source = Random(rng.random())  # noqa: S311 - sample data
        story = stories.story(number, offices, citizens, arrives, source, usual)
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
