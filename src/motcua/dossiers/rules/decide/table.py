"""Which rule decides which command, and what that rule says of itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from motcua.dossiers.enums import Verb
from motcua.dossiers.rules import commands, events
from motcua.dossiers.rules.decide import (
    appointments,
    asking,
    attaching,
    filing,
    intake,
    joining,
    lateness,
    mending,
    people,
    results,
    settling,
    supplements,
    telling,
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
    commands.IssueReceipt: intake.issue_receipt,
    commands.Decline: intake.decline,
    commands.RequestSupplement: supplements.request,
    commands.ReleaseSupplement: supplements.release,
    commands.ReturnSupplement: supplements.send_back,
    commands.TellApplicant: telling.tell,
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
    commands.CallOffVerification: appointments.call_off,
    commands.RecordVerification: asking.record_verification,
    commands.AttachDocument: attaching.attach_document,
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
OUTCOMES: dict[Verb, tuple[type[events.Event], ...]] = {
    Verb.SAVE_DRAFT: (events.DraftSaved,),
    Verb.SUBMIT: (events.Submitted,),
    Verb.REGISTER_AT_COUNTER: (events.Registered,),
    Verb.REGISTER_BY_POST: (events.Registered,),
    Verb.ACCEPT: (events.Accepted,),
    Verb.ISSUE_RECEIPT: (events.ReceiptIssued,),
    Verb.DECLINE: (events.Declined,),
    Verb.REDIRECT: (events.Redirected,),
    Verb.REQUEST_SUPPLEMENT: (events.SupplementRequested, events.SupplementProposed),
    Verb.RELEASE_SUPPLEMENT: (events.SupplementRequested, events.SupplementCleared),
    Verb.RETURN_SUPPLEMENT: (events.SupplementReturned,),
    Verb.TELL_APPLICANT: (events.ApplicantTold,),
    Verb.SUPPLEMENT: (events.Supplemented,),
    Verb.HAND_OVER: (events.HandedOver,),
    Verb.ASSIGN: (events.Assigned,),
    Verb.REASSIGN: (events.Reassigned,),
    Verb.PAUSE: (events.Paused,),
    Verb.RESUME: (events.Resumed,),
    Verb.EXTEND: (events.Extended,),
    Verb.ENTRUST: (events.Entrusted,),
    Verb.CONSULT: (events.Consulted,),
    Verb.ANSWER: (events.Answered,),
    Verb.REMIND: (events.Reminded,),
    Verb.PLAN_VERIFICATION: (events.VerificationPlanned,),
    Verb.CALL_OFF_VERIFICATION: (events.VerificationCalledOff,),
    Verb.RECORD_VERIFICATION: (events.VerificationRecorded,),
    Verb.ATTACH_DOCUMENT: (events.DocumentAttached,),
    Verb.COMPLETE_STEP: (events.StepCompleted,),
    Verb.SEND_BACK: (events.SentBack,),
    Verb.PROPOSE: (events.Proposed,),
    Verb.APPROVE: (events.Approved, events.StepCompleted),
    Verb.REFUSE: (events.Refused, events.StepCompleted),
    Verb.ISSUE_RESULT: (events.ResultIssued,),
    Verb.INVITE: (events.Invited,),
    Verb.ANNOUNCE: (events.Announced,),
    Verb.RECORD_NON_COLLECTION: (events.NotCollected,),
    Verb.RETURN_RESULT: (events.ResultReturned,),
    Verb.CLOSE: (events.Closed,),
    Verb.CORRECT: (events.Corrected,),
    Verb.WITHDRAW: (events.Withdrawn,),
    Verb.STOP: (events.Stopped,),
    Verb.JOIN_ACCOUNT: (events.AccountJoined,),
}
_ALL = (*FIRST.items(), *DECIDERS.items())


def grounds(verb: str) -> str:
    """What the decision behind a verb says of itself, with the clauses it rests on under `Basis:`."""
    known_as = Verb.REGISTER_AT_COUNTER if verb == Verb.REGISTER_BY_POST else verb  # one decision behind both
    return next((decider.__doc__ or "" for known, decider in _ALL if known_as == known.VERB), "")


def is_outcome(kind: str, verb: Verb) -> bool:
    """Whether an event of this kind is what the verb records."""
    return any(kind == outcome.KIND for outcome in OUTCOMES[verb])
