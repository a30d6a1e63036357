"""The life of a dossier in one table: which verb is open in which status."""

from __future__ import annotations

from motcua.dossiers.enums import ENDED, PAUSED, Correctable, Status, Verb

OPEN_IN: dict[Verb, frozenset[Status]] = {
    Verb.SAVE_DRAFT: frozenset({Status.DRAFT}),
    Verb.SUBMIT: frozenset({Status.DRAFT}),
    Verb.ACCEPT: frozenset({Status.SUBMITTED}),
    Verb.ISSUE_RECEIPT: PAUSED
    | {Status.ACCEPTED, Status.IN_PROGRESS, Status.DECIDED, Status.RESULT_ISSUED, Status.READY},
    Verb.DECLINE: frozenset({Status.SUBMITTED, Status.AWAITING_SUPPLEMENT}),
    Verb.REDIRECT: frozenset({Status.SUBMITTED}),
    Verb.REQUEST_SUPPLEMENT: frozenset({Status.SUBMITTED, Status.ACCEPTED, Status.IN_PROGRESS}),
    Verb.RELEASE_SUPPLEMENT: frozenset({Status.SUBMITTED, Status.ACCEPTED, Status.IN_PROGRESS}),
    Verb.RETURN_SUPPLEMENT: frozenset({Status.SUBMITTED, Status.ACCEPTED, Status.IN_PROGRESS}),
    # What waits for the desk waits until it went out, whatever the dossier has come to meanwhile.
    Verb.TELL_APPLICANT: frozenset(Status) - ENDED - {Status.DRAFT, Status.SUBMITTED},
    Verb.SUPPLEMENT: frozenset({Status.SUBMITTED, Status.AWAITING_SUPPLEMENT}),
    # Its term runs on while the applicant pays or brings something: the desk does not have to wait for that.
    Verb.HAND_OVER: PAUSED | {Status.ACCEPTED},
    Verb.ASSIGN: frozenset({Status.IN_PROGRESS}),
    Verb.REASSIGN: frozenset(Status) - ENDED - {Status.DRAFT},
    Verb.PAUSE: frozenset({Status.ACCEPTED, Status.IN_PROGRESS}),
    Verb.RESUME: PAUSED,
    # While a supplement is awaited only where the term runs on; with a result until it is at the desk.
    Verb.EXTEND: frozenset(
        {
            Status.ACCEPTED,
            Status.IN_PROGRESS,
            Status.DECIDED,
            Status.RESULT_ISSUED,
            Status.AWAITING_SUPPLEMENT,
        }
    ),
    Verb.ENTRUST: frozenset({Status.IN_PROGRESS}),
    Verb.CONSULT: frozenset({Status.IN_PROGRESS}),
    # An answer after the decision is kept while the dossier is open, without effect.
    Verb.ANSWER: PAUSED | {Status.IN_PROGRESS, Status.DECIDED, Status.RESULT_ISSUED, Status.READY},
    Verb.REMIND: PAUSED | {Status.IN_PROGRESS},
    Verb.PLAN_VERIFICATION: PAUSED | {Status.IN_PROGRESS},
    Verb.CALL_OFF_VERIFICATION: PAUSED | {Status.IN_PROGRESS},
    Verb.RECORD_VERIFICATION: PAUSED | {Status.IN_PROGRESS},
    Verb.ATTACH_DOCUMENT: (frozenset(Status) - ENDED - {Status.DRAFT}) | {Status.RETURNED},
    # While the applicant is waited for only the part of another agency, which does not wait for them.
    Verb.COMPLETE_STEP: PAUSED | {Status.IN_PROGRESS, Status.DECIDED, Status.RESULT_ISSUED},
    Verb.SEND_BACK: frozenset({Status.IN_PROGRESS}),
    Verb.PROPOSE: frozenset({Status.IN_PROGRESS}),
    Verb.APPROVE: frozenset({Status.IN_PROGRESS}),
    Verb.REFUSE: frozenset({Status.IN_PROGRESS}),
    Verb.ISSUE_RESULT: frozenset({Status.DECIDED}),
    Verb.INVITE: frozenset(
        {Status.ACCEPTED, Status.IN_PROGRESS, Status.DECIDED, Status.RESULT_ISSUED, Status.READY}
    ),
    Verb.ANNOUNCE: frozenset({Status.RESULT_ISSUED}),
    Verb.RETURN_RESULT: frozenset({Status.RESULT_ISSUED, Status.READY}),
    Verb.RECORD_NON_COLLECTION: frozenset({Status.READY}),
    Verb.CORRECT: frozenset(Status) - {Status.DRAFT},
    Verb.CLOSE: frozenset({Status.RETURNED}),
    # After the decision only where the law of the day does not end it with that (`withdrawing`).
    Verb.WITHDRAW: frozenset(
        {
            Status.DRAFT,
            Status.SUBMITTED,
            *PAUSED,
            Status.ACCEPTED,
            Status.IN_PROGRESS,
            Status.DECIDED,
        }
    ),
    Verb.STOP: PAUSED | {Status.ACCEPTED, Status.IN_PROGRESS, Status.DECIDED},
    Verb.JOIN_ACCOUNT: frozenset(Status) - {Status.DRAFT},
}

# When each thing may be put right. Of what ended without a result only that is.
_NO_RESULT = frozenset({Status.DECLINED, Status.WITHDRAWN, Status.STOPPED})
_RESULT_KNOWN = frozenset({Status.RESULT_ISSUED, Status.READY, Status.RETURNED, Status.CLOSED})
CORRECTABLE_IN: dict[Correctable, frozenset[Status]] = {
    Correctable.CONTACT: OPEN_IN[Verb.CORRECT] - _NO_RESULT,
    Correctable.IDENTITY: OPEN_IN[Verb.CORRECT] - ENDED - _RESULT_KNOWN,
    Correctable.DELIVERY: OPEN_IN[Verb.CORRECT] - ENDED,
    Correctable.RESULT: _RESULT_KNOWN,
    Correctable.RETURN: frozenset({Status.RETURNED}),
    Correctable.DECISION: frozenset({Status.DECIDED}),
    Correctable.DECLINE: frozenset({Status.DECLINED}),
    Correctable.SUPPLEMENT: frozenset({Status.AWAITING_SUPPLEMENT}),
    Correctable.ENDING: frozenset({Status.WITHDRAWN, Status.STOPPED}),
}

# Which kinds of step a task verb may act on.
STEP_KINDS: dict[Verb, frozenset[str]] = {
    Verb.RELEASE_SUPPLEMENT: frozenset({"control", "relay"}),
    Verb.RETURN_SUPPLEMENT: frozenset({"control", "relay"}),
    Verb.TELL_APPLICANT: frozenset({"letter"}),
    Verb.HAND_OVER: frozenset({"intake"}),
    Verb.ASSIGN: frozenset({"assign"}),
    Verb.ENTRUST: frozenset({"opinion"}),
    Verb.ANSWER: frozenset({"consult"}),
    Verb.COMPLETE_STEP: frozenset({"process", "review", "clerical", "opinion", "publish"}),
    Verb.SEND_BACK: frozenset({"process", "review", "approve", "clerical", "opinion", "assign"}),
    Verb.PROPOSE: frozenset({"process", "review"}),
    Verb.APPROVE: frozenset({"approve"}),
    Verb.REFUSE: frozenset({"approve"}),
    # Approved tables do not always have a clerical step: the paper is numbered where the work is then.
    Verb.ISSUE_RESULT: frozenset({"clerical", "return", "process", "review", "opinion", "publish"}),
}

# Steps at which it matters, until the decision, that what lies there was sent back before.
LOOKED_AT_ANEW = frozenset({"process", "review", "approve"})
CONSULT_STEP = "consult"  # an opinion asked of others: beside the internal process, which goes on meanwhile
LETTER_STEP = "letter"  # the desk tells the applicant what those who settle have done: ours too
BESIDE = (CONSULT_STEP, LETTER_STEP)  # go on beside the steps of the process, whatever becomes of those
# What must wait while a supplement request waits for its control, or for the desk to send it; so must every
# step but another agency's part (`moves.waits_for_applicant`).
HELD_BY_REQUEST = frozenset(
    {
        Verb.ACCEPT,
        Verb.DECLINE,
        Verb.REDIRECT,
        Verb.REQUEST_SUPPLEMENT,
        Verb.ENTRUST,
        Verb.PAUSE,
        Verb.HAND_OVER,
        Verb.ASSIGN,
        Verb.SEND_BACK,
        Verb.PROPOSE,
        Verb.APPROVE,
        Verb.REFUSE,
    }
)

CONTROL_STEP = "control"  # agreeing to a supplement request: ours, not a step of the internal process
RELAY_STEP = "relay"  # the desk sends on to the applicant what the leader agreed to: ours too
CHECK_STEP = "check"  # the desk's check before acceptance: ours, not a step of the internal process
