"""Due dates per second on one core: of its own time, so that a busy machine gives the same figure."""

from __future__ import annotations

import random
import statistics
import time
from datetime import datetime, timedelta

from motcua.kernel.limits import TimeLimit
from motcua.worktime import queries, rules

ROUNDS, EACH = 5, 30_000
LIMITS = ("8wh", "3wd", "15wd", "15cd", "1mo")


def measure() -> dict[str, float]:
    """Median of rounds, for each kind of limit and for a mix as it occurs: mostly working time."""
    calendar = queries.published_calendar("dak-lak")
    chance = random.Random(1)
    first = datetime(2018, 1, 1, tzinfo=rules.ZONE)
    moments = [first + timedelta(minutes=chance.randrange(9 * 365 * 1440)) for _ in range(EACH)]
    start = time.process_time()
    _ = calendar.timetable
    drawn = time.process_time() - start
    limits = {text: TimeLimit.parse(text) for text in LIMITS}
    rates = {text: _rate(calendar, [(moment, limit) for moment in moments]) for text, limit in limits.items()}
    mixed = [(moment, limits[chance.choice(("3wd", "3wd", "8wh", "15wd", "15cd"))]) for moment in moments]
    ledgers = _ledgers(calendar, moments[:2000], limits["15wd"])
    return {"mixed": _rate(calendar, mixed), **rates, "ledgers_15wd": ledgers, "table_ms": drawn * 1000}


def _rate(calendar: rules.Calendar, questions: list[tuple[datetime, TimeLimit]]) -> float:
    rates = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for moment, limit in questions:
            rules.due_at(calendar, moment, limit)
        rates.append(len(questions) / (time.process_time() - start))
    return statistics.median(rates)


def _ledgers(calendar: rules.Calendar, moments: list[datetime], limit: TimeLimit) -> float:
    start = time.process_time()
    for moment in moments:
        _ = rules.due(calendar, moment, limit).segments
    return len(moments) / (time.process_time() - start)
