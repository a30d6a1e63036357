"""The register of requests about the system."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet

from motcua.catalogue.enums import UpgradeKind, UpgradeState, UpgradeStep
from motcua.catalogue.models import UpgradeAct, UpgradeRequest
from motcua.kernel.dates import ZONE


@dataclass(frozen=True, slots=True)
class PastStep:
    """A step of a request: its day, its paper, and who recorded it when."""

    what: UpgradeStep
    on: date
    number: str
    signer: str
    note: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class UpgradeCard:
    """A request with its history, the oldest step first."""

    id: int
    agency_id: int
    agency: str
    kind: UpgradeKind
    title: str
    content: str
    reason: str
    regulation: str
    state: UpgradeState
    version: int
    steps: tuple[PastStep, ...]

    def step(self, *whats: UpgradeStep) -> PastStep | None:
        """The step of one of these kinds, if it was done."""
        return next((each for each in self.steps if each.what in whats), None)

    @property
    def requested(self) -> PastStep:
        return self.steps[0]

    @property
    def proposed(self) -> PastStep | None:
        return self.step(UpgradeStep.PROPOSE)

    @property
    def decided(self) -> PastStep | None:
        return self.step(UpgradeStep.APPROVE, UpgradeStep.REFUSE)

    @property
    def deployed(self) -> PastStep | None:
        return self.step(UpgradeStep.DEPLOY)


def upgrades(
    province: str,
    *,
    states: Collection[UpgradeState] = tuple(UpgradeState),
    agency_ids: Collection[int] | None = None,
    before: int | None = None,
    limit: int = 50,
) -> tuple[UpgradeCard, ...]:
    """Requests in these states, the newest first; of all agencies if `agency_ids` is None.

    Basis: QN20-17.2, QN20-23.4, PT24-21.3.
    """
    rows = _rows().filter(province=province, state__in=list(states))
    if agency_ids is not None:
        rows = rows.filter(agency_id__in=set(agency_ids))
    if before is not None:
        rows = rows.filter(id__lt=before)
    return tuple(_card(row) for row in rows.order_by("-id")[:limit])


def upgrade(province: str, upgrade_id: int) -> UpgradeCard | None:
    row = _rows().filter(province=province, id=upgrade_id).first()
    return _card(row) if row else None


def _rows() -> QuerySet[UpgradeRequest]:
    acts = Prefetch("acts", queryset=UpgradeAct.objects.order_by("id"))
    return UpgradeRequest.objects.select_related("agency").prefetch_related(acts)


def _card(row: UpgradeRequest) -> UpgradeCard:
    return UpgradeCard(
        id=row.pk,
        agency_id=row.agency_id,
        agency=row.agency.name,
        kind=UpgradeKind(row.kind),
        title=row.title,
        content=row.content,
        reason=row.reason,
        regulation=row.regulation,
        state=UpgradeState(row.state),
        version=row.version,
        steps=tuple(_step(act) for act in row.acts.all()),
    )


def _step(row: UpgradeAct) -> PastStep:
    return PastStep(
        what=UpgradeStep(row.what),
        on=row.on,
        number=row.number,
        signer=row.signer,
        note=row.note,
        by=row.actor_name,
        at=row.at.astimezone(ZONE),
    )
