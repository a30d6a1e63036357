"""Services of the one-stop desk before settlement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db import transaction

from motcua.agencies import queries as agencies
from motcua.dossiers.enums import DeclineGround, Verb
from motcua.dossiers.errors import NotCompetent
from motcua.dossiers.rules import commands, decide
from motcua.dossiers.rules.decide.grounding import clauses_of
from motcua.dossiers.rules.state import SupplementItem
from motcua.dossiers.services import gather, tables
from motcua.dossiers.services.act import act
from motcua.dossiers.services.record import Act, carry_out
from motcua.kernel.actors import Actor
from motcua.kernel.codes import dossier_code
from motcua.worktime.rules import local


def accept(
    *,
    actor: Actor,
    at: datetime,
    dossier_id: str,
    expected_version: int | None,
    note: str = "",
    receipt_asked: bool = False,
    certified_by_post: bool = False,
) -> Act:
    """Take a dossier in: code, receipt slip, due moment, first task. The applicant is told.

    `certified_by_post`: the certified papers of an online filing came by post, with its number.

    The serial is taken inside the transaction, so a refusal or a crash leaves no gap.
    """
    with transaction.atomic():
        before, state, footing = gather.lock(dossier_id, expected_version, actor, at)
        actor, _ = gather.entitled(Verb.ACCEPT, actor, footing, state, at)
        facts = gather.facts_for(state.target, None, actor, at)
        facts = gather.with_meanwhile(gather.for_acceptance(facts, state, at), before, at)
        command = commands.Accept("-", note, receipt_asked, certified_by_post)
        decide(state, command, facts, at)  # refuse before a serial is taken
        code = _next_code(state.target.agency_id, facts.regulation.text("dossier_code.pattern"), at)
        return carry_out(before, replace(command, code=code), facts, actor, at)


def issue_receipt(*, actor: Actor, at: datetime, dossier_id: str, expected_version: int | None) -> Act:
    """Make the receipt that was left out at the acceptance, because the applicant asks for it now."""
    command = commands.IssueReceipt()
    return act(command, actor=actor, at=at, dossier_id=dossier_id, expected_version=expected_version)


def decline(
    *,
    actor: Actor,
    at: datetime,
    dossier_id: str,
    expected_version: int | None,
    ground: DeclineGround,
    reason: str,
    competent: str = "",
    guidance: str = "",
    provision: str = "",
) -> Act:
    """Refuse intake on a listed ground; the applicant gets the slip with the reason.

    `competent` and `guidance` say to which agency to go, and how: needed where this one is not competent.
    `provision` names the article and the document of the law: needed where the ground is a law.
    """
    command = commands.Decline(DeclineGround(ground), reason, competent, guidance, provision)
    return act(command, actor=actor, at=at, dossier_id=dossier_id, expected_version=expected_version)


def redirect(
    *, actor: Actor, at: datetime, dossier_id: str, expected_version: int | None, agency_id: int, reason: str
) -> Act:
    """Pass a filing on to the competent agency, whose desk checks it; the applicant is told where it is.

    Raises NotCompetent if the other agency does not settle the procedure either.
    """
    with transaction.atomic():
        before, state, footing = gather.lock(dossier_id, expected_version, actor, at)
        actor, _ = gather.entitled(Verb.REDIRECT, actor, footing, state, at)
        try:
            target = gather.target_for(
                procedure_version_id=state.target.procedure_version_id,
                agency_id=agency_id,
                channel=state.target.channel,
                variant=state.target.variant,
            )
        except NotCompetent:
            clauses = clauses_of(Verb.REDIRECT.value, state.target.regulation)
            raise NotCompetent(clauses=clauses) from None
        facts = gather.facts_for(replace(target, regulation=state.target.regulation), None, actor, at)
        facts = gather.with_meanwhile(facts, before, at)
        command = commands.Redirect(target, agencies.agency(agency_id).name, reason)
        return carry_out(before, command, facts, actor, at)


def request_supplement(
    *,
    actor: Actor,
    at: datetime,
    dossier_id: str,
    expected_version: int | None,
    items: Sequence[SupplementItem],
    reason: str,
    guidance: str,
    again_ground: str = "",
) -> Act:
    """Ask the applicant for components of the procedure; after acceptance the clock stands still.

    Where the regulation has requests controlled, it waits for whoever controls them.

    Basis: DL24-19.1.b.
    """
    command = commands.RequestSupplement(tuple(items), reason, guidance, again_ground)
    return act(command, actor=actor, at=at, dossier_id=dossier_id, expected_version=expected_version)


def release_supplement(
    *, actor: Actor, at: datetime, dossier_id: str, expected_version: int | None, task_key: str
) -> Act:
    """Agree to a proposed supplement request; the applicant gets it."""
    command = commands.ReleaseSupplement(task_key)
    return act(command, actor=actor, at=at, dossier_id=dossier_id, expected_version=expected_version)


def tell_applicant(
    *, actor: Actor, at: datetime, dossier_id: str, expected_version: int | None, task_key: str
) -> Act:
    """The desk tells the applicant what those who settle have done, as they wrote it."""
    command = commands.TellApplicant(task_key)
    return act(command, actor=actor, at=at, dossier_id=dossier_id, expected_version=expected_version)


def return_supplement(
    *,
    actor: Actor,
    at: datetime,
    dossier_id: str,
    expected_version: int | None,
    task_key: str,
    reason: str,
) -> Act:
    """Do not agree to a proposed supplement request, with the reason; who proposed it reads it."""
    command = commands.ReturnSupplement(task_key, reason)
    return act(command, actor=actor, at=at, dossier_id=dossier_id, expected_version=expected_version)


def hand_over(
    *,
    actor: Actor,
    at: datetime,
    dossier_id: str,
    expected_version: int | None,
    task_key: str,
    note: str = "",
    outcome: str = "",
) -> Act:
    """Pass the accepted dossier to the unit that settles it; `outcome` names the case in which a step is done
    that others pass over. Raises UnknownOutcome for a case that the process does not know here.

    Basis: QN20-4.2.
    """
    command = commands.HandOver(task_key, note, outcome)
    return act(command, actor=actor, at=at, dossier_id=dossier_id, expected_version=expected_version)


def _next_code(agency_id: int, pattern: str | None, at: datetime) -> str:
    agency_code = agencies.agency(agency_id).dossier_code_prefix
    on = local(at).date()
    serial = tables.next_serial(agency_code, on)
    return dossier_code(pattern or settings.DOSSIER_CODE_PATTERN, agency=agency_code, on=on, serial=serial)
