"""Working calendars of agencies, with the closures laid over them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Count, Max, Q

from motcua.agencies.models import (
    LocalClosure,
    WorkingCalendar,
)
from motcua.agencies.queries.memory import forget_if_old, keep, kept_ahead, kept_calendars
from motcua.agencies.queries.trees import agency, line_above
from motcua.agencies.rules.cards import (
    AgencyCard,
    Ahead,
    ClosureCard,
    HoursVersion,
)
from motcua.kernel.periods import Period
from motcua.worktime import queries as worktime
from motcua.worktime.rules import Calendar, Closure, calendar_from_json, closed, local, week_from_json

Calendars = tuple[tuple[Period, Calendar], ...]


def calendar_of(agency_id: int, on: date) -> Calendar:
    """The working calendar of an agency: its own, else that of the agency above, else the province's.

    `on` picks among calendars with validity dates: the day of official receipt for a dossier, today for a
    page. One published ahead counts nothing before its first day. The agency's own closures are laid over
    whichever it is; those of the agency above are not. Raises UnknownAgency.
    """
    forget_if_old()
    kept = kept_calendars.get(agency_id)
    if kept is None:  # asked once: another thread may forget all at any moment
        kept, _ = _remember(agency_id)
    return next(calendar for days, calendar in kept if on in days)


def calendars(agency_id: int, *, without: int = 0) -> Calendars:
    """Every calendar that may apply, with its days, the nearest first; the last is without end.

    `without` leaves one closure out, to see what it does. Raises UnknownAgency.
    """
    return _closed(_calendars_for(agency(agency_id)), _announced(agency_id, without=without))


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


def _calendars_for(card: AgencyCard) -> Calendars:
    """Calendars as they were published, without closures; the province's is without end."""
    found: list[tuple[Period, Calendar]] = []
    public = worktime.published_calendar(card.province, card.code)
    for one in (card, *line_above(card)):
        for row in WorkingCalendar.objects.filter(agency_id=one.id):
            found.append((Period(row.valid_from, row.valid_to), _own(row, public)))
    return (*found, (Period(), public))


def _own(row: WorkingCalendar, public: Calendar) -> Calendar:
    """Hours set on a page hold no holidays: those stay data, also of years that are announced later."""
    known = public.to_json()
    from_data = {key: known[key] for key in ("holidays", "make_up_days", "local_days")}
    days = (row.valid_from, row.valid_to)
    validity = dict(zip(("from", "to"), (day.isoformat() if day else None for day in days), strict=True))
    return calendar_from_json(from_data | {"validity": validity} | row.body)


def _span(row: LocalClosure) -> Closure:
    return Closure(local(row.starts_at), local(row.ends_at), row.reason)


def _remember(agency_id: int) -> tuple[Calendars, tuple[Ahead, ...]]:
    """The agency's calendars and the closures laid over them, kept from now on. Raises UnknownAgency."""
    published = _calendars_for(agency(agency_id))
    rows = _announced(agency_id)
    ahead = tuple(_ahead(row, published) for row in sorted(rows, key=_span))
    return keep(kept_calendars, agency_id, _closed(published, rows)), keep(kept_ahead, agency_id, ahead)


def _announced(agency_id: int, *, without: int = 0) -> list[LocalClosure]:
    return list(
        LocalClosure.objects.filter(agency_id=agency_id, withdrawn_at__isnull=True).exclude(id=without)
    )


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
