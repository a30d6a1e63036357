"""The shell of nearly every verb: lock, ask policy, ask the rule, write."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from motcua.dossiers import policy
from motcua.dossiers.enums import Verb
from motcua.dossiers.rules import commands, decide
from motcua.dossiers.rules.state import State
from motcua.dossiers.services import gather
from motcua.dossiers.services.record import Act, Before, record
from motcua.kernel.actors import Actor


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
        before, state = gather.lock(dossier_id, expected_version)
        return act_on(before, state, command, actor=actor, at=at)


def act_on(before: Before, state: State, command: commands.Command, *, actor: Actor, at: datetime) -> Act:
    """`act` on a dossier that the caller's transaction holds locked in `state`."""
    posts = policy.posts_of(actor, at)
    policy.require(command.VERB, actor, posts, state)
    if isinstance(command, commands.OnTask):
        policy.require_task(actor, posts, state.task(command.task_key))
    gather.check_files(actor, commands.files_of(command), state)
    facts = gather.facts_for(state.target, state.process_id, actor, at)
    if command.VERB is Verb.ASSIGN:
        facts = replace(facts, assignees=gather.assignees(state.target, at))
    return record(before, decide(state, command, facts, at), actor, at)
