"""What the system itself wrote while an outage is said to have stopped it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Exists, OuterRef

from motcua.agencies import queries as agencies
from motcua.dossiers.models import DossierEvent
from motcua.incidents.enums import Scope
from motcua.incidents.rules.windows import Window
from motcua.kernel.actors import ActorKind
from motcua.worktime.rules import local

MOST = 1000  # nobody needs to know by how many a thousand acts were exceeded to see that a place was at work


@dataclass(frozen=True, slots=True)
class Recorded:
    """How many acts were recorded as they happened, the first and the last of them; moments are local.

    Of more than `MOST` it says only that: `is_more`.
    """

    count: int
    first: datetime
    last: datetime
    is_more: bool = False


def recorded_during(window: Window, at: datetime) -> Recorded | None:
    """What speaks against an outage: acts of officers of its place that were recorded at their own moment
    while it is said to have lasted, by `at`; for the whole province those of citizens too. None: none.

    What was entered from a paper log afterwards speaks for it, and is not counted. It refuses nothing: part
    of a place may have worked, and whoever reads the outage judges (ADR 0014).

    Basis: PT24-23.8.
    """
    until = window.ended_at or at
    entered = DossierEvent.objects.filter(
        dossier_id=OuterRef("dossier_id"), seq__gt=OuterRef("seq"), at=OuterRef("at"), kind="entered_late"
    )
    rows = (
        DossierEvent.objects.filter(
            at__gte=window.began_at, at__lte=until, dossier__agency__province=settings.PROVINCE
        )
        .exclude(kind="entered_late")
        .exclude(actor_kind=ActorKind.SYSTEM.value)
        .filter(~Exists(entered))
    )
    if window.scope is not Scope.PROVINCE:
        assert window.agency_id is not None
        days = local(window.began_at).date(), local(until).date()
        officers = agencies.who_worked_at(window.agency_id, window.unit_id, *days)
        rows = rows.filter(
            actor_kind=ActorKind.OFFICER.value, actor_id__in=[str(each) for each in sorted(officers)]
        )
    moments = rows.order_by("at").values_list("at", flat=True)
    known = list(moments[: MOST + 1])
    if not known:
        return None
    is_more = len(known) > MOST
    last = moments.reverse()[0] if is_more else known[-1]
    return Recorded(min(len(known), MOST), local(known[0]), local(last), is_more)


def last_entry(incident_id: str, began_at: datetime) -> datetime | None:
    """When the last act was done that was entered from the paper log of this outage, which began then; None
    if there is none."""
    rows = DossierEvent.objects.filter(
        kind="entered_late", at__gte=began_at, payload__incident_id=incident_id
    )
    found = rows.order_by("-at").values_list("at", flat=True).first()
    return local(found) if found else None
