"""The figures of a month, and of some years, as a table and as a picture of bars that the server draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from motcua.dossiers.queries import Counts, Use

WIDTH, HEIGHT, FOOT, HEAD = 350, 190, 26, 20  # units of the picture; FOOT for labels, HEAD for numbers
BAR = 24


@dataclass(frozen=True, slots=True)
class Bar:
    x: int
    y: int
    height: int
    value: int
    kind: str

    @property
    def middle(self) -> int:
        return self.x + BAR // 2

    @property
    def above(self) -> int:
        return self.y - 5


@dataclass(frozen=True, slots=True)
class Week:
    """Some days of the month, as one row of the table and one pair of bars."""

    first: date
    last: date
    counts: Counts
    bars: tuple[Bar, ...]
    middle: int

    @property
    def label(self) -> str:
        return f"{self.first.day}–{self.last.day}" if self.first != self.last else f"{self.first.day}"


@dataclass(frozen=True, slots=True)
class Month:
    first: date
    last: date
    weeks: tuple[Week, ...]
    total: Counts
    width: int = WIDTH
    height: int = HEIGHT
    ground: int = HEIGHT - FOOT
    label_y: int = HEIGHT - 8
    bar: int = BAR

    @property
    def is_empty(self) -> bool:
        return self.total == Counts()


@dataclass(frozen=True, slots=True)
class Year:
    """One row of the table of years, and one pair of bars."""

    year: int
    use: Use
    bars: tuple[Bar, ...]
    middle: int

    @property
    def label(self) -> str:
        return str(self.year)


@dataclass(frozen=True, slots=True)
class Years:
    """How often services were used, year by year, the last of which goes on."""

    years: tuple[Year, ...]
    total: Use
    width: int = WIDTH
    height: int = HEIGHT
    ground: int = HEIGHT - FOOT
    label_y: int = HEIGHT - 8
    bar: int = BAR

    @property
    def is_empty(self) -> bool:
        return self.total == Use()


def years(uses: Mapping[int, Use], first: int, last: int) -> Years:
    """The years in their order: what was filed online, and what was settled."""
    span = range(first, last + 1)
    found = [uses.get(each, Use()) for each in span]
    sums = [Counts(filed=each.online, settled=each.settled) for each in found]
    most = max([1, *(counts.filed for counts in sums), *(counts.settled for counts in sums)])
    step = WIDTH // len(span)
    drawn = tuple(
        Year(year, use, bars_of(counts, middle, most), middle)
        for year, use, counts, middle in zip(
            span, found, sums, range(step // 2, step * len(span), step), strict=True
        )
    )
    return Years(drawn, sum((year.use for year in drawn), Use()))


def month(first: date, last: date, days: Mapping[date, Counts]) -> Month:
    """The month from its first day to `last`, in weeks of seven days."""
    spans = weeks_of(first, last)
    sums = [sum_of(days, start, end) for start, end in spans]
    most = max([1, *(counts.filed for counts in sums), *(counts.settled for counts in sums)])
    step = WIDTH // len(spans)
    weeks = tuple(
        Week(start, end, counts, bars_of(counts, step * place + step // 2, most), step * place + step // 2)
        for place, ((start, end), counts) in enumerate(zip(spans, sums, strict=True))
    )
    return Month(first, last, weeks, sum(sums, Counts()))


def weeks_of(first: date, last: date) -> list[tuple[date, date]]:
    starts = [first + timedelta(days=7 * week) for week in range(((last - first).days) // 7 + 1)]
    return [(start, min(start + timedelta(days=6), last)) for start in starts]


def sum_of(days: Mapping[date, Counts], start: date, end: date) -> Counts:
    return sum((counts for day, counts in days.items() if start <= day <= end), Counts())


def bars_of(counts: Counts, middle: int, most: int) -> tuple[Bar, ...]:
    room = HEIGHT - FOOT - HEAD
    drawn = []
    for kind, value, x in (
        ("filed", counts.filed, middle - BAR - 2),
        ("settled", counts.settled, middle + 2),
    ):
        height = round(room * value / most)
        drawn.append(Bar(x, HEIGHT - FOOT - height, height, value, kind))
    return tuple(drawn)
