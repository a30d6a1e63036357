"""The life of a dossier in one table: which verb is open in which status."""

from __future__ import annotations

from motcua.dossiers.enums import Status, Verb

OPEN_IN: dict[Verb, frozenset[Status]] = {
    Verb.SAVE_DRAFT: frozenset({Status.DRAFT}),
    Verb.SUBMIT: frozenset({Status.DRAFT}),
    Verb.ACCEPT: frozenset({Status.SUBMITTED}),
    Verb.DECLINE: frozenset({Status.SUBMITTED, Status.AWAITING_SUPPLEMENT}),
    Verb.REQUEST_SUPPLEMENT: frozenset({Status.SUBMITTED, Status.ACCEPTED, Status.IN_PROGRESS}),
    Verb.RELEASE_SUPPLEMENT: frozenset({Status.SUBMITTED, Status.ACCEPTED, Status.IN_PROGRESS}),
    Verb.RETURN_SUPPLEMENT: frozenset({Status.SUBMITTED, Status.ACCEPTED, Status.IN_PROGRESS}),
    Verb.SUPPLEMENT: frozenset({Status.AWAITING_SUPPLEMENT}),
    Verb.HAND_OVER: frozenset({Status.ACCEPTED}),
    Verb.ASSIGN: frozenset({Status.IN_PROGRESS}),
    Verb.COMPLETE_STEP: frozenset({Status.IN_PROGRESS, Status.DECIDED, Status.RESULT_ISSUED}),
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
    Verb.CLOSE: frozenset({Status.RETURNED}),
    Verb.WITHDRAW: frozenset(
        {
            Status.DRAFT,
            Status.SUBMITTED,
            Status.AWAITING_SUPPLEMENT,
            Status.ACCEPTED,
            Status.IN_PROGRESS,
        }
    ),
    Verb.STOP: frozenset({Status.AWAITING_SUPPLEMENT, Status.ACCEPTED, Status.IN_PROGRESS}),
}

# Which kinds of step a task verb may act on.
STEP_KINDS: dict[Verb, frozenset[str]] = {
    Verb.RELEASE_SUPPLEMENT: frozenset({"control"}),
    Verb.RETURN_SUPPLEMENT: frozenset({"control"}),
    Verb.HAND_OVER: frozenset({"intake"}),
    Verb.ASSIGN: frozenset({"assign"}),
    Verb.COMPLETE_STEP: frozenset({"process", "review", "clerical", "opinion", "publish"}),
    Verb.SEND_BACK: frozenset({"process", "review", "approve", "clerical", "opinion", "assign"}),
    Verb.PROPOSE: frozenset({"process", "review"}),
    Verb.APPROVE: frozenset({"approve"}),
    Verb.REFUSE: frozenset({"approve"}),
    # Approved tables do not always have a clerical step: the paper is numbered where the work is then.
    Verb.ISSUE_RESULT: frozenset({"clerical", "return", "process", "review", "opinion", "publish"}),
}

# What must wait while a proposed supplement request waits for its control.
HELD_BY_CONTROL = frozenset(
    {
        Verb.ACCEPT,
        Verb.DECLINE,
        Verb.REQUEST_SUPPLEMENT,
        Verb.HAND_OVER,
        Verb.ASSIGN,
        Verb.COMPLETE_STEP,
        Verb.SEND_BACK,
        Verb.PROPOSE,
        Verb.APPROVE,
        Verb.REFUSE,
    }
)

CONTROL_STEP = "control"  # agreeing to a supplement request: ours, not a step of the internal process
CHECK_STEP = "check"  # the desk's check before acceptance: ours, not a step of the internal process
