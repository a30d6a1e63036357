"""The register of requests about the system: asked, reviewed, proposed, decided, deployed, or answered. Every
step is a row that is only added, and an act in the chain."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from motcua.agencies import queries as agencies
from motcua.audit import services as audit
from motcua.catalogue import policy
from motcua.catalogue.enums import UpgradeKind, UpgradeState, UpgradeStep
from motcua.catalogue.errors import (
    BadUpgrade,
    UpgradeKnown,
    UpgradeMoved,
    UpgradeNotApproved,
    UpgradeNotAtThisStage,
    UpgradesNotGoverned,
)
from motcua.catalogue.models import UpgradeAct, UpgradeRequest
from motcua.catalogue.rules import upgrades as rules
from motcua.catalogue.rules.upgrades import UpgradePaper, UpgradeWish
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden, NotFound
from motcua.kernel.text import visible, visible_line
from motcua.law import queries as law
from motcua.law.rules import Regulation
from motcua.law.services import rests_on
from motcua.worktime.rules import local


@rests_on()
@transaction.atomic
def request_upgrade(
    *, actor: Actor, at: datetime, agency_id: int, wish: UpgradeWish, paper: UpgradePaper
) -> int:
    """An agency asks for an upgrade, tells a problem or a proposal, asks for support; the id of the request.

    Raises UpgradesNotGoverned, Forbidden, BadUpgrade, UpgradeKnown.

    Basis: QN20-17.2, QN20-23.4, QN20-28.1#2, PT24-21.3, DL24-18.4#2.
    """
    regulation = _in_force(at, wish.kind)
    if not policy.standing_of(actor, at, settings.PROVINCE).acts_for(agency_id):
        raise Forbidden()
    today = local(at).date()
    faults = rules.faults_of_paper(UpgradeStep.REQUEST, paper, not_before=date.min, today=today)
    if faults := rules.faults_of_wish(wish) | faults:
        raise BadUpgrade(faults)
    try:
        with transaction.atomic():
            made = UpgradeRequest.objects.create(
                province=settings.PROVINCE,
                agency_id=agency_id,
                kind=wish.kind,
                title=visible_line(wish.title),
                content=visible(wish.content),
                reason=visible(wish.reason),
                regulation=regulation.short_name,
                state=UpgradeState.REQUESTED,
            )
    except IntegrityError:
        raise UpgradeKnown() from None
    _record(made, UpgradeStep.REQUEST, paper, actor, at)
    return made.pk


@rests_on(request_upgrade)
@transaction.atomic
def withdraw_upgrade(*, actor: Actor, at: datetime, upgrade_id: int, version: int) -> None:
    """The agency takes its request back, as long as it was not put before the committee.

    Raises UpgradesNotGoverned, NotFound, Forbidden, UpgradeMoved, UpgradeNotAtThisStage.
    """
    row = _locked(upgrade_id, version)
    _in_force(at, UpgradeKind(row.kind))
    if not policy.standing_of(actor, at, row.province).acts_for(row.agency_id):
        raise Forbidden()
    if row.state != UpgradeState.REQUESTED:
        raise UpgradeNotAtThisStage()
    _move(row, UpgradeStep.WITHDRAW)
    _record(row, UpgradeStep.WITHDRAW, UpgradePaper(local(at).date()), actor, at)


@rests_on()
@transaction.atomic
def record_upgrade(
    *, actor: Actor, at: datetime, upgrade_id: int, version: int, step: UpgradeStep, paper: UpgradePaper
) -> None:
    """The body that collects requests records its review, its answer, what it proposed, what the provincial
    committee decided, or that a change is deployed.

    Raises UpgradesNotGoverned, NotFound, Forbidden, UpgradeMoved, UpgradeNotApproved,
    UpgradeNotAtThisStage, BadUpgrade.

    Basis: QN20-17.2, QN20-23.4, QN20-28.1#2, PT24-21.3, PT24-21.5, DL24-18.4#2.
    """
    row = _locked(upgrade_id, version)
    kind, state, today = UpgradeKind(row.kind), UpgradeState(row.state), local(at).date()
    regulation = _in_force(at, kind)
    party = rules.recorders(regulation)[kind]
    body = agencies.agency_of_party(row.province, party, today)
    if not policy.standing_of(actor, at, row.province).acts_for(body.id if body else None, party):
        raise Forbidden()
    if rules.is_beyond_approval(regulation, state, step):
        raise UpgradeNotApproved(clauses=regulation.clauses("change.control"))
    if step not in rules.next_steps(regulation, kind, state):
        raise UpgradeNotAtThisStage()
    _move(row, step)
    last = UpgradeAct.objects.filter(upgrade=row).order_by("id").values_list("on", flat=True).last()
    if faults := rules.faults_of_paper(step, paper, not_before=last or today, today=today):
        refusal = BadUpgrade(faults)
        refusal.clauses = rules.clauses_of(regulation, kind)
        raise refusal
    _record(row, step, paper, actor, at)


def _in_force(at: datetime, kind: UpgradeKind) -> Regulation:
    """The regulation of the day, if it speaks of such requests. Raises UpgradesNotGoverned, NoRegulation."""
    regulation = law.regulation_in_force(settings.PROVINCE, local(at).date())
    if kind not in rules.recorders(regulation):
        raise UpgradesNotGoverned()
    return regulation


def _locked(upgrade_id: int, version: int) -> UpgradeRequest:
    rows = UpgradeRequest.objects.select_for_update(no_key=True)
    row = rows.filter(id=upgrade_id, province=settings.PROVINCE).first()
    if row is None:
        raise NotFound()
    if row.version != version:
        raise UpgradeMoved()
    return row


def _move(row: UpgradeRequest, step: UpgradeStep) -> None:
    row.state = rules.AFTER[step]
    row.version += 1


def _record(row: UpgradeRequest, step: UpgradeStep, paper: UpgradePaper, actor: Actor, at: datetime) -> None:
    row.save(update_fields=["state", "version"])
    number, signer = visible_line(paper.number), visible_line(paper.signer)
    UpgradeAct.objects.create(
        upgrade=row,
        what=step,
        on=paper.on,
        number=number,
        signer=signer,
        note=visible(paper.note),
        actor_name=actor.name[:200],
        at=at,
    )
    facts = {"name": row.title, "state": str(row.state), "on": str(paper.on), "number": number}
    audit.record_act(actor=actor, act=f"upgrade_{step}", what=f"upgrade:{row.pk}", at=at, facts=facts)
