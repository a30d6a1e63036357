"""The decision: may this be done now, and what happens if it is?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from motcua.dossiers.enums import Status
from motcua.dossiers.errors import AwaitingControl, BeforeLastEvent, WrongState
from motcua.dossiers.rules import commands
from motcua.dossiers.rules.decide import (
    asking,
    filing,
    intake,
    lateness,
    mending,
    people,
    results,
    settling,
    supplements,
)
from motcua.dossiers.rules.life import HELD_BY_CONTROL, OPEN_IN

if TYPE_CHECKING:
    from motcua.dossiers.rules.events import Event
    from motcua.dossiers.rules.facts import Facts
    from motcua.dossiers.rules.state import State

Decider = Callable[[Any, Any, "Facts", datetime], "Event"]

_FIRST: dict[type[commands.Command], Decider] = {
    commands.SaveDraft: filing.save_draft,
    commands.Register: filing.register,
}
_DECIDERS: dict[type[commands.Command], Decider] = {
    commands.SaveDraft: filing.save_draft,
    commands.Submit: filing.submit,
    commands.Supplement: filing.supplement,
    commands.Withdraw: filing.withdraw,
    commands.Accept: intake.accept,
    commands.Decline: intake.decline,
    commands.RequestSupplement: supplements.request,
    commands.ReleaseSupplement: supplements.release,
    commands.ReturnSupplement: supplements.send_back,
    commands.Redirect: intake.redirect,
    commands.HandOver: intake.hand_over,
    commands.Assign: settling.assign,
    commands.Reassign: people.reassign,
    commands.Pause: lateness.pause,
    commands.Resume: lateness.resume,
    commands.Extend: lateness.extend,
    commands.Entrust: people.entrust,
    commands.Consult: asking.consult,
    commands.Answer: asking.answer,
    commands.Remind: asking.remind,
    commands.PlanVerification: asking.plan_verification,
    commands.RecordVerification: asking.record_verification,
    commands.CompleteStep: settling.complete_step,
    commands.SendBack: settling.send_back,
    commands.Propose: settling.propose,
    commands.Approve: settling.approve,
    commands.Refuse: settling.refuse,
    commands.Stop: settling.stop,
    commands.IssueResult: results.issue_result,
    commands.Invite: results.invite,
    commands.Announce: results.announce,
    commands.ReturnResult: results.return_result,
    commands.RecordNonCollection: results.record_non_collection,
    commands.Correct: mending.correct,
    commands.Close: results.close,
}


def decide(state: State | None, command: commands.Command, facts: Facts, at: datetime) -> tuple[Event, ...]:
    """The events that `command` causes at the moment `at`, or a refusal (a subclass of `Refusal`).

    `state` is None for a dossier that does not exist yet. Nothing is read but the arguments.
    """
    if state is None:
        return (_FIRST[type(command)](None, command, facts, at),)
    if state.status not in OPEN_IN[command.VERB]:
        raise WrongState(status=state.status.value)
    if state.last_at is not None and at < state.last_at:
        raise BeforeLastEvent()
    if state.proposed_supplement is not None and command.VERB in HELD_BY_CONTROL:
        raise AwaitingControl(clauses=facts.regulation.clauses("supplement.control"))
    return (_DECIDERS[type(command)](state, command, facts, at),)


def is_open(state: State, verb: str) -> bool:
    """Whether the life of the dossier has room for the verb now, whoever asks."""
    return any(state.status in statuses for known, statuses in OPEN_IN.items() if known == verb)


def grounds(verb: str) -> str:
    """What the decision behind a verb says of itself, with the clauses it rests on under `Basis:`."""
    return next((decider.__doc__ or "" for known, decider in _DECIDERS_AND_FIRST if verb == known.VERB), "")


_DECIDERS_AND_FIRST = (*_FIRST.items(), *_DECIDERS.items())

__all__ = ["Status", "decide", "grounds", "is_open"]
