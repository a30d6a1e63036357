"""Who may do what, written down a second time and from the other side, so that `policy` can be watched.

A table of what the roles of an agency may do at all. `policy` also looks at units and at names; what it
allows must lie within this, and who lies outside must be refused.
"""

from __future__ import annotations

from motcua.agencies.enums import Role
from motcua.dossiers.enums import Correctable, Verb
from motcua.dossiers.rules.state import OpenTask, State

DESK = frozenset({Role.RECEIVER, Role.DESK_HEAD})
HEADS = frozenset({Role.UNIT_HEAD, Role.DESK_HEAD, Role.APPROVER})
OWNER = frozenset({Verb.SAVE_DRAFT, Verb.SUBMIT, Verb.SUPPLEMENT, Verb.WITHDRAW})

_BY_ROLE: dict[Verb, frozenset[Role]] = {
    Verb.SAVE_DRAFT: frozenset(),
    Verb.SUBMIT: frozenset(),
    Verb.REGISTER_AT_COUNTER: DESK,
    Verb.REGISTER_BY_POST: DESK,
    Verb.ACCEPT: DESK,
    Verb.ISSUE_RECEIPT: DESK,
    Verb.DECLINE: DESK,
    Verb.REDIRECT: DESK,
    Verb.TELL_APPLICANT: DESK,
    Verb.SUPPLEMENT: DESK,
    Verb.HAND_OVER: DESK,
    Verb.INVITE: DESK,
    Verb.ANNOUNCE: DESK,
    Verb.RETURN_RESULT: DESK,
    Verb.RECORD_NON_COLLECTION: DESK,
    Verb.CLOSE: DESK,
    Verb.WITHDRAW: DESK,
    Verb.ATTACH_DOCUMENT: DESK | {Role.UNIT_HEAD, Role.CASE_OFFICER, Role.APPROVER, Role.CLERK},
    Verb.EXTEND: frozenset({Role.APPROVER}),
    Verb.REASSIGN: HEADS,
    Verb.STOP: DESK,
    Verb.JOIN_ACCOUNT: frozenset(),
}
# Whoever has an open step of the process, and these beside them.
_WORKING: dict[Verb, frozenset[Role]] = {
    Verb.PAUSE: frozenset({Role.UNIT_HEAD}),
    Verb.RESUME: DESK | {Role.UNIT_HEAD},
    Verb.CONSULT: frozenset({Role.UNIT_HEAD}),
    Verb.ENTRUST: frozenset({Role.UNIT_HEAD}),
    Verb.ASSIGN: frozenset({Role.UNIT_HEAD, Role.APPROVER}),
    Verb.REMIND: DESK | {Role.UNIT_HEAD},
    Verb.PLAN_VERIFICATION: frozenset(),
    Verb.CALL_OFF_VERIFICATION: frozenset(),
    Verb.RECORD_VERIFICATION: frozenset(),
}
_DESK_SENDS_PARTS = ("DL24", "PT24")  # where the desk sends a dossier to all agencies that take part
_CORRECT = {
    Correctable.RESULT: frozenset({Role.CLERK, Role.APPROVER}),
    Correctable.DECISION: frozenset({Role.UNIT_HEAD, Role.APPROVER}),  # who approves
    Correctable.DECLINE: DESK,
    Correctable.ENDING: DESK,
    Correctable.SUPPLEMENT: DESK,  # and, once it was accepted, who settles
}
_SETTLES = frozenset({Role.UNIT_HEAD, Role.CASE_OFFICER, Role.APPROVER})


def roles_for(verb: Verb, state: State, what: Correctable | None = None) -> frozenset[Role]:
    """The roles at the competent agency, or where a part of the work is, that may use the verb now."""
    if verb is Verb.CORRECT:
        of_what = _CORRECT.get(what, DESK) if what is not None else DESK
        is_settled_on = what is Correctable.SUPPLEMENT and state.accepted_at is not None
        return of_what | _SETTLES if is_settled_on else of_what
    if verb is Verb.REQUEST_SUPPLEMENT and state.accepted_at is None:
        return DESK
    if verb is Verb.ENTRUST and state.target.regulation in _DESK_SENDS_PARTS:
        return DESK | _working_on(verb, state)
    if verb in _BY_ROLE:
        return _BY_ROLE[verb]
    return _working_on(verb, state)


def _working_on(verb: Verb, state: State) -> frozenset[Role]:
    of_tasks = frozenset(Role(task.role) for task in state.tasks)
    if Role.RECEIVER in of_tasks:
        of_tasks |= DESK
    return of_tasks | _WORKING.get(verb, frozenset())


def agencies_for(state: State, agency_of: dict[int, int]) -> frozenset[int]:
    """The agencies that have to do with the dossier now."""
    return frozenset({state.target.agency_id, *(agency_of.get(task.unit_id, 0) for task in tasks_of(state))})


def tasks_of(state: State) -> tuple[OpenTask, ...]:
    """The open tasks, and of a decision that may be taken back those that it ended."""
    return (*state.tasks, *(state.decided.tasks if state.decided else ()))
