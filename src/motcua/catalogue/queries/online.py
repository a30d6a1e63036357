"""What is proposed and decided to be provided online, and what agencies sent in for a year."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet

from motcua.catalogue.enums import OnlineLevel, ProposalState, Publication, ServiceKind
from motcua.catalogue.models import OnlineDecision, ProcedureVersion, Proposal, ProposalAct, Roadmap
from motcua.catalogue.queries.sheets import in_force
from motcua.worktime.rules import local


@dataclass(frozen=True, slots=True)
class ProposalCard:
    id: int
    code: str
    title: str
    agency_id: int
    agency: str
    year: int
    level: OnlineLevel
    was_level: OnlineLevel
    service_kind: ServiceKind
    starts_on: date | None
    criteria: tuple[str, ...]
    reason: str
    opinions: str
    ministry: str
    ministry_number: str
    ministry_signed_on: date | None
    solution: Mapping[str, str]
    assessment: str
    state: ProposalState
    regulation: str
    decision: DecisionCard | None
    version: int


@dataclass(frozen=True, slots=True)
class DecisionCard:
    id: int
    number: str
    signer: str
    signed_on: date
    effective_on: date


@dataclass(frozen=True, slots=True)
class DecidedService:
    """A procedure in the list of a decision, as citizens read it."""

    code: str
    title: str
    agency: str
    level: OnlineLevel
    service_kind: ServiceKind


@dataclass(frozen=True, slots=True)
class PastAct:
    what: str
    note: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RoadmapCard:
    agency_id: int
    year: int
    note: str
    count: int
    due_on: date | None
    sent_at: datetime
    sent_by: str

    @property
    def is_late(self) -> bool:
        """Whether it came after the last day, where there is one.

        Basis: KT18-17.3#2, KT22-18.1.
        """
        return self.due_on is not None and local(self.sent_at).date() > self.due_on


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A procedure in the yearly review: at which level it is, since when, what is proposed for it."""

    code: str
    title: str
    version_id: int
    level: OnlineLevel
    valid_from: date
    proposal_id: int | None


def proposals(
    province: str,
    *,
    states: Collection[ProposalState],
    agency_ids: Collection[int] | None = None,
    year: int | None = None,
    before: int | None = None,
    limit: int = 50,
) -> tuple[ProposalCard, ...]:
    """Proposals in these states, the newest first; of all agencies if `agency_ids` is None."""
    rows = _rows().filter(province=province, state__in=list(states))
    if agency_ids is not None:
        rows = rows.filter(agency_id__in=set(agency_ids))
    if year is not None:
        rows = rows.filter(year=year)
    if before is not None:
        rows = rows.filter(id__lt=before)
    return _cards(rows.order_by("-id")[:limit])


def proposal(province: str, proposal_id: int) -> ProposalCard | None:
    cards = _cards(_rows().filter(province=province, id=proposal_id))
    return cards[0] if cards else None


def acts_of_proposal(proposal_id: int) -> tuple[PastAct, ...]:
    """What happened to it, the oldest first."""
    rows = ProposalAct.objects.filter(proposal_id=proposal_id).order_by("id")
    return tuple(PastAct(*row) for row in rows.values_list("what", "note", "actor_name", "at"))


def online_decisions(
    province: str, *, before: int | None = None, limit: int = 20
) -> tuple[tuple[DecisionCard, tuple[DecidedService, ...]], ...]:
    """The decisions with the services that each approved, the newest first.

    Basis: KT22-18.2, QN20-15.2, DL24-11.1#2, PT24-18.1.0, KT18-5.1.a#1, PT24-2.2.
    """
    approved = Prefetch(
        "proposals",
        queryset=Proposal.objects.filter(state=ProposalState.APPROVED)
        .select_related("procedure", "agency")
        .order_by("procedure__code"),
    )
    rows = OnlineDecision.objects.filter(province=province).prefetch_related(approved).order_by("-id")
    if before is not None:
        rows = rows.filter(id__lt=before)
    found = list(rows[:limit])
    titles = _titles({one.procedure_id for row in found for one in row.proposals.all()})
    return tuple(
        (
            _decision(row),
            tuple(
                DecidedService(
                    one.procedure.code,
                    titles.get(one.procedure_id, one.procedure.code),
                    one.agency.name,
                    OnlineLevel(one.level),
                    ServiceKind(one.service_kind),
                )
                for one in row.proposals.all()
            ),
        )
        for row in found
    )


def roadmaps(province: str, year: int) -> tuple[RoadmapCard, ...]:
    """What agencies sent in for the year, in the order in which it came."""
    rows = Roadmap.objects.filter(province=province, year=year).order_by("sent_at", "id")
    return tuple(
        RoadmapCard(row.agency_id, row.year, row.note, row.count, row.due_on, row.sent_at, row.sent_by)
        for row in rows
    )


def review_list(province: str, agency_id: int, on: date, *, limit: int = 500) -> tuple[ReviewLine, ...]:
    """The procedures that an agency settles, with their level: those that are not online first.

    Basis: KT22-18.1, QN20-5.1, QN20-15.1, DL24-11.1#1, KT18-17.3#2, PT24-18.1.0.
    """
    rows = list(
        in_force(on)
        .filter(procedure__competences__agency_id=agency_id)
        .order_by("sort_key", "id")
        .values_list("procedure_id", "procedure__code", "title", "id", "online_level", "valid_from")[:limit]
    )
    open_states = (
        ProposalState.SUBMITTED,
        ProposalState.RETURNED,
        ProposalState.SUPPORTED,
        ProposalState.OPPOSED,
    )
    waiting = dict(
        Proposal.objects.filter(
            province=province, procedure_id__in=[row[0] for row in rows], state__in=open_states
        ).values_list("procedure_id", "id")
    )
    order = (OnlineLevel.NONE, OnlineLevel.PARTIAL, OnlineLevel.FULL)
    lines = [
        ReviewLine(row[1], row[2], row[3], OnlineLevel(row[4]), row[5], waiting.get(row[0])) for row in rows
    ]
    return tuple(sorted(lines, key=lambda line: order.index(line.level)))


def _rows() -> QuerySet[Proposal]:
    return Proposal.objects.select_related("procedure", "agency", "decision")


def _cards(rows: QuerySet[Proposal]) -> tuple[ProposalCard, ...]:
    found = list(rows)
    titles = _titles({row.procedure_id for row in found})
    return tuple(_card(row, titles.get(row.procedure_id, row.procedure.code)) for row in found)


def _titles(procedure_ids: Collection[int]) -> dict[int, str]:
    rows = ProcedureVersion.objects.filter(
        procedure_id__in=procedure_ids, state=Publication.PUBLISHED, valid_to__isnull=True
    )
    return dict(rows.values_list("procedure_id", "title"))


def _card(row: Proposal, title: str) -> ProposalCard:
    return ProposalCard(
        id=row.pk,
        code=row.procedure.code,
        title=title,
        agency_id=row.agency_id,
        agency=row.agency.name,
        year=row.year,
        level=OnlineLevel(row.level),
        was_level=OnlineLevel(row.was_level),
        service_kind=ServiceKind(row.service_kind),
        starts_on=row.starts_on,
        criteria=tuple(row.criteria),
        reason=row.reason,
        opinions=row.opinions,
        ministry=row.ministry,
        ministry_number=row.ministry_number,
        ministry_signed_on=row.ministry_signed_on,
        solution=dict(row.solution),
        assessment=row.assessment,
        state=ProposalState(row.state),
        regulation=row.regulation,
        decision=_decision(row.decision) if row.decision else None,
        version=row.version,
    )


def _decision(row: OnlineDecision) -> DecisionCard:
    return DecisionCard(row.pk, row.number, row.signer, row.signed_on, row.effective_on)
