"""The shell of nearly every verb: lock, ask policy, ask the rule, write."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db import transaction

from motcua.agencies import queries as agencies
from motcua.dossiers import policy, queries
from motcua.dossiers.enums import Correctable, Verb
from motcua.dossiers.rules import commands
from motcua.dossiers.rules.footing import Footing
from motcua.dossiers.rules.notices import TOLD_BY_DESK
from motcua.dossiers.rules.state import State
from motcua.dossiers.services import gather
from motcua.dossiers.services.record import Act, Before, carry_out
from motcua.kernel.actors import Actor
from motcua.worktime.rules import local

_UNLESS_FILED_ANEW = frozenset({Correctable.DECLINE, Correctable.ENDING})


def act(
    command: commands.Command,
    *,
    actor: Actor,
    at: datetime,
    dossier_id: str,
    expected_version: int | None,
) -> Act:
    """Do one verb to one dossier in one transaction.

    Raises NotFound, Stale, Forbidden, NotYourTask or what the rule refuses; then nothing was changed.
    """
    with transaction.atomic():
        before, state, footing = gather.lock(dossier_id, expected_version, actor, at)
        return act_on(before, state, command, actor=actor, footing=footing, at=at)


def act_on(
    before: Before,
    state: State,
    command: commands.Command,
    *,
    actor: Actor,
    footing: Footing,
    at: datetime,
) -> Act:
    """`act` on a dossier that the caller's transaction holds locked in `state`.

    Basis: KT22-2.1.b#1.
    """
    task = state.task(command.task_key) if isinstance(command, commands.OnTask) else None
    actor, worn = gather.entitled(command.VERB, actor, footing, state, at, task, _fits(command, state))
    gather.check_files(actor, commands.files_of(command), state)
    facts = gather.facts_for(state.target, state.process_id, actor, at, gather.term_from(state))
    facts = gather.with_meanwhile(facts, before, at)
    if isinstance(command, commands.Assign | commands.Reassign):
        facts = replace(facts, assignees=_assignees(command, state, at))
    if command.VERB is Verb.REQUEST_SUPPLEMENT:
        facts = replace(facts, controls=policy.controls(worn, state, facts.regulation))
    if command.VERB in TOLD_BY_DESK:
        facts = replace(facts, at_desk=policy.is_at_desk(footing, state))
    if isinstance(command, commands.Correct) and command.what in _UNLESS_FILED_ANEW:
        filed_anew = queries.filed_anew(str(before.id), state)
        facts = replace(facts, filed_anew=filed_anew, unit_over=_unit_over(state, at))
    if isinstance(command, commands.Extend) and actor.for_id:
        facts = replace(facts, signs_as=gather.signature(footing.posts, state.target.agency_id))
    if isinstance(command, commands.PlanVerification | commands.CallOffVerification):
        facts = replace(facts, desks=agencies.desk_places(settings.PROVINCE))
    return carry_out(before, command, facts, actor, at)


def _fits(command: commands.Command, state: State) -> policy.Fits:
    """What the footing must allow beside the verb itself: to give this task, to correct this record,
    to add to this part, to hand over in this way.
    """
    if isinstance(command, commands.Reassign):
        task = state.task(command.task_key)
        return lambda actor, footing: policy.may_give(footing, state, task)
    if isinstance(command, commands.Assign):
        free = state.task(command.task_key)
        if free is not None and policy.is_unassigned(state, free):
            return lambda actor, footing: policy.may_assign(footing, state, free)
    if isinstance(command, commands.Correct):
        what = command.what
        return lambda actor, footing: policy.may_correct(what, actor, footing, state)
    if isinstance(command, commands.AttachDocument):
        part = command.part
        return lambda actor, footing: policy.may_attach(part, footing, state)
    if isinstance(command, commands.ReturnResult):
        how = command.handing.how
        return lambda actor, footing: policy.may_hand_over_so(how, footing, state)
    return lambda actor, footing: True


def _assignees(command: commands.Assign | commands.Reassign, state: State, at: datetime) -> dict[str, str]:
    """Names by account id of those who may be given the case or the task."""
    task = state.task(command.task_key) if isinstance(command, commands.Reassign) else None
    officers = gather.officers_for(state.target, task, at)
    return {str(officer.account_id): officer.full_name for officer in officers}


def _unit_over(state: State, at: datetime) -> str:
    """The name of a unit that would have to go on with what was withdrawn or stopped by mistake, and whose
    last day is over; empty where all work. What was open kept it from ending, what had ended did not."""
    if state.ending is None:
        return ""
    wanted = {task.unit_id for task in state.ending.tasks}
    if state.accepted_at is not None:
        wanted.add(state.target.posting.settling)
    today = local(at).date()
    over = (each for each in agencies.units(wanted) if each.ends is not None and each.ends < today)
    return next((agencies.name_of_unit(each) for each in over), "")
