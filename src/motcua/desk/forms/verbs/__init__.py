"""The form of each verb that has a page."""

from __future__ import annotations

from motcua.desk.forms.verbs import as_asked, asking, attaching, intake, mending, results, settling, steering
from motcua.desk.forms.verbs.base import Occasion, VerbForm
from motcua.dossiers.enums import Verb

FORMS: dict[Verb, type[VerbForm]] = {
    Verb.ACCEPT: intake.Accept,
    Verb.ISSUE_RECEIPT: intake.IssueReceipt,
    Verb.DECLINE: intake.Decline,
    Verb.REDIRECT: intake.Redirect,
    Verb.REQUEST_SUPPLEMENT: intake.RequestSupplement,
    Verb.RELEASE_SUPPLEMENT: intake.ReleaseSupplement,
    Verb.RETURN_SUPPLEMENT: intake.ReturnSupplement,
    Verb.TELL_APPLICANT: intake.TellApplicant,
    Verb.SUPPLEMENT: intake.Supplement,
    Verb.HAND_OVER: intake.HandOver,
    Verb.WITHDRAW: as_asked.Withdraw,
    Verb.ASSIGN: settling.Assign,
    Verb.REASSIGN: steering.Reassign,
    Verb.PAUSE: steering.Pause,
    Verb.RESUME: steering.Resume,
    Verb.EXTEND: steering.Extend,
    Verb.ENTRUST: asking.Entrust,
    Verb.CONSULT: asking.Consult,
    Verb.ANSWER: asking.Answer,
    Verb.REMIND: asking.Remind,
    Verb.PLAN_VERIFICATION: asking.PlanVerification,
    Verb.CALL_OFF_VERIFICATION: asking.CallOffVerification,
    Verb.RECORD_VERIFICATION: asking.RecordVerification,
    Verb.ATTACH_DOCUMENT: attaching.AttachDocument,
    Verb.COMPLETE_STEP: settling.CompleteStep,
    Verb.SEND_BACK: settling.SendBack,
    Verb.PROPOSE: settling.Propose,
    Verb.APPROVE: settling.Approve,
    Verb.REFUSE: settling.Refuse,
    Verb.STOP: as_asked.Stop,
    Verb.ISSUE_RESULT: results.IssueResult,
    Verb.INVITE: results.Invite,
    Verb.ANNOUNCE: results.Announce,
    Verb.RETURN_RESULT: results.ReturnResult,
    Verb.RECORD_NON_COLLECTION: results.RecordNonCollection,
    Verb.CORRECT: mending.Correct,
    Verb.CLOSE: results.Close,
}

__all__ = ["FORMS", "Occasion", "VerbForm"]
