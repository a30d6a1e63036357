"""What others ask of incidents. The table is small: a province has a few a month."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from motcua.agencies import queries as agencies
from motcua.agencies.rules.cards import Post
from motcua.agencies.rules.naming import in_full
from motcua.incidents.enums import ReportKind, Scope, Whom
from motcua.incidents.models import Incident, Report
from motcua.incidents.rules import reports as rules
from motcua.incidents.rules.windows import Window, logs_open_since
from motcua.kernel.dates import ZONE
from motcua.kernel.errors import NotFound
from motcua.worktime import queries as worktime
from motcua.worktime.rules import Calendar, local

LIST = 50


@dataclass(frozen=True, slots=True)
class IncidentCard:
    """An incident with how it went on; moments are local. `ended_at` is None while it lasts. `evidence` is
    what shows a begin that lay longer before the declaration than is ordinary."""

    window: Window
    place: str
    what: str
    declared_at: datetime
    declared_by: str
    regulation: str
    recover_by: datetime | None
    told: dict[Whom, int]
    breach_noted_at: datetime | None
    remedy: str
    ended_by: str
    is_late: bool
    ground: ReportCard | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class ReportCard:
    """What somebody reported; the moment is local."""

    id: UUID
    kind: ReportKind
    what: str
    page: str
    contact: str
    agency: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ReportHour:
    """The reports of one kind in one hour, the newest first."""

    kind: ReportKind
    hour: datetime
    reports: tuple[ReportCard, ...]

    @property
    def first(self) -> ReportCard:
        return self.reports[-1]


def reported(
    *, agency_ids: Collection[int] | None, before: str = "", limit: int = LIST
) -> tuple[ReportHour, ...]:
    """The newest reports, gathered by hour: all if `agency_ids` is None, else those of outages and of these
    agencies.

    Basis: DL24-10.2, DL24-24.4, DL24-24.6, PT24-24.2#2.
    """
    rows = Report.objects.filter(province=settings.PROVINCE).select_related("agency")
    if agency_ids is not None:
        rows = rows.filter(Q(kind=ReportKind.OUTAGE.value) | Q(agency_id__in=set(agency_ids)))
    if before:
        rows = rows.filter(id__lt=_uuid(before))
    hours: dict[tuple[ReportKind, datetime], list[ReportCard]] = {}
    for row in rows.order_by("-id")[:limit]:
        card = _report(row)
        hours.setdefault((card.kind, rules.hour_of(card.at)), []).append(card)
    return tuple(ReportHour(kind, hour, tuple(cards)) for (kind, hour), cards in hours.items())


def report(report_id: str) -> ReportCard | None:
    try:
        found = UUID(str(report_id))
    except ValueError:
        return None
    row = Report.objects.filter(province=settings.PROVINCE, pk=found).select_related("agency").first()
    return _report(row) if row else None


def _report(row: Report) -> ReportCard:
    return ReportCard(
        id=row.pk,
        kind=ReportKind(row.kind),
        what=row.what,
        page=row.page,
        contact=row.contact,
        agency=row.agency.name if row.agency else "",
        by=row.by_name,
        at=row.at.astimezone(ZONE),
    )


def incidents(*, limit: int = LIST) -> tuple[IncidentCard, ...]:
    """The newest incidents of the province."""
    return tuple(_card(row) for row in _rows().order_by("-began_at", "-id")[:limit])


def incident(incident_id: str) -> IncidentCard:
    """One incident. Raises NotFound."""
    row = _rows().filter(pk=_uuid(incident_id)).first()
    if row is None:
        raise NotFound()
    return _card(row)


def agencies_told(whom: Collection[Whom], on: date) -> dict[Whom, str]:
    """What the bodies that the regulation names to be told are called on the day: by the agency that has
    taken over their tasks. Who is no agency of the province's is left out."""
    found = agencies.agencies_of_parties(settings.PROVINCE, [each.value for each in whom], on)
    return {Whom(party): card.name for party, card in found.items()}


def lasting(*, agency_id: int | None = None) -> tuple[IncidentCard, ...]:
    """What has not ended: the whole province's, and that of the agency if one is named (else of all)."""
    rows = _rows().filter(end__isnull=True)
    if agency_id is not None:
        rows = rows.filter(Q(scope=Scope.PROVINCE.value) | Q(agency_id=agency_id))
    return tuple(_card(row) for row in rows.order_by("began_at")[:LIST])


def windows_at(
    agency_id: int, posts: Collection[Post], *, at: datetime, since: datetime | None = None
) -> tuple[IncidentCard, ...]:
    """The newest incidents that hit one of these posts, lasted beyond `since` and whose log is still open at
    `at` for dossiers of the agency."""
    open_since = log_open_since(agency_id, at)
    rows = _rows().filter(
        Q(scope=Scope.PROVINCE.value)
        | Q(scope=Scope.AGENCY.value, agency_id__in={post.agency_id for post in posts})
        | Q(scope=Scope.DESK.value, unit_id__in={post.unit_id for post in posts})
    )
    last = open_since if since is None else max(since, open_since)
    rows = rows.filter(Q(end__isnull=True) | Q(end__ended_at__gte=last))
    return tuple(_card(row) for row in rows.order_by("-began_at")[:10])


def calendar_at(agency_id: int | None, at: datetime) -> Calendar:
    """The calendar by which an outage of this agency is counted; of the whole province its own.
    Raises UnknownAgency."""
    if agency_id is None:
        return worktime.published_calendar(settings.PROVINCE)
    return agencies.calendar_of(agency_id, local(at).date())


def log_open_since(agency_id: int, at: datetime) -> datetime:
    """The earliest end of an outage whose paper log this agency may still enter at `at`, by its calendar.
    Raises UnknownAgency."""
    calendar = calendar_at(agency_id, at)
    return logs_open_since(calendar, at, settings.INCIDENT_ENTER_WITHIN_DAYS)


def _rows() -> QuerySet[Incident]:
    return Incident.objects.filter(province=settings.PROVINCE).select_related(
        "agency", "unit", "end", "breach", "ground__agency"
    )


def _card(row: Incident) -> IncidentCard:
    end, breach = getattr(row, "end", None), getattr(row, "breach", None)
    unit, agency = row.unit.name if row.unit else "", row.agency.name if row.agency else ""
    return IncidentCard(
        window=Window(
            str(row.pk),
            Scope(row.scope),
            row.began_at.astimezone(ZONE),
            row.agency_id,
            row.unit_id,
            end.ended_at.astimezone(ZONE) if end else None,
        ),
        place=in_full(unit, agency),
        what=row.what,
        declared_at=row.declared_at.astimezone(ZONE),
        declared_by=row.declared_by_name,
        regulation=row.regulation,
        recover_by=row.recover_by.astimezone(ZONE) if row.recover_by else None,
        told={Whom(whom): count for whom, count in row.told.items()},
        breach_noted_at=breach.noted_at.astimezone(ZONE) if breach else None,
        remedy=end.remedy if end else "",
        ended_by=end.written_by_name if end else "",
        is_late=bool(breach) or bool(end and end.is_late),
        ground=_report(row.ground) if row.ground else None,
        evidence=row.evidence,
    )


def _uuid(text: str) -> UUID:
    try:
        return UUID(str(text))
    except ValueError:
        raise NotFound() from None
