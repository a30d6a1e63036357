"""The figures of a month, and of some years, as a table and as a picture of bars that the server draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
class Pair:
    """Two bars side by side, what was filed and what was settled, and the words below them."""

    bars: tuple[Bar, ...]
    middle: int
    label: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Pairs of bars from left to right, and where their ground and words lie."""

    pairs: tuple[Pair, ...]
    width: int = WIDTH
    height: int = HEIGHT
    ground: int = HEIGHT - FOOT
    label_y: int = HEIGHT - 8
    bar: int = BAR


@dataclass(frozen=True, slots=True)
class Week:
    """Some days of the month, as one row of the table and one pair of bars."""

    first: date
    last: date
    counts: Counts

    @property
    def label(self) -> str:
        return f"{self.first.day}–{self.last.day}" if self.first != self.last else f"{self.first.day}"


@dataclass(frozen=True, slots=True)
class Month:
    first: date
    last: date
    weeks: tuple[Week, ...]
    total: Counts
    picture: Picture

    @property
    def is_empty(self) -> bool:
        return self.total == Counts()


@dataclass(frozen=True, slots=True)
class Year:
    """One row of the table of years, and one pair of bars."""

    year: int
    use: Use

    @property
    def label(self) -> str:
        return str(self.year)


@dataclass(frozen=True, slots=True)
class Years:
    """How often services were used, year by year, the last of which goes on."""

    years: tuple[Year, ...]
    total: Use
    picture: Picture

    @property
    def is_empty(self) -> bool:
        return self.total == Use()


def years(uses: Mapping[int, Use], first: int, last: int) -> Years:
    """The years in their order: what was filed online, and what was settled."""
    rows = tuple(Year(each, uses.get(each, Use())) for each in range(first, last + 1))
    return Years(
        rows,
        sum((row.use for row in rows), Use()),
        picture_of([(row.label, row.use.online, row.use.settled) for row in rows]),
    )


def month(first: date, last: date, days: Mapping[date, Counts]) -> Month:
    """The month from its first day to `last`, in weeks of seven days."""
    rows = tuple(Week(start, end, sum_of(days, start, end)) for start, end in weeks_of(first, last))
    return Month(
        first,
        last,
        rows,
        sum((row.counts for row in rows), Counts()),
        picture_of([(row.label, row.counts.filed, row.counts.settled) for row in rows]),
    )


def picture_of(rows: Sequence[tuple[str, int, int]]) -> Picture:
    """Of each row its words, what was filed and what was settled; the highest bar fills the room."""
    most = max([1, *(filed for _, filed, _ in rows), *(settled for *_, settled in rows)])
    step = WIDTH // len(rows)
    middles = range(step // 2, step * len(rows), step)
    return Picture(
        tuple(
            Pair(_bars(filed, settled, middle, most), middle, label)
            for (label, filed, settled), middle in zip(rows, middles, strict=True)
        )
    )


def weeks_of(first: date, last: date) -> list[tuple[date, date]]:
    starts = [first + timedelta(days=7 * week) for week in range(((last - first).days) // 7 + 1)]
    return [(start, min(start + timedelta(days=6), last)) for start in starts]


def sum_of(days: Mapping[date, Counts], start: date, end: date) -> Counts:
    return sum((counts for day, counts in days.items() if start <= day <= end), Counts())


def _bars(filed: int, settled: int, middle: int, most: int) -> tuple[Bar, ...]:
    room = HEIGHT - FOOT - HEAD
    drawn = []
    for kind, value, x in (("filed", filed, middle - BAR - 2), ("settled", settled, middle + 2)):
        height = round(room * value / most)
        drawn.append(Bar(x, HEIGHT - FOOT - height, height, value, kind))
    return tuple(drawn)
