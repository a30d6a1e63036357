"""Working calendars of agencies, with the closures laid over them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db.models import Count, Max, Q

from motcua.agencies.models import (
    Agency,
    LocalClosure,
    WorkingCalendar,
)
from motcua.agencies.queries.memory import edition, forget_if_old, keep, kept_ahead, kept_calendars
from motcua.agencies.queries.trees import agency, cards, line_above, valid
from motcua.agencies.rules.cards import (
    AgencyCard,
    Ahead,
    ClosureCard,
    HoursVersion,
)
from motcua.kernel.periods import Period
from motcua.worktime import queries as worktime
from motcua.worktime.rules import (
    Calendar,
    Closure,
    NewHours,
    calendar_from_json,
    closed,
    local,
    week_from_json,
    with_hours,
)

Calendars = tuple[tuple[Period, Calendar], ...]
Sides = tuple[tuple[Period, Calendar, Calendar], ...]


def calendar_of(agency_id: int, on: date) -> Calendar:
    """The working calendar of an agency: its own, else that of the agency above, else the province's.

    `on` picks among calendars with validity dates: the day of official receipt for a dossier, today for a
    page. One published ahead counts nothing before its first day. The agency's own closures are laid over
    whichever it is; those of the agency above are not. Raises UnknownAgency.
    """
    return next(calendar for days, calendar in calendars(agency_id) if on in days)


def calendars(agency_id: int, *, without: int = 0) -> Calendars:
    """Every calendar that may apply, with its days, the nearest first; the last is without end.

    `without` leaves one closure out, to see what it does; else they are kept in memory. Raises UnknownAgency.
    """
    if without:
        card = agency(agency_id)
        return _closed(_published([card])[card.id], _announced([card.id], without=without))
    forget_if_old()
    kept = kept_calendars.get(agency_id)
    if kept is None:  # asked once: another thread may forget all at any moment
        kept, _ = _remember(agency_id)
    return kept


def calendars_with(agency_ids: Collection[int], new: NewHours) -> dict[int, Sides]:
    """By agency every calendar that may apply, with its days, as it is and with the new hours.

    Its own closures are laid over both: of a day with new hours that is closed in part, the rest of those.
    As many queries for one agency as for a hundred.
    """
    published, spans = _published(cards(agency_ids)), _spans(_announced(agency_ids))
    return {
        each: tuple(
            (
                days,
                closed(calendar, spans.get(each, ())),
                closed(with_hours(calendar, new), spans.get(each, ())),
            )
            for days, calendar in calendars
        )
        for each, calendars in published.items()
    }


def followers(agency_id: int, on: date) -> frozenset[int]:
    """The agencies below this one, at any depth, that have no hours of their own on the day, nor has one
    between: whose hours are this one's, once it has published some. Two queries."""
    rows = Agency.objects.filter(valid(on), province=agency(agency_id).province).values_list(
        "id", "parent_id"
    )
    own = WorkingCalendar.objects.filter(valid(on), agency__province=agency(agency_id).province)
    apart = frozenset(own.values_list("agency_id", flat=True))
    below: dict[int | None, list[int]] = {}
    for each, parent in rows:
        if each not in apart:
            below.setdefault(parent, []).append(each)
    found: set[int] = set()
    ahead = [agency_id]
    while ahead:
        ahead = [each for here in ahead for each in below.get(here, ()) if each not in found]
        found.update(ahead)
    return frozenset(found - {agency_id})


def closures(
    agency_id: int, at: datetime, *, is_over: bool = False, before: int | None = None, limit: int = 50
) -> tuple[ClosureCard, ...]:
    """Closures that go on or are to come, the earliest first; or those over or withdrawn, the newest first.

    `before` is the number of the last one seen, for the next page of the latter.
    """
    rows = LocalClosure.objects.filter(agency_id=agency_id)
    past = Q(ends_at__lte=at) | Q(withdrawn_at__isnull=False)
    if not is_over:
        return tuple(_closure(row) for row in rows.exclude(past).order_by("starts_at", "id")[:limit])
    rows = rows.filter(past, **({"id__lt": before} if before is not None else {}))
    return tuple(_closure(row) for row in rows.order_by("-id")[:limit])


def closures_ahead(agency_ids: Iterable[int], at: datetime) -> tuple[Ahead, ...]:
    """Closures of these agencies that go on or are to come, the earliest of each agency first.

    Asked around every page of the desk, so they are kept in memory with the calendars.
    """
    forget_if_old()
    found: list[Ahead] = []
    for agency_id in sorted(set(agency_ids)):
        kept = kept_ahead.get(agency_id)
        if kept is None:
            _, kept = _remember(agency_id)
        found += (each for each in kept if each.span.ends_at > at)
    return tuple(found)


def closure(closure_id: int) -> ClosureCard | None:
    row = LocalClosure.objects.filter(id=closure_id).first()
    return _closure(row) if row else None


def closures_mark(agency_id: int) -> str:
    """What an agency's closures are known by: it changes whenever one is announced or withdrawn."""
    found = LocalClosure.objects.filter(agency_id=agency_id).aggregate(
        last=Max("id"), withdrawn=Count("id", filter=Q(withdrawn_at__isnull=False))
    )
    return f"{found['last'] or 0}.{found['withdrawn']}"


def hours_versions(agency_id: int) -> tuple[HoursVersion, ...]:
    """The agency's own opening hours, the newest first; empty where those above it or the province's hold."""
    rows = WorkingCalendar.objects.filter(agency_id=agency_id).order_by("-valid_from", "-id")
    return tuple(
        HoursVersion(
            id=row.pk,
            days=week_from_json(row.body["weeks"][-1]).days,
            validity=Period(row.valid_from, row.valid_to),
            source=row.body.get("source", ""),
            published_by=row.published_by,
            published_at=row.published_at,
        )
        for row in rows
    )


def _published(wanted: Iterable[AgencyCard]) -> dict[int, Calendars]:
    """By agency its calendars as they were published, without closures; the province's is without end."""
    lines = {card.id: (card, *line_above(card)) for card in wanted}
    rows: dict[int, list[WorkingCalendar]] = {}
    for row in WorkingCalendar.objects.filter(
        agency_id__in={one.id for line in lines.values() for one in line}
    ):
        rows.setdefault(row.agency_id, []).append(row)
    found: dict[int, Calendars] = {}
    for each, line in lines.items():
        public = worktime.published_calendar(line[0].province, line[0].code)
        own = [
            (Period(row.valid_from, row.valid_to), _own(row, public))
            for one in line
            for row in rows.get(one.id, ())
        ]
        found[each] = (*own, (Period(), public))
    return found


def _own(row: WorkingCalendar, public: Calendar) -> Calendar:
    """Hours set on a page hold no holidays: those stay data, also of years that are announced later."""
    known = public.to_json()
    from_data = {key: known[key] for key in ("holidays", "make_up_days", "local_days")}
    days = (row.valid_from, row.valid_to)
    validity = dict(zip(("from", "to"), (day.isoformat() if day else None for day in days), strict=True))
    return calendar_from_json(from_data | {"validity": validity} | row.body)


def _span(row: LocalClosure) -> Closure:
    return Closure(local(row.starts_at), local(row.ends_at), row.reason, row.announced_at)


def _remember(agency_id: int) -> tuple[Calendars, tuple[Ahead, ...]]:
    """The agency's calendars and the closures laid over them, kept from now on. Raises UnknownAgency."""
    of = edition()
    published = _published([agency(agency_id)])[agency_id]
    rows = _announced([agency_id])
    ahead = tuple(_ahead(row, published) for row in sorted(rows, key=_span))
    closed = _closed(published, rows)
    return keep(kept_calendars, agency_id, closed, of=of), keep(kept_ahead, agency_id, ahead, of=of)


def _announced(agency_ids: Collection[int], *, without: int = 0) -> list[LocalClosure]:
    rows = LocalClosure.objects.filter(agency_id__in=agency_ids, withdrawn_at__isnull=True)
    return list(rows.exclude(id=without))


def _spans(rows: Iterable[LocalClosure]) -> dict[int, list[Closure]]:
    found: dict[int, list[Closure]] = {}
    for row in rows:
        found.setdefault(row.agency_id, []).append(_span(row))
    return found


def _closed(published: Calendars, rows: list[LocalClosure]) -> Calendars:
    spans = [_span(row) for row in rows]
    return tuple((days, closed(calendar, spans)) for days, calendar in published)


def _ahead(row: LocalClosure, published: Calendars) -> Ahead:
    span = _span(row)
    calendar = next(calendar for days, calendar in published if span.starts_at.date() in days)
    return Ahead(row.agency_id, span, row.announced_at, calendar)


def _closure(row: LocalClosure) -> ClosureCard:
    return ClosureCard(
        id=row.pk,
        agency_id=row.agency_id,
        span=_span(row),
        source=row.source,
        announced_by=row.announced_by,
        announced_at=row.announced_at,
        moved=row.moved,
        in_vain=row.in_vain,
        told_at=row.told_at,
        withdrawn_by=row.withdrawn_by,
        withdrawn_at=row.withdrawn_at,
        untold_at=row.untold_at,
    )
