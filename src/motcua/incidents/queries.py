"""What others ask of incidents. The table is small: a province has a few a month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from motcua.incidents.enums import Scope, Whom
from motcua.incidents.models import Incident
from motcua.incidents.rules.windows import Window
from motcua.kernel.dates import ZONE
from motcua.kernel.errors import NotFound

LIST = 50


@dataclass(frozen=True, slots=True)
class IncidentCard:
    """An incident with how it went on; moments are local. `ended_at` is None while it lasts."""

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


def incidents(*, limit: int = LIST) -> tuple[IncidentCard, ...]:
    """The newest incidents of the province."""
    return tuple(_card(row) for row in _rows().order_by("-began_at", "-id")[:limit])


def incident(incident_id: str) -> IncidentCard:
    """One incident. Raises NotFound."""
    row = _rows().filter(pk=_uuid(incident_id)).first()
    if row is None:
        raise NotFound()
    return _card(row)


def lasting(*, agency_id: int | None = None) -> tuple[IncidentCard, ...]:
    """What has not ended: the whole province's, and that of the agency if one is named (else of all)."""
    rows = _rows().filter(end__isnull=True)
    if agency_id is not None:
        rows = rows.filter(Q(scope=Scope.PROVINCE.value) | Q(agency_id=agency_id))
    return tuple(_card(row) for row in rows.order_by("began_at")[:LIST])


def windows_at(
    agency_id: int, desk_unit_id: int, *, at: datetime, since: datetime | None = None
) -> tuple[IncidentCard, ...]:
    """The newest incidents that hit this desk, lasted beyond `since` and whose log is still open at `at`."""
    open_since = at - timedelta(days=settings.INCIDENT_ENTER_WITHIN_DAYS)
    rows = _rows().filter(
        Q(scope=Scope.PROVINCE.value)
        | Q(scope=Scope.AGENCY.value, agency_id=agency_id)
        | Q(scope=Scope.DESK.value, unit_id=desk_unit_id)
    )
    last = open_since if since is None else max(since, open_since)
    rows = rows.filter(Q(end__isnull=True) | Q(end__ended_at__gte=last))
    return tuple(_card(row) for row in rows.order_by("-began_at")[:10])


def _rows() -> QuerySet[Incident]:
    return Incident.objects.filter(province=settings.PROVINCE).select_related(
        "agency", "unit", "end", "breach"
    )


def _card(row: Incident) -> IncidentCard:
    end, breach = getattr(row, "end", None), getattr(row, "breach", None)
    names = [place.name for place in (row.unit, row.agency) if place is not None]
    return IncidentCard(
        window=Window(
            str(row.pk),
            Scope(row.scope),
            row.began_at.astimezone(ZONE),
            row.agency_id,
            row.unit_id,
            end.ended_at.astimezone(ZONE) if end else None,
        ),
        place=", ".join(names),
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
    )


def _uuid(text: str) -> UUID:
    try:
        return UUID(str(text))
    except ValueError:
        raise NotFound() from None
