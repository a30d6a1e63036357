"""Which rule decides which command, and what that rule says of itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from motcua.dossiers.rules import commands
from motcua.dossiers.rules.decide import (
    asking,
    filing,
    intake,
    joining,
    lateness,
    mending,
    people,
    results,
    settling,
    supplements,
)

if TYPE_CHECKING:
    from motcua.dossiers.rules.events import Event
    from motcua.dossiers.rules.facts import Facts

Decider = Callable[[Any, Any, "Facts", datetime], "Event"]

FIRST: dict[type[commands.Command], Decider] = {
    commands.SaveDraft: filing.save_draft,
    commands.Register: filing.register,
}
DECIDERS: dict[type[commands.Command], Decider] = {
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
    commands.JoinAccount: joining.join_account,
}
_ALL = (*FIRST.items(), *DECIDERS.items())


def grounds(verb: str) -> str:
    """What the decision behind a verb says of itself, with the clauses it rests on under `Basis:`."""
    return next((decider.__doc__ or "" for known, decider in _ALL if verb == known.VERB), "")
