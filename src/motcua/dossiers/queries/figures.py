"""What the public may know of all dossiers together: read from counters, never from dossiers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.db.models import F, Sum, Value
from django.db.models.functions import ExtractYear

from motcua.catalogue.enums import Channel
from motcua.dossiers.enums import Figure
from motcua.dossiers.models import DailyFigure, ServiceUse, SettlingTime
from motcua.dossiers.rules import durations

MONTHS_LOOKED_AT = 12


@dataclass(frozen=True, slots=True)
class Counts:
    """How often things happened: `settled` are dossiers whose result lies at the desk, granted or refused."""

    filed: int = 0
    settled: int = 0
    late: int = 0
    returned: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.filed + other.filed,
            self.settled + other.settled,
            self.late + other.late,
            self.returned + other.returned,
        )


@dataclass(frozen=True, slots=True)
class RealTime:
    """How long dossiers of a procedure really took: hours within which half, and nine in ten, were done."""

    dossiers: int
    median_hours: int
    most_hours: int


@dataclass(frozen=True, slots=True)
class Use:
    """How often a service was used in a year: dossiers filed online, those filed by other ways, and those
    that got their result in that year, whichever way they were filed."""

    online: int = 0
    otherwise: int = 0
    settled: int = 0

    def __add__(self, other: Use) -> Use:
        return Use(self.online + other.online, self.otherwise + other.otherwise, self.settled + other.settled)


def figures_by_day(province: str, first: date, last: date) -> dict[date, Counts]:
    """Counts of a province for each day on which anything happened, both days included.

    Basis: DL24-5.6, PT24-5.2
    """
    rows = (
        DailyFigure.objects.filter(agency__province=province, on_day__range=(first, last))
        .values("on_day", "figure")
        .annotate(total=Sum("count"))
        .values_list("on_day", "figure", "total")
    )
    days: dict[date, Counter[str]] = {}
    for day, figure, total in rows:
        days.setdefault(day, Counter())[figure] += total
    return {day: _counts(found) for day, found in sorted(days.items())}


def figures_by_agency(province: str, first: date, last: date) -> dict[int, Counts]:
    """The same by agency, of those at which anything happened.

    Basis: DL24-5.6, PT24-5.2
    """
    rows = (
        DailyFigure.objects.filter(agency__province=province, on_day__range=(first, last))
        .values("agency_id", "figure")
        .annotate(total=Sum("count"))
        .values_list("agency_id", "figure", "total")
    )
    agencies: dict[int, Counter[str]] = {}
    for agency_id, figure, total in rows:
        agencies.setdefault(agency_id, Counter())[figure] += total
    return {agency_id: _counts(found) for agency_id, found in agencies.items()}


def real_time(procedure_code: str, on: date) -> RealTime | None:
    """How long the dossiers of a procedure took that got their result in the last year; None if none did."""
    first = (on - timedelta(days=30 * MONTHS_LOOKED_AT)).replace(day=1)
    rows = (
        SettlingTime.objects.filter(
            procedure_version__procedure__code=procedure_code, on_month__range=(first, on)
        )
        .values("hours")
        .annotate(total=Sum("count"))
        .values_list("hours", "total")
    )
    counts = dict(rows)
    median = durations.percentile(counts, Fraction(1, 2))
    most = durations.percentile(counts, Fraction(9, 10))
    if median is None or most is None:
        return None
    return RealTime(sum(counts.values()), median, most)


def settled_in_a_year(codes: Collection[str], on: date) -> dict[str, int]:
    """How many dossiers of each of these procedures got their result in the twelve months up to the day.

    Basis: KT18-5.1.b#2, QN20-16.1, KT22-20.1, PT24-19.1.
    """
    first = on.replace(day=1)
    since = first.replace(year=first.year - 1)
    rows = (
        SettlingTime.objects.filter(
            procedure_version__procedure__code__in=set(codes), on_month__gt=since, on_month__lte=on
        )
        .values("procedure_version__procedure__code")
        .annotate(dossiers=Sum("count"))
        .values_list("procedure_version__procedure__code", "dossiers")
    )
    return dict(rows)


def use_by_year(codes: Collection[str], first: int, last: int) -> dict[str, dict[int, Use]]:
    """How often each of these services was used in each of these years, both included; years without are left
    out.

    Basis: KT18-5.1.b#2, DL24-5.6.
    """
    asked = {
        "procedure_version__procedure__code__in": set(codes),
        "on_month__range": (date(first, 1, 1), date(last, 12, 31)),
    }
    code, year, n = F("procedure_version__procedure__code"), ExtractYear("on_month"), Sum("count")
    filed = ServiceUse.objects.filter(**asked).values(code=code, year=year, how=F("channel")).annotate(n=n)
    settled = SettlingTime.objects.filter(**asked).values(code=code, year=year, how=Value("settled"))
    found: dict[str, dict[int, Use]] = {}
    for row in filed.union(settled.annotate(n=n), all=True):
        use = {Channel.ONLINE: Use(online=row["n"]), "settled": Use(settled=row["n"])}
        years = found.setdefault(row["code"], {})
        years[row["year"]] = years.get(row["year"], Use()) + use.get(row["how"], Use(otherwise=row["n"]))
    return found


def _counts(found: Mapping[str, int]) -> Counts:
    return Counts(
        filed=found.get(Figure.SUBMITTED, 0),
        settled=found.get(Figure.GRANTED, 0) + found.get(Figure.REFUSED, 0),
        late=found.get(Figure.FINISHED_LATE, 0),
        returned=found.get(Figure.RETURNED, 0),
    )
