"""Deciding what is provided online: proposals, their assessment, the decision. Every act is in the chain."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from motcua.agencies import queries as agencies
from motcua.agencies.enums import AgencyLevel
from motcua.audit import services as audit
from motcua.catalogue import policy
from motcua.catalogue.enums import OnlineLevel, ProposalState, Publication
from motcua.catalogue.errors import (
    AssessorMayNotPropose,
    BadAssessment,
    BadDecision,
    BadProposal,
    BadRoadmap,
    DecisionKnown,
    LevelTooEarly,
    NotAnnounced,
    NotAtThisStage,
    NotOfThisAgency,
    NoWayOfReturn,
    ProcedureEnded,
    ProposalMoved,
    ProposalOpen,
    RoadmapSent,
    UnknownProcedure,
)
from motcua.catalogue.models import (
    AnnouncedProcedure,
    Competence,
    OnlineDecision,
    Procedure,
    ProcedureVersion,
    Proposal,
    ProposalAct,
    Roadmap,
)
from motcua.catalogue.rules import announcing, online, reminding, return_ways, wire
from motcua.catalogue.rules.codes import comparable
from motcua.catalogue.rules.online import Wish
from motcua.catalogue.services.importing import publish_sheet
from motcua.kernel.actors import Actor
from motcua.kernel.errors import N_, Forbidden, NotFound
from motcua.kernel.text import visible_line
from motcua.law import queries as law
from motcua.law.rules import Regulation
from motcua.law.services import rests_on
from motcua.worktime.rules import local

MOST = 300  # proposals in one decision


@rests_on()
@transaction.atomic
def propose(*, actor: Actor, at: datetime, code: str, agency_id: int, wish: Wish) -> int:
    """An agency proposes a level for a procedure; the id of the proposal.

    Raises Forbidden, UnknownProcedure, NotOfThisAgency, AssessorMayNotPropose, NotAnnounced, ProcedureEnded,
    NoWayOfReturn, ProposalOpen, BadProposal.

    Basis: KT22-18.1, KT22-18.3, QN20-15.1, QN20-15.2, QN20-21.1, DL24-11.1#1, PT24-18.1.0, PT24-23.1#1,
    KT22-23.1#1, KT18-17.3#2, KT18-13.2, KT18-9.2#1.
    """
    regulation = _in_force(at)
    standing = policy.standing_of(actor, at, settings.PROVINCE)
    assessor = _assessor(regulation, local(at).date())
    may_assess = agency_id == assessor and standing.acts_for(assessor, _party(regulation))
    if not standing.acts_for(agency_id) and not may_assess:
        raise Forbidden()
    procedure = Procedure.objects.select_for_update(no_key=True).filter(code=comparable(code)).first()
    newest = _newest(procedure) if procedure else None
    if procedure is None or newest is None:
        raise UnknownProcedure()
    _check_place(procedure, agency_id, assessor, regulation)
    _check_announced(procedure, newest, regulation)
    _check_goes_on(procedure, newest, regulation)
    was = OnlineLevel(newest.online_level)
    _check_wish(wish, regulation, was, at)
    _check_ways(newest, wish.level, regulation)
    try:
        with transaction.atomic():
            made = Proposal.objects.create(
                province=settings.PROVINCE,
                procedure=procedure,
                agency_id=agency_id,
                was_level=was,
                state=ProposalState.SUBMITTED,
                regulation=regulation.short_name,
                **_fields(wish),
            )
    except IntegrityError:
        raise ProposalOpen() from None
    _record(made, "propose", wish.reason, actor, at)
    return made.pk


@rests_on(propose)
@transaction.atomic
def change_proposal(*, actor: Actor, at: datetime, proposal_id: int, version: int, wish: Wish) -> None:
    """What was returned is completed and goes to the assessor again. Raises NotFound, Forbidden,
    ProposalMoved, NotAtThisStage, ProcedureEnded, NoWayOfReturn, BadProposal.

    Basis: KT22-18.1, QN20-15.1, KT22-17.2, PT24-18.1.0.
    """
    row = _locked(proposal_id, version)
    _must_be_proposer(actor, at, row)
    regulation = law.regulation(row.regulation)
    newest = _newest(row.procedure)
    assert newest is not None  # it had one when it was proposed, and published versions stay
    _check_goes_on(row.procedure, newest, regulation)
    _move(row, "change")
    _check_wish(wish, regulation, OnlineLevel(row.was_level), at)
    _check_ways(newest, wish.level, regulation)
    for field, value in _fields(wish).items():
        setattr(row, field, value)
    _save(row)
    _record(row, "change", wish.reason, actor, at)


@rests_on(propose)
@transaction.atomic
def withdraw_proposal(*, actor: Actor, at: datetime, proposal_id: int, version: int, note: str) -> None:
    """Raises NotFound, Forbidden, ProposalMoved, NotAtThisStage."""
    row = _locked(proposal_id, version)
    _must_be_proposer(actor, at, row)
    _move(row, "withdraw")
    _save(row)
    _record(row, "withdraw", note, actor, at)


@rests_on(names="catalogue.assessed_by")
@transaction.atomic
def assess(
    *,
    actor: Actor,
    at: datetime,
    proposal_id: int,
    version: int,
    what: str,
    text: str,
    solution: Mapping[str, str],
) -> None:
    """The body that the regulation names assesses a proposal: `support`, `oppose` or `return`.

    Raises NotFound, Forbidden, ProposalMoved, NotAtThisStage, BadAssessment.

    Basis: KT22-18.2, KT22-19.2.a, KT22-16, QN20-15.2, DL24-11.1#2, PT24-17, PT24-18.1.0.
    """
    row = _locked(proposal_id, version)
    regulation = law.regulation(row.regulation)
    _must_be_assessor(actor, at, regulation)
    if what not in ("support", "oppose", "return"):
        raise NotAtThisStage()
    _move(row, what)
    faults = online.faults_of_assessment(what, text, solution, regulation)
    if faults.fields:
        refusal = BadAssessment(faults.fields)
        refusal.clauses = faults.clauses
        raise refusal
    row.assessment = visible_line(text)
    asked = regulation.words("catalogue.solution")
    row.solution = {part: visible_line(solution.get(part, ""))[:1000] for part in asked}
    _save(row)
    _record(row, what, text, actor, at)


@dataclass(frozen=True, slots=True)
class OnlineDecisionEntry:
    """A decision as it is entered: which proposals it follows, which it does not."""

    number: str
    signer: str
    signed_on: date
    effective_on: date
    approved: Collection[int]
    rejected: Collection[int]


@rests_on(names="catalogue.assessed_by")
@transaction.atomic
def record_online_decision(*, actor: Actor, at: datetime, entry: OnlineDecisionEntry) -> int:
    """Record what the Chairman decided on assessed proposals; its id. Those approved change the level of
    their procedure from the day on which the decision is in force. Nothing else changes it.

    Raises Forbidden, BadDecision, DecisionKnown, NotFound, NotAtThisStage, LevelTooEarly,
    ProcedureEnded.

    Basis: KT22-18.2, KT22-23.1#1, QN20-15.2, DL24-11.1#2, PT24-18.1.0, PT24-23.1#1, KT22-19.2.b.
    """
    _must_be_assessor(actor, at, _in_force(at))
    faults = _faults_of_decision(entry, local(at).date())
    if faults:
        raise BadDecision(faults)
    made = _decision(entry, actor, at)
    for ids, what in ((entry.approved, "approve"), (entry.rejected, "reject")):
        for row in _several(ids):
            _move(row, what)
            row.decision = made
            _save(row)
            if what == "approve":
                _set_level(row, made, actor, at)
            _record(row, what, made.number, actor, at)
    facts = {
        "name": made.number,
        "signed_on": str(made.signed_on),
        "effective_on": str(made.effective_on),
        "approved": sorted(entry.approved),
        "rejected": sorted(entry.rejected),
    }
    what = f"online_decision:{made.pk}"
    audit.record_act(actor=actor, act="online_decision_recorded", what=what, at=at, facts=facts)
    return made.pk


@rests_on()
@transaction.atomic
def send_roadmap(*, actor: Actor, at: datetime, agency_id: int, year: int, note: str) -> int:
    """An agency sends what its review of a year found: its open proposals of that year are its roadmap.

    One without any says why. Raises Forbidden, BadRoadmap, RoadmapSent.

    Basis: KT18-17.3#2, QN20-21.1, KT22-18.1, DL24-11.1#1, QN20-5.1.
    """
    regulation = _in_force(at)
    if not policy.standing_of(actor, at, settings.PROVINCE).acts_for(agency_id):
        raise Forbidden()
    today = local(at).date()
    if year not in (today.year, today.year + 1):
        raise BadRoadmap({"year": N_("Lộ trình lập cho năm nay hoặc năm sau.")})
    gone = (ProposalState.WITHDRAWN, ProposalState.REJECTED)
    count = Proposal.objects.filter(agency_id=agency_id, year=year).exclude(state__in=gone).count()
    clean = visible_line(note)
    if not count and not clean:
        raise BadRoadmap({"note": N_("Chưa có đề xuất nào cho năm này; hãy ghi kết quả rà soát.")})
    if len(clean) > online.TEXT:
        raise BadRoadmap({"note": N_("Nội dung này quá dài.")})
    try:
        with transaction.atomic():
            made = Roadmap.objects.create(
                province=settings.PROVINCE,
                agency_id=agency_id,
                year=year,
                note=clean,
                count=count,
                due_on=reminding.roadmap_last_day(regulation, year),
                sent_at=at,
                sent_by=actor.name[:200],
            )
    except IntegrityError:
        raise RoadmapSent(year=year) from None
    facts = {"name": agencies.agency(agency_id).name, "year": year, "proposals": count}
    audit.record_act(actor=actor, act="roadmap_sent", what=f"agency:{agency_id}", at=at, facts=facts)
    return made.pk


def _in_force(at: datetime) -> Regulation:
    return law.regulation_in_force(settings.PROVINCE, local(at).date())


def _party(regulation: Regulation) -> str:
    """Who assesses."""
    return online.assessed_by(regulation)


def _assessor(regulation: Regulation, on: date) -> int | None:
    card = agencies.agency_of_party(settings.PROVINCE, _party(regulation), on)
    return card.id if card else None


def _must_be_assessor(actor: Actor, at: datetime, regulation: Regulation) -> None:
    assessor = _assessor(regulation, local(at).date())
    if not policy.standing_of(actor, at, settings.PROVINCE).acts_for(assessor, _party(regulation)):
        raise Forbidden()


def _must_be_proposer(actor: Actor, at: datetime, row: Proposal) -> None:
    regulation = law.regulation(row.regulation)
    standing = policy.standing_of(actor, at, row.province)
    is_own = row.agency_id == _assessor(regulation, local(at).date())
    if not standing.acts_for(row.agency_id, _party(regulation) if is_own else policy.AGENCY):
        raise Forbidden()


def _check_place(procedure: Procedure, agency_id: int, assessor: int | None, regulation: Regulation) -> None:
    card = agencies.agency(agency_id)
    settles = Competence.objects.filter(procedure=procedure, agency_id=agency_id).exists()
    if agency_id == assessor and not settles and not regulation.flag("catalogue.assessor_proposes"):
        raise AssessorMayNotPropose(clauses=regulation.clauses("catalogue.assessed_by"))
    if card.province != settings.PROVINCE or not (settles or card.level is AgencyLevel.PROVINCE):
        raise NotOfThisAgency()


def _check_announced(procedure: Procedure, newest: ProcedureVersion, regulation: Regulation) -> None:
    """Only what was announced goes online, where the regulation says so.

    Basis: KT18-5.2#1, KT22-17.2.
    """
    for key in ("catalogue.only_announced", "catalogue.only_standardised"):
        if not regulation.flag(key) or newest.body.get("publication_decision"):
            continue
        known = AnnouncedProcedure.objects.filter(
            code=procedure.code, announcement__province=settings.PROVINCE
        )
        if not known.exists():
            raise NotAnnounced(code=procedure.code, clauses=regulation.clauses(key))


def _check_goes_on(procedure: Procedure, newest: ProcedureVersion, regulation: Regulation) -> None:
    """Nothing is proposed or decided for what has ended or is to end: a new version would revive it.

    Basis: KT22-17.2; beyond it our own reading (ADR 0077).
    """
    if newest.valid_to is None:
        return
    clauses = regulation.clauses("catalogue.only_announced") or regulation.clauses("catalogue.assessed_by")
    raise ProcedureEnded(code=procedure.code, day=newest.valid_to, clauses=clauses)


def _check_wish(wish: Wish, regulation: Regulation, was: OnlineLevel, at: datetime) -> None:
    faults = online.faults_of(wish, regulation, was_level=was, today=local(at).date())
    if faults.fields:
        refusal = BadProposal(faults.fields)
        refusal.clauses = faults.clauses
        raise refusal


def _check_ways(newest: ProcedureVersion, level: str, regulation: Regulation) -> None:
    """A level that has no way of return which the procedure allows is not proposed for it.

    Basis: KT18-8.2.a, KT18-8.2.b, QN20-13.2, QN20-13.3, PT24-2.3, PT24-10.4#1, DL24-9.3#1, KT22-12.1; reading
    A47.
    """
    sheet = replace(wire.from_json(newest.body, version_id=newest.pk), online_level=OnlineLevel(level))
    if return_ways.leaves_none(sheet, regulation):
        clauses = return_ways.clauses_of_level(level, regulation)
        raise NoWayOfReturn(code=sheet.code, basis=sheet.result_ways_basis, clauses=clauses)


def _fields(wish: Wish) -> dict[str, object]:
    return {
        "year": wish.year,
        "level": wish.level,
        "service_kind": wish.service_kind,
        "starts_on": wish.starts_on,
        "criteria": list(wish.criteria),
        "reason": visible_line(wish.reason),
        "opinions": visible_line(wish.opinions)[: online.TEXT],
        "ministry": visible_line(wish.ministry)[: online.MINISTRY],
        "ministry_number": visible_line(wish.ministry_number)[: online.NUMBER],
        "ministry_signed_on": wish.ministry_signed_on,
    }


def _newest(procedure: Procedure) -> ProcedureVersion | None:
    return procedure.versions.filter(state=Publication.PUBLISHED).order_by("-number").first()


def _locked(proposal_id: int, version: int) -> Proposal:
    rows = Proposal.objects.select_for_update(of=("self",), no_key=True).select_related("procedure")
    row = rows.filter(id=proposal_id, province=settings.PROVINCE).first()
    if row is None:
        raise NotFound()
    if row.version != version:
        raise ProposalMoved()
    return row


def _several(ids: Collection[int]) -> list[Proposal]:
    rows = (
        Proposal.objects.select_for_update(of=("self",), no_key=True)
        .select_related("procedure")
        .order_by("id")
    )
    found = list(rows.filter(id__in=set(ids), province=settings.PROVINCE))
    if len(found) != len(set(ids)):
        raise NotFound()
    return found


def _move(row: Proposal, what: str) -> None:
    before, after = online.MOVES[what]
    if row.state not in before:
        raise NotAtThisStage()
    row.state = after


def _save(row: Proposal) -> None:
    row.version += 1
    row.save()


def _record(row: Proposal, what: str, note: str, actor: Actor, at: datetime) -> None:
    clean = visible_line(note)[: online.TEXT]
    ProposalAct.objects.create(proposal=row, what=what, note=clean, actor_name=actor.name[:200], at=at)
    facts = {"name": row.procedure.code, "level": row.level, "state": row.state, "note": clean}
    act = f"proposal_{what}"
    audit.record_act(actor=actor, act=act, what=f"proposal:{row.pk}", at=at, facts=facts)


def _faults_of_decision(entry: OnlineDecisionEntry, today: date) -> dict[str, str]:
    faults = announcing.faults_of_days(entry.signed_on, entry.effective_on, today)
    for field, text, longest in (("number", entry.number, 60), ("signer", entry.signer, 200)):
        if not 0 < len(visible_line(text)) <= longest:
            faults[field] = N_("Nội dung này còn thiếu hoặc quá dài.")
    ids = [*entry.approved, *entry.rejected]
    if not 0 < len(ids) <= MOST:
        faults["approved"] = N_("Hãy chọn ít nhất một đề xuất.")
    elif set(entry.approved) & set(entry.rejected):
        faults["approved"] = N_("Một đề xuất không thể vừa được đồng ý vừa không.")
    return faults


def _decision(entry: OnlineDecisionEntry, actor: Actor, at: datetime) -> OnlineDecision:
    try:
        with transaction.atomic():
            return OnlineDecision.objects.create(
                province=settings.PROVINCE,
                number=visible_line(entry.number),
                signer=visible_line(entry.signer),
                signed_on=entry.signed_on,
                effective_on=entry.effective_on,
                recorded_at=at,
                recorded_by=actor.name[:200],
            )
    except IntegrityError:
        raise DecisionKnown(number=entry.number) from None


def _set_level(row: Proposal, decision: OnlineDecision, actor: Actor, at: datetime) -> None:
    """The procedure's next version, with the level that was decided; everything else stays."""
    procedure = Procedure.objects.select_for_update(no_key=True).get(id=row.procedure_id)
    newest = _newest(procedure)
    assert newest is not None  # it had one when it was proposed, and published versions stay
    _check_goes_on(procedure, newest, law.regulation(row.regulation))
    if decision.effective_on <= newest.valid_from:
        raise LevelTooEarly(code=procedure.code, day=newest.valid_from)
    sheet = replace(wire.from_json(newest.body, version_id=0), online_level=OnlineLevel(row.level))
    publish_sheet(procedure, sheet, newest, decision.effective_on, actor, at)
