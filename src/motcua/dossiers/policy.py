"""Who may do what to a dossier. Deny by default: what is not allowed here is forbidden."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings

from motcua.accounts.queries import acting
from motcua.agencies import policy as agencies_policy
from motcua.agencies import queries as agencies
from motcua.agencies.enums import Role
from motcua.agencies.queries import asked_positions_of
from motcua.dossiers.enums import Correctable, DossierPart, Status, Verb
from motcua.dossiers.errors import (
    BringerNotEntrusted,
    HasLeft,
    MandateEnded,
    MandateOver,
    NoLongerActing,
    NoLongerMember,
    NotEntrusted,
    NotYourTask,
)
from motcua.dossiers.rules import contracted
from motcua.dossiers.rules.assigning import awaits_assignment
from motcua.dossiers.rules.behalf import behalf_of, sender_by
from motcua.dossiers.rules.decide.supplements import controller
from motcua.dossiers.rules.footing import Footing
from motcua.dossiers.rules.joining import is_of_no_account
from motcua.dossiers.rules.life import CONSULT_STEP, CORRECTABLE_IN, LETTER_STEP, RELAY_STEP, STEP_KINDS
from motcua.dossiers.rules.moves import unit_for
from motcua.kernel.actors import Actor, ActorKind
from motcua.kernel.errors import Forbidden
from motcua.law import queries as law
from motcua.worktime.rules import local

if TYPE_CHECKING:
    from motcua.accounts.rules.acting import Grant
    from motcua.agencies.rules.cards import Post
    from motcua.dossiers.rules.behalf import Sender
    from motcua.dossiers.rules.state import Behalf, Declining, Ending, OpenTask, State
    from motcua.law.rules import Regulation

Fits = Callable[[Actor, Footing], bool]

_DESK = frozenset({Role.RECEIVER, Role.DESK_HEAD})
_CONTRACTED = frozenset({Role.POSTAL_STAFF})
_OUTSIDE = frozenset({Role.ADMIN, Role.POSTAL_STAFF})  # hold posts, but settle nothing
_BY_DESK = frozenset(
    {
        Verb.REGISTER_AT_COUNTER,
        Verb.REGISTER_BY_POST,
        Verb.ACCEPT,
        Verb.ISSUE_RECEIPT,
        Verb.DECLINE,
        Verb.REDIRECT,
        Verb.RECORD_NON_COLLECTION,
        Verb.HAND_OVER,
        Verb.INVITE,
        Verb.ANNOUNCE,
        Verb.RETURN_RESULT,
        Verb.CLOSE,
        Verb.STOP,
    }
)
_BY_OWNER = frozenset({Verb.SAVE_DRAFT, Verb.SUBMIT, Verb.SUPPLEMENT, Verb.WITHDRAW})
_BY_DESK_FOR_OWNER = frozenset({Verb.SUPPLEMENT, Verb.WITHDRAW})
_BY_HOLDER_OF_A_TASK = frozenset(
    {
        Verb.RELEASE_SUPPLEMENT,
        Verb.RETURN_SUPPLEMENT,
        Verb.ASSIGN,
        Verb.PAUSE,
        Verb.RESUME,
        Verb.CONSULT,
        Verb.REMIND,
        Verb.PLAN_VERIFICATION,
        Verb.CALL_OFF_VERIFICATION,
        Verb.RECORD_VERIFICATION,
        Verb.SEND_BACK,
        Verb.PROPOSE,
        Verb.APPROVE,
        Verb.REFUSE,
        Verb.ISSUE_RESULT,
    }
)


# What only those do who settle or decide: no text gives a clerk, through whom a paper is numbered, any of it.
_BY_WHO_SETTLES = frozenset(
    {
        Verb.REQUEST_SUPPLEMENT,
        Verb.PAUSE,
        Verb.RESUME,
        Verb.CONSULT,
        Verb.REMIND,
        Verb.PLAN_VERIFICATION,
        Verb.CALL_OFF_VERIFICATION,
        Verb.RECORD_VERIFICATION,
    }
)


# What an agency of another level may do with the steps that the approved process gives it. Whatever meets the
# applicant or the clock stays with the lead.
_BY_ANOTHER_LEVEL = frozenset({Verb.SEND_BACK, Verb.PROPOSE, Verb.APPROVE, Verb.REFUSE, Verb.ISSUE_RESULT})


def footing_of(actor: Actor, at: datetime) -> Footing:
    """What the actor stands on, on the day of `at`: nothing for whoever is neither officer nor citizen."""
    return asked_footing_of(actor, at)()


def asked_footing_of(actor: Actor, at: datetime) -> Callable[[], Footing]:
    """`footing_of` in two halves: the question for posts is sent now, the call reads the answer."""
    on = local(at).date()
    if actor.is_citizen and actor.id.isdigit():
        return lambda: Footing(ask_grants=lambda: acting.grants_of(actor.id, on))
    if not actor.is_officer:
        return Footing
    answer = asked_positions_of(int(actor.id), on)
    return lambda: Footing(answer())


def may(verb: Verb, actor: Actor, footing: Footing, state: State) -> bool:
    """Whether the actor may use the verb on this dossier at all (task verbs: on some open task).

    Basis: PT24-3.4, KT22-4.4, DL24-8.1, DL24-9.1.a#1, DL24-9.1.a#2, DL24-20.2, PT24-9.1, PT24-10.1.a#1,
    PT24-10.1.a#2, QN20-11.3#1, QN20-11.3#2, KT18-14, KT18-15, QN20-28.2, KT22-1.2.g, PT24-1.2.
    """
    posting = state.target.posting
    if actor.is_citizen and verb is Verb.JOIN_ACCOUNT:
        return may_join(footing, state)
    if actor.is_citizen:
        return verb in _BY_OWNER and may_act_as_owner(verb, actor, footing, state)
    if not actor.is_officer:
        return False
    if _is_contracted(footing, state) and contracted.may_use(verb, state, _regulation(state)):
        return True
    at_desk = _holds(footing, posting.desk, _DESK)
    if verb in _BY_DESK or (verb in _BY_DESK_FOR_OWNER and state.status is not Status.DRAFT):
        return at_desk
    if verb is Verb.REQUEST_SUPPLEMENT:
        return at_desk if state.accepted_at is None else _settles(actor, footing, state)
    if verb is Verb.RELEASE_SUPPLEMENT and _has_to_relay(actor, footing, state):
        return True
    if verb is Verb.RETURN_SUPPLEMENT and _has_to_relay(actor, footing, state):
        return state.proposed_supplement is not None and not state.proposed_supplement.agreed_by
    if verb is Verb.TELL_APPLICANT:
        return any(task.kind == LETTER_STEP and may_take(actor, footing, task) for task in state.tasks)
    if verb is Verb.CORRECT:
        open_now = (what for what, statuses in CORRECTABLE_IN.items() if state.status in statuses)
        return any(may_correct(what, actor, footing, state) for what in open_now)
    if verb is Verb.ATTACH_DOCUMENT:
        return any(may_attach(part, footing, state) for part in DossierPart)
    if verb is Verb.ANSWER:
        return any(task.kind == CONSULT_STEP and may_take(actor, footing, task) for task in state.tasks)
    if verb is Verb.COMPLETE_STEP:
        return any(task.kind != CONSULT_STEP and may_take(actor, footing, task) for task in state.tasks)
    if verb is Verb.ENTRUST:
        if at_desk and _desk_sends_parts(state):
            return True
        leads = _works_on_it(actor, footing, state) or _leads(actor, footing, state)
        return leads or _holds(footing, posting.settling, {Role.UNIT_HEAD})
    if verb is Verb.REMIND and at_desk:
        return True
    if verb in (Verb.CONSULT, Verb.REMIND) and _holds(footing, posting.settling, {Role.UNIT_HEAD}):
        return True
    if verb is Verb.EXTEND:
        return signs_letters(footing.posts, posting.leadership)
    if verb is Verb.RESUME and at_desk:
        return True
    if verb in (Verb.PAUSE, Verb.RESUME) and _holds(footing, posting.settling, {Role.UNIT_HEAD}):
        return True
    if verb is Verb.REASSIGN:
        return may_give(footing, state, None) or any(may_give(footing, state, task) for task in state.tasks)
    if verb is Verb.ASSIGN and any(
        _is_the_leaders_to_give(footing, state, task) or may_assign(footing, state, task)
        for task in state.tasks
    ):
        return True
    if verb in _BY_ANOTHER_LEVEL and _does_a_step_elsewhere(actor, footing, state):
        return True
    works = _settles if verb in _BY_WHO_SETTLES else _works_on_it
    return verb in _BY_HOLDER_OF_A_TASK and works(actor, footing, state)


def may_take(actor: Actor, footing: Footing, task: OpenTask) -> bool:
    """Whether this open task is the actor's to do: by name, or by post where it bears nobody's name.

    Who stands in for an absent officer has that officer's posts, and may do what bears that name.

    Basis: KT22-6.2#1, DL24-9.1.a#1, DL24-9.1.a#2, PT24-10.1.a#1, PT24-10.1.a#2; of what comes in KT18-13.6,
    DL24-11.5#1.
    """
    if not actor.is_officer:
        return False
    if task.officer_id is not None:
        return any(
            post.unit_id == task.unit_id
            and (post.role == task.role or is_elsewhere(task))
            and (post.for_id or actor.id) == task.officer_id
            for post in footing.posts
        )
    wanted = _DESK if task.role == Role.RECEIVER else {Role(task.role)}
    return _holds(footing, task.unit_id, wanted)


def may_do(verb: Verb, actor: Actor, footing: Footing, state: State, task: OpenTask) -> bool:
    """Whether the actor may use a verb on this open task: who may take it; the leader too, to assign. Work
    that nobody has is assigned by heads and leaders alone, and not by the officers who may take it.

    Basis: DL24-9.1.a#1, PT24-10.1.a#1, KT18-15.0, KT22-6.2#2; reading A71.
    """
    if verb is Verb.ASSIGN and task.kind not in STEP_KINDS[verb] and is_unassigned(state, task):
        return actor.is_officer and may_assign(footing, state, task)
    if may_take(actor, footing, task):
        return True
    return actor.is_officer and verb is Verb.ASSIGN and _is_the_leaders_to_give(footing, state, task)


def may_assign(footing: Footing, state: State, task: OpenTask) -> bool:
    """Whether these posts give out this work that nobody has: the head of the unit that settles, the leader.

    Basis: DL24-9.1.a#1, PT24-10.1.a#1, KT18-15.0; reading A71.
    """
    posting = state.target.posting
    gives = _holds(footing, posting.settling, {Role.UNIT_HEAD}) or _holds(
        footing, posting.leadership, {Role.APPROVER}
    )
    return gives and is_unassigned(state, task)


def is_unassigned(state: State, task: OpenTask) -> bool:
    """Whether the head may still assign this work, by the regulation of the dossier."""
    return bool(state.target.regulation) and awaits_assignment(state, task, _regulation(state))


def _is_the_leaders_to_give(footing: Footing, state: State, task: OpenTask) -> bool:
    """Whether a step of assigning is before these posts as the agency's head, who may give out any case.

    Basis: DL24-9.1.a#1, PT24-10.1.a#1; our own reading where the text is silent (ADR 0042).
    """
    leads = _holds(footing, state.target.posting.leadership, {Role.APPROVER})
    return leads and task.kind in STEP_KINDS[Verb.ASSIGN] and not is_elsewhere(task)


def may_correct(what: Correctable, actor: Actor, footing: Footing, state: State) -> bool:
    """Whether the actor may put this right: the desk what it entered; number and name of the result clerk or
    leader, and whoever numbered it; a decision who took it, or who stands in for them; a refusal of intake, a
    withdrawal and a stop the same, or the head of the desk; a supplement request who asked or let it go out,
    or who heads the desk or the unit that settles.

    Basis: KT22-6.2#1, KT22-6.2#2, QN20-21.2#2; of the decision, of the refusal of intake, of the request, of
    a withdrawal and a stop, and of who numbered a result our own reading (ADR 0063, 0066, 0088, 0095, 0103).
    """
    posting = state.target.posting
    if what is Correctable.DECISION:
        return _has_decided(actor, footing, state)
    if what in (Correctable.DECLINE, Correctable.ENDING):
        was = state.declining if what is Correctable.DECLINE else state.ending
        return was is not None and _has_ended(was, actor, footing, posting.desk)
    if what is Correctable.SUPPLEMENT:
        return _has_asked(actor, footing, state)
    if what is Correctable.RESULT:
        return (
            _holds(footing, posting.office, {Role.CLERK})
            or _holds(footing, posting.leadership, {Role.APPROVER})
            or _has_issued(actor, footing, state)
        )
    return _holds(footing, posting.desk, _DESK)


def _has_issued(actor: Actor, footing: Footing, state: State) -> bool:
    """Whether the actor numbered the last result, and still works in the unit in which."""
    paper = state.results[-1] if state.results else None
    return paper is not None and any(
        post.unit_id == paper.issued_in
        and post.role not in _OUTSIDE
        and (post.for_id or actor.id) in paper.issued_by
        for post in footing.posts
    )


def _has_decided(actor: Actor, footing: Footing, state: State) -> bool:
    """Whether the decision that may be taken back is the actor's, by a post that still is theirs."""
    was = state.decided
    if was is None:
        return False
    decided = {was.by, was.instead_of} - {""}
    return any(
        (post.unit_id, post.role.value) == (task.unit_id, task.role) and (post.for_id or actor.id) in decided
        for post in footing.posts
        for task in was.tasks
    )


def _has_ended(was: Declining | Ending, actor: Actor, footing: Footing, desk: int) -> bool:
    """Whether what ended the dossier and may be taken back was recorded by the actor, by a post that they
    still hold at the desk, or the desk is theirs to head."""
    recorded = {was.by, was.instead_of} - {""}
    return _holds(footing, desk, {Role.DESK_HEAD}) or any(
        post.unit_id == desk and post.role in _DESK and (post.for_id or actor.id) in recorded
        for post in footing.posts
    )


def _has_asked(actor: Actor, footing: Footing, state: State) -> bool:
    """Whether the supplement request that is open went out through the actor, who still holds a post where
    the dossier is settled, or they head the desk, or once it was accepted the unit that settles it."""
    was, posting = state.asking, state.target.posting
    if was is None or state.supplement_awaited() is None:
        return False
    if _holds(footing, posting.desk, {Role.DESK_HEAD}):
        return True
    if state.accepted_at is not None and _holds(footing, posting.settling, {Role.UNIT_HEAD}):
        return True
    places = {posting.desk, posting.settling, posting.leadership}
    return any(
        post.unit_id in places and post.role not in _OUTSIDE and (post.for_id or actor.id) in was.by
        for post in footing.posts
    )


def may_attach(part: DossierPart, footing: Footing, state: State) -> bool:
    """Whether these posts may add documents to that part: the desk to its own, who settles to theirs once the
    dossier was accepted.

    Basis: KT22-14.2bis.a#6, KT22-14.2bis.b#3.
    """
    posting = state.target.posting
    if part is DossierPart.DESK:
        return _holds(footing, posting.desk, _DESK)
    settles = (
        _holds(footing, posting.settling, {Role.UNIT_HEAD, Role.CASE_OFFICER})
        or _holds(footing, posting.leadership, {Role.APPROVER})
        or _holds(footing, posting.office, {Role.CLERK})
    )
    return state.accepted_at is not None and settles


def may_give(footing: Footing, state: State, task: OpenTask | None) -> bool:
    """Whether the actor may give this task, or the whole case (None), to another officer.

    The head of the unit whose task it is, for the desk the head of the desk; the leader of the agency always.

    Basis: DL24-9.1.a#1, PT24-10.1.a#1, KT18-15.0.
    """
    posting = state.target.posting
    if task is not None and is_elsewhere(task):  # who was asked decides who answers
        return _holds(footing, task.unit_id, {Role.UNIT_HEAD})
    if _holds(footing, posting.leadership, {Role.APPROVER}):
        return True
    unit_id = posting.settling if task is None else task.unit_id
    return _holds(footing, unit_id, {Role.UNIT_HEAD, Role.DESK_HEAD})


def may_give_anything(footing: Footing, state: State) -> bool:
    """Whether anything is left that these posts may give to somebody else: an open task, or the case while
    somebody has it and work on it is open.

    Basis: DL24-9.1.a#1, PT24-10.1.a#1, KT18-15.0.
    """
    whole = (None,) if state.case_officer_id is not None and state.tasks else ()
    return any(may_give(footing, state, each) for each in (*whole, *state.tasks))


def signs_letters(posts: Collection[Post], leadership_unit_id: int | None) -> bool:
    """Whether letters of apology bear the name of whoever holds these posts: who leads the agency. Whoever
    else answers for the dossier tells the leader (TT 01/2018 Mẫu 04).

    Basis: PT24-10.3#1, KT22-9#1, QN20-11.3#2.
    """
    return any(post.unit_id == leadership_unit_id and post.role is Role.APPROVER for post in posts)


def may_urge(footing: Footing, state: State, task: OpenTask) -> bool:
    """Whether these posts answer for this open task, so that its holder may be urged: the agency's leader and
    the head of the dossier's desk for all of it, the head of a unit for what lies there.

    Basis: DL24-9.1.a#1, PT24-10.1.a#1, DL24-14.4#1.
    """
    posting = state.target.posting
    if _holds(footing, posting.leadership, {Role.APPROVER}) or _holds(
        footing, posting.desk, {Role.DESK_HEAD}
    ):
        return True
    return _holds(footing, task.unit_id, {Role.UNIT_HEAD})


def may_steer(footing: Footing, state: State) -> bool:
    """Whether these posts may urge on or give away anything of the dossier as it stands.

    Basis: DL24-9.1.a#1, PT24-10.1.a#1, DL24-14.4#1.
    """
    if any(may_urge(footing, state, task) for task in state.tasks):
        return True
    return may_give_anything(footing, state)


def controls(footing: Footing, state: State, regulation: Regulation) -> bool:
    """Whether these posts may let a supplement request go out at this stage.

    Basis: QN20-11.2#2, KT18-15.2, DL24-20.2; reading A21.
    """
    role = controller(state, regulation)
    return bool(role) and _holds(footing, unit_for(role, state.target.posting), {Role(role)})


def is_at_desk(footing: Footing, state: State) -> bool:
    """Whether one of these posts is at the desk of the dossier, which alone deals with the applicant.

    Basis: KT22-6.2#1, KT22-9#1, PT24-3.2; by reference NĐ 61/2018 Đ5 (found).
    """
    return _holds(footing, state.target.posting.desk, _DESK)


def is_elsewhere(task: OpenTask) -> bool:
    """Whether another agency does its part here: an opinion asked, a step entrusted, one of another level."""
    return task.kind == CONSULT_STEP or task.is_given_away


def may_read(actor: Actor, footing: Footing, state: State) -> bool:
    """Whether the actor may open the dossier: its owner, or who holds a post in a unit that works on it.

    A unit that was asked or entrusted may read while its part is open; staff under contract while it lies
    with them. A draft is nobody's business
    but its owner's, also when it was thrown away.

    Basis: DL24-3.4, PT24-3.6, KT18-13.5, PT24-25.2.
    """
    if actor.is_citizen:
        return is_owner(actor, footing, state)
    if state.filed_at is None or not actor.is_officer:
        return False
    if is_inside(footing, state):
        return True
    return _is_contracted(footing, state) and contracted.is_before_them(state, _regulation(state))


def is_inside(footing: Footing, state: State) -> bool:
    """Whether a post is held in a unit that works on the dossier, by an officer and not under a contract."""
    return not working_units(state).isdisjoint(units_inside(footing))


def is_of_office(footing: Footing, state: State) -> bool:
    """The same, of the agency that leads or at the dossier's desk: there the office keeps its notes and its
    letters, which an agency that was asked or entrusted with a part does not see.

    Basis: DL24-3.4, PT24-3.6.
    """
    agency_id, desk = state.target.agency_id, state.target.posting.desk
    leading = (post for post in footing.posts if post.agency_id == agency_id or post.unit_id == desk)
    return is_inside(Footing(frozenset(leading)), state)


def units_inside(footing: Footing) -> frozenset[int]:
    """The units of the posts that are held by an officer and not under a contract."""
    return frozenset(post.unit_id for post in footing.posts if post.role not in _OUTSIDE)


def working_units(state: State) -> set[int]:
    """The units that work on the dossier now, with those to which it comes back."""
    posting = state.target.posting
    units = {posting.desk, posting.settling, posting.leadership, posting.office}
    return units | {task.unit_id for task in state.tasks}


def may_read_contents(actor: Actor, footing: Footing, state: State) -> bool:
    """Whether the actor may see what was filed and what happened: who only carries a result may not.

    Basis: DL24-3.4, PT24-3.6, KT18-13.5.
    """
    if not may_read(actor, footing, state):
        return False
    return (
        actor.is_citizen
        or is_inside(footing, state)
        or contracted.is_being_taken_in(state, _regulation(state))
    )


def may_hand_over_so(how: str, footing: Footing, state: State) -> bool:
    """Whether these posts may hand the result over in this way: the desk in any, others as contracted.

    Basis: QN20-28.2, KT22-1.2.g, KT18-8.2.b, DL24-9.3#1, PT24-10.4#1.
    """
    if _holds(footing, state.target.posting.desk, _DESK):
        return True
    return _is_contracted(footing, state) and contracted.may_return_so(how, state, _regulation(state))


def may_write_to_desk(actor: Actor, footing: Footing, state: State) -> bool:
    """Whether the actor may write to the desk: who acts for the applicant, once the dossier was filed."""
    is_filed = state.filed_at is not None
    return actor.is_citizen and is_filed and may_act_as_owner(Verb.SUPPLEMENT, actor, footing, state)


def may_answer_for_desk(actor: Actor, footing: Footing, state: State) -> bool:
    """Whether the actor may answer what an applicant wrote: who works at the desk of the dossier."""
    at_desk = _holds(footing, state.target.posting.desk, _DESK)
    return actor.is_officer and state.filed_at is not None and at_desk


def may_read_bundle(actor: Actor, footing: Footing, desk_unit_id: int) -> bool:
    """Whether the actor may see what was brought to a desk in one visit: who works there.

    Basis: DL24-3.4, PT24-3.6.
    """
    return actor.is_officer and _holds(footing, desk_unit_id, _DESK)


def works_on_all_of(posts: Collection[Post], agency_id: int) -> bool:
    """Whether these posts are of a unit through which every dossier of the agency goes: its desk or its
    leadership. Only then may a list of all of them name the applicants.

    Basis: DL24-3.4, PT24-3.6.
    """
    card = agencies.agency(agency_id)
    units = {card.desk_unit_id, card.leadership_unit_id}
    return any(post.unit_id in units and post.role not in _OUTSIDE for post in posts)


def may_read_register(
    actor: Actor, footing: Footing, desk_unit_id: int, leadership_unit_id: int | None
) -> bool:
    """Whether the actor may see the register of a desk: who works there, and the leaders of the agency.

    Basis: KT22-14.2bis.a#5, DL24-3.4, PT24-3.6.
    """
    leads = leadership_unit_id is not None and _holds(footing, leadership_unit_id, {Role.APPROVER})
    return actor.is_officer and (_holds(footing, desk_unit_id, _DESK) or leads)


def watched_by(actor: Actor, footing: Footing, at: datetime) -> frozenset[int] | None:
    """The agencies whose keeping of terms the actor may follow; None for all of the province.

    Who answers for the body that the regulation names (the Office, in KT18 the department) follows all of
    them, and so does the province's administrator; heads and leaders follow their own. Nobody else follows
    any.

    Basis: KT22-22.4#1, QN20-22.3#1, QN20-21.2#3, KT18-9.6, DL24-14.2, DL24-14.4#1, PT24-20.3#1.
    """
    if agencies_policy.scope_of(actor, at).is_province:
        return None
    own = followed(footing.posts)
    if not own:
        return own
    overseer = agencies.agency_named_by(settings.PROVINCE, "oversight.by", local(at).date())
    return None if overseer is not None and overseer.id in own else own


def followed(posts: Collection[Post]) -> frozenset[int]:
    """The agencies that these posts answer for, whose keeping of terms they follow."""
    answering = (Role.APPROVER, Role.UNIT_HEAD, Role.DESK_HEAD, Role.ADMIN)
    return frozenset(post.agency_id for post in posts if post.role in answering)


def may_keep_reasons(actor: Actor, agency_id: int | None, at: datetime) -> bool:
    """Whether the actor may write templates of reasons: an agency's its administrator, the province's (None)
    the province's.
    """
    scope = agencies_policy.scope_of(actor, at)
    return scope.is_province if agency_id is None else scope.covers(agency_id)


def is_owner(actor: Actor, footing: Footing, state: State) -> bool:
    """Whether the actor is on the applicant's side of the dossier, and so may see all that an applicant sees.

    In one's own matter whoever filed it. What was filed by a mandate is seen by who gave it for ever, and by
    who filed it as long as such a mandate holds; what was never filed is seen by who prepared it only. What
    was filed for an organisation is its own: its people see it as long as they belong to it, and drafts only
    those who may file.

    Basis: KT22-1.2.c, PT24-8.2, DL24-3.4, PT24-3.6; our own reading beyond them (ADR 0023).
    """
    behalf = state.behalf
    if not actor.id or behalf is None:
        return bool(actor.id) and state.owner_id == actor.id
    if behalf.organisation_id:
        grant = _grant(footing, state, behalf)
        return grant is not None and (grant.may_act or state.filed_at is not None)
    if state.filed_at is None:
        return state.owner_id == actor.id
    return is_principal(actor, state) or (
        state.owner_id == actor.id and _grant(footing, state, behalf) is not None
    )


def may_join(footing: Footing, state: State) -> bool:
    """Whether a citizen may take the dossier into their account: the desk entered it for nobody's account,
    and they have just shown that it is theirs. An account that only bears its number may not.

    Basis: DL24-3.4, PT24-3.6, DL24-18.5; our own reading beyond them (ADR 0029).
    """
    return footing.proof is not None and is_of_no_account(state)


def is_principal(actor: Actor, state: State) -> bool:
    """Whether it was filed for the actor by somebody who holds their mandate."""
    return bool(actor.id) and state.behalf is not None and state.behalf.account_id == actor.id


def why_not(actor: Actor, footing: Footing, state: State, at: datetime) -> Forbidden:
    """The refusal for whoever may not see the dossier, or not act on it: who had a mandate is told that it
    has ended, and when; who belongs to the organisation, that they may not act; who belonged to it, that they
    do no more, of what they saw then. Nobody else learns anything.
    """
    behalf = state.behalf
    if behalf is None or not actor.is_citizen or not actor.id:
        return Forbidden()
    if not is_representative(actor, state):
        if is_owner(actor, footing, state):
            return NoLongerActing()
        return _why_not_of(behalf.organisation_id, actor, state) if behalf.organisation_id else Forbidden()
    code, on = state.target.procedure_code, local(at).date()
    lapsed = acting.last_lapsed(actor.id, behalf.account_id, code, on)
    if lapsed is None:
        return NoLongerActing()
    if lapsed.ran_out:
        return MandateOver(name=lapsed.name, day=lapsed.last_day)
    return MandateEnded(name=lapsed.name, at=lapsed.ended_at)


def _has_belonged(actor: Actor, state: State) -> bool:
    """Whether the actor saw it as one of the people of an organisation to which they belong no more."""
    behalf = state.behalf
    if behalf is None or not behalf.organisation_id or not actor.is_citizen or not actor.id:
        return False
    return isinstance(_why_not_of(behalf.organisation_id, actor, state), NoLongerMember)


def _why_not_of(organisation_id: str, actor: Actor, state: State) -> Forbidden:
    """For whoever belonged to the organisation when the dossier was filed, or prepared it themselves."""
    departed = acting.departed(actor.id, organisation_id)
    if departed is None:
        return Forbidden()
    has_seen = state.filed_at is not None and state.filed_at <= departed.at
    if not has_seen and state.owner_id != actor.id:
        return Forbidden()
    return (HasLeft if departed.has_left else NoLongerMember)(name=departed.name, at=departed.at)


def is_representative(actor: Actor, state: State) -> bool:
    """Whether it was filed or prepared by the actor under a mandate, whether or not that still holds."""
    behalf = state.behalf
    return behalf is not None and bool(behalf.account_id) and state.owner_id == actor.id


def may_act_as_owner(verb: Verb, actor: Actor, footing: Footing, state: State) -> bool:
    """Whether the actor may do what applicants do: the right must hold now, not only when it was filed.

    Whose matter it is may always act. A draft may be thrown away by who made it, whatever has ended.

    Basis: KT22-3.2, KT22-7.2, KT22-1.2.c, PT24-8.2; our own reading beyond them (ADR 0023).
    """
    if not is_owner(actor, footing, state):
        return False
    behalf = state.behalf
    if behalf is None or is_principal(actor, state):
        return True
    if verb is Verb.WITHDRAW and state.status is Status.DRAFT:
        return True
    grant = _grant(footing, state, behalf)
    return grant is not None and grant.may_act


def _grant(footing: Footing, state: State, behalf: Behalf) -> Grant | None:
    """The right by which the actor acts for whom it was filed, if it holds and covers the procedure."""
    for grant in footing.grants:
        if behalf.organisation_id and grant.organisation_id == behalf.organisation_id:
            return grant
        is_theirs = bool(behalf.account_id) and grant.principal_id == behalf.account_id
        if is_theirs and grant.covers(state.target.procedure_code):
            return grant
    return None


def sender_of(actor: Actor, footing: Footing, state: State) -> Sender | None:
    """As what the actor would send this draft: None where it is filed under no right on the portal.

    Basis: KT22-1.2.c, PT24-8.2.
    """
    behalf = state.behalf
    if behalf is None:
        return None
    own = _grant(footing, state, behalf) if behalf.organisation_id else None
    return sender_by(behalf, own, actor.name)


def entrusted(key: str, procedure_code: str, footing: Footing) -> Behalf:
    """For whom the actor files under the right that `key` names. Raises NotEntrusted.

    Basis: KT22-1.2.c, PT24-8.2.
    """
    grant = next((each for each in footing.grants if each.key == key), None)
    if grant is None or not grant.may_act or not grant.covers(procedure_code):
        raise NotEntrusted()
    return behalf_of(grant)


def entrusted_to(account_id: str, key: str, procedure_code: str, at: datetime) -> Behalf:
    """For whom somebody may bring a dossier to a desk under the right that `key` names, if it holds now.

    Raises BringerNotEntrusted: it is the desk that is told, not the citizen.

    Basis: KT22-1.2.c, PT24-8.2.
    """
    bringer = Actor(ActorKind.CITIZEN, account_id, "")
    try:
        return entrusted(key, procedure_code, footing_of(bringer, at))
    except NotEntrusted:
        raise BringerNotEntrusted() from None


def may_name_bringer(footing: Footing, state: State) -> bool:
    """Whether these posts may say by whose right on the portal a dossier was brought: the desk's officers.

    Staff under contract look nobody up, so they know of no such right.

    Basis: KT22-1.2.c, KT22-1.2.g, QN20-28.2; our own reading beyond them (ADR 0034).
    """
    return _holds(footing, state.target.posting.desk, _DESK)


@dataclass(frozen=True, slots=True)
class Side:
    """Whose dossiers somebody finds in their own list: `is_owner` as sets, for a query.

    `filing_for` and `seeing_of` are ids of organisations, with and without their drafts.
    """

    account_id: int
    filing_for: tuple[int, ...]
    seeing_of: tuple[int, ...]
    organisations: tuple[tuple[int, str], ...]  # id and name of each
    mandates: tuple[tuple[int, frozenset[str]], ...] = ()  # who gave them; the codes they cover, none for all


def side_of(actor: Actor, at: datetime) -> Side:
    """The dossiers on whose applicant's side the actor stands."""
    grants = footing_of(actor, at).grants
    within = [each for each in grants if each.organisation_id]
    return Side(
        int(actor.id),
        tuple(int(each.organisation_id) for each in within if each.may_act),
        tuple(int(each.organisation_id) for each in within if not each.may_act),
        tuple((int(each.organisation_id), each.name) for each in within),
        tuple((int(each.principal_id), each.procedures) for each in grants if each.principal_id),
    )


def _for_whom(actor: Actor, state: State) -> Actor:
    """A citizen as the one who acts, with whom they act for, as the event keeps it."""
    behalf = state.behalf
    if behalf is None or is_principal(actor, state):
        return actor
    for_id = behalf.account_id or f"organisation:{behalf.organisation_id}"
    return replace(actor, for_id=for_id, for_name=behalf.name)


def entitled(
    verb: Verb,
    actor: Actor,
    footing: Footing,
    state: State,
    task: OpenTask | None = None,
    fits: Fits = lambda actor, footing: True,
) -> Actor:
    """The actor as the one who may do this: in their own right, else in place of an absent colleague.

    A citizen who acts for somebody else comes back with whom. `task` is the open task acted on, if the verb
    acts on one; `fits` asks the actor on that footing what more the verb wants. Raises Forbidden or
    NotYourTask.
    """
    if not (may(verb, actor, footing, state) and fits(actor, footing)):
        was_on_their_side = (
            is_owner(actor, footing, state) or is_representative(actor, state) or _has_belonged(actor, state)
        )
        is_ended = actor.is_citizen and verb in _BY_OWNER and was_on_their_side
        raise NoLongerActing() if is_ended else Forbidden()
    if actor.is_citizen:
        return _for_whom(actor, state)
    if task is not None and not may_do(verb, actor, footing, state, task):
        raise NotYourTask()
    if not any(post.for_id for post in footing.posts):  # nearly always: nobody is stood in for
        return actor
    for hat in _hats(actor, footing):
        own = worn(hat, footing)
        if (
            may(verb, hat, own, state)
            and fits(hat, own)
            and (task is None or may_do(verb, hat, own, state, task))
        ):
            return hat
    return actor


def worn(hat: Actor, footing: Footing) -> Footing:
    """The posts by which the actor acts: own ones, or those of the one colleague in whose place."""
    return Footing(frozenset(post for post in footing.posts if post.for_id == hat.for_id))


def is_own_proposal(actor: Actor, footing: Footing, state: State, task: OpenTask) -> bool:
    """Whether this step would decide what the actor proposed, and is theirs in an absent colleague's place
    only: then somebody else decides (ADR 0013)."""
    return state.proposed_by == actor.id and not may_take(actor, worn(actor, footing), task)


def _hats(actor: Actor, footing: Footing) -> list[Actor]:
    """The actor in their own right first, then in place of each absent colleague."""
    absent = sorted({(post.for_id, post.for_name) for post in footing.posts if post.for_id})
    return [actor, *(replace(actor, for_id=one, for_name=name) for one, name in absent)]


# What the desk only sends on, without a part in the work.
_ONLY_TOLD = (RELAY_STEP, LETTER_STEP)


def _works_on_it(actor: Actor, footing: Footing, state: State) -> bool:
    """Whether a step of the process is the actor's; who does a part elsewhere has no more than that."""
    steps = (task for task in state.tasks if not is_elsewhere(task) and task.kind not in _ONLY_TOLD)
    return any(may_take(actor, footing, task) for task in steps)


def _settles(actor: Actor, footing: Footing, state: State) -> bool:
    """The same, but for who only numbers and sends papers out.

    Basis: KT18-15.0, KT18-15.2, DL24-9.1.a#2, DL24-9.1.b#1, DL24-20.2, PT24-10.1.a#2, PT24-10.1.b#1.
    """
    tasks = tuple(task for task in state.tasks if task.role != Role.CLERK)
    return _works_on_it(actor, footing, replace(state, tasks=tasks)) or _leads(actor, footing, state)


def _leads(actor: Actor, footing: Footing, state: State) -> bool:
    """Whether the case is the actor's to lead while others do their part of it: who leads then has no step of
    their own, and remains the one who settles. Where the case was given to nobody, whoever of the unit may
    take its work.

    Basis: DL24-9.1.d#1, PT24-10.1.d#1, DL24-9.1.đ, PT24-10.1.đ.
    """
    if not any(task.is_given_away for task in state.tasks):
        return False
    settling, case = state.target.posting.settling, state.case_officer_id
    if case is None:
        return _holds(footing, settling, {Role.CASE_OFFICER})
    return any(
        post.unit_id == settling and post.role not in _OUTSIDE and (post.for_id or actor.id) == case
        for post in footing.posts
    )


def _desk_sends_parts(state: State) -> bool:
    """Whether the desk sends a dossier to the agencies of one level that take part, each with its duty.

    Basis: DL24-9.1.d#1, PT24-10.1.d#1.
    """
    if not state.target.regulation:
        return False
    return _regulation(state).choice("interagency.same_level") == "parallel"


def _has_to_relay(actor: Actor, footing: Footing, state: State) -> bool:
    """Whether the desk, as which the actor works, has a request to send on to the applicant.

    Basis: KT18-15.2, DL24-20.2, KT22-6.2#1, KT22-9#1, PT24-3.2; by reference NĐ 61/2018 Đ5 (found).
    """
    return any(task.kind == RELAY_STEP and may_take(actor, footing, task) for task in state.tasks)


def _does_a_step_elsewhere(actor: Actor, footing: Footing, state: State) -> bool:
    """Whether a step that the process gives to another level is the actor's.

    Basis: DL24-9.1.đ, PT24-10.1.đ.
    """
    given = (task for task in state.tasks if task.elsewhere and not task.duty)
    return any(may_take(actor, footing, task) for task in given)


def _is_contracted(footing: Footing, state: State) -> bool:
    """Whether a post under a contract is held at the desk of a dossier that is under a regulation."""
    return bool(state.target.regulation) and _holds(footing, state.target.posting.desk, _CONTRACTED)


def _regulation(state: State) -> Regulation:
    return law.regulation(state.target.regulation)


def _holds(footing: Footing, unit_id: int, roles: Collection[Role]) -> bool:
    """Whether one of the posts is at this unit, with one of these roles. So a desk is run by whom it has: at
    the centre of the province by the people of the centre who hold a post there.

    Basis: KT22-22.10, QN20-22.4.
    """
    return any(post.unit_id == unit_id and post.role in roles for post in footing.posts)
