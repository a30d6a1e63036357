"""Who may do what to a dossier, found by asking `policy` about every verb, post and state there can be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from itertools import product

from motcua.agencies.enums import Role
from motcua.agencies.rules.cards import Post
from motcua.dossiers import policy
from motcua.dossiers.enums import JoinProof, Status, Verb
from motcua.dossiers.rules.decide import grounds
from motcua.dossiers.rules.decide.grounding import of_text
from motcua.dossiers.rules.decide.supplements import controller, goes_through_desk
from motcua.dossiers.rules.footing import Footing
from motcua.dossiers.rules.life import (
    CONSULT_STEP,
    CONTROL_STEP,
    LETTER_STEP,
    OPEN_IN,
    RELAY_STEP,
    STEP_KINDS,
)
from motcua.dossiers.rules.moves import unit_for
from motcua.dossiers.rules.state import (
    Applicant,
    Contents,
    OpenTask,
    Posting,
    ResultDelivery,
    State,
    SupplementProposal,
    Target,
)
from motcua.kernel.actors import Actor, ActorKind
from motcua.law.rules import Regulation
from motcua.process.enums import StepKind
from motcua.process.rules.definitions import ROLE_OF_KIND

_POSTING = Posting(desk=1, settling=2, leadership=3, office=4)
_LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
_OWNER = Actor(ActorKind.CITIZEN, "owner", "")
_STRANGER = Actor(ActorKind.CITIZEN, "stranger", "")
_OFFICER = Actor(ActorKind.OFFICER, "officer", "")


@dataclass(frozen=True, slots=True)
class Right:
    """One verb: the posts that may use it in some state, whether the owner may, and what it rests on.

    `grounds` is what the decision behind the verb says of itself; its `Basis:` names the clauses. Where it
    names none of the regulation, `else_by` is the clause of the text that speaks of the act, or the general
    one (`is_general`). `relays` are those of the posts that only pass on what others agreed to, `by_step`
    those that may only while a step of the dossier lies with them, as its process says.
    """

    verb: Verb
    posts: frozenset[Role]
    relays: frozenset[Role]
    by_step: frozenset[Role]
    owner: bool
    stranger: bool
    grounds: str
    else_by: str
    is_general: bool


@lru_cache(maxsize=16)  # a regulation of this version answers the same again, and thousands of questions
def rights(regulation: Regulation) -> tuple[Right, ...]:
    """Every verb in the order of the life of a dossier. Nothing is typed here: `policy` answers.

    The regulation decides who controls supplement requests, and what it gives to contracted staff.
    """
    return tuple(_right(verb, regulation) for verb in Verb)


def has_a_post_for(verb: Verb, footing: Footing, posting: Posting, regulation: Regulation) -> bool:
    """Whether a post held here is one that may use the verb on such a dossier in some state of it."""
    roles = next(right.posts for right in rights(regulation) if right.verb is verb)
    places = {(unit_for(role.value, posting), role) for role in roles}
    return any((post.unit_id, post.role) in places for post in footing.posts)


def _right(verb: Verb, regulation: Regulation) -> Right:
    states = () if _is_never_open(verb, regulation) else tuple(_states(verb, regulation))
    else_by, is_general = of_text(verb.value, regulation.short_name)
    posts = frozenset(role for role in Role if any(_may_as(role, verb, state) for state in states))
    unsent = tuple(_without_relay(state) for state in states)
    idle = tuple(replace(state, tasks=()) for state in states)
    return Right(
        verb=verb,
        posts=posts,
        relays=frozenset(each for each in posts if not any(_may_as(each, verb, one) for one in unsent)),
        by_step=frozenset(each for each in posts if not any(_may_as(each, verb, one) for one in idle)),
        owner=any(policy.may(verb, _OWNER, _footing_for(verb), state) for state in states),
        stranger=any(policy.may(verb, _STRANGER, Footing(), state) for state in states),
        grounds=grounds(verb),
        else_by=else_by,
        is_general=is_general,
    )


def _is_never_open(verb: Verb, regulation: Regulation) -> bool:
    """Whether no ground for it is known to the regulation, so that nobody ever may: stopping the clock.

    Basis: KT18-8.1.a.
    """
    return verb is Verb.PAUSE and not regulation.words("pause.grounds")


def _without_relay(state: State) -> State:
    return replace(state, tasks=tuple(task for task in state.tasks if task.kind != RELAY_STEP))


def _footing_for(verb: Verb) -> Footing:
    """What an owner stands on; who takes a dossier into their account has shown that it is theirs."""
    return Footing(proof=JoinProof.CONTACT) if verb is Verb.JOIN_ACCOUNT else Footing()


def _may_as(role: Role, verb: Verb, state: State) -> bool:
    post = Post(unit_id=unit_for(role.value, _POSTING), agency_id=0, role=role)
    return policy.may(verb, _OFFICER, Footing(frozenset({post})), state)


def _states(verb: Verb, regulation: Regulation) -> Iterator[State]:
    """A state for every status in which the verb is open, before and after acceptance, with every task."""
    statuses = OPEN_IN.get(verb, frozenset({Status.DRAFT}))
    kinds = STEP_KINDS.get(verb, frozenset(kind.value for kind in StepKind))
    step_kinds = sorted(kinds - {CONTROL_STEP, CONSULT_STEP, RELAY_STEP, LETTER_STEP})
    ways = (("online", "counter"), ("postal", "postal"))
    for status, accepted, (channel, delivery) in product(sorted(statuses), (None, _LONG_AGO), ways):
        state = State(
            status=status,
            version=1,
            target=Target(0, "", 0, _POSTING, channel, regulation=regulation.short_name),
            contents=Contents(Applicant(""), delivery=ResultDelivery(delivery)),
            owner_id=_OWNER.id,
            filed_at=_LONG_AGO,
            accepted_at=accepted,
            tasks=tuple(_task(kind, ROLE_OF_KIND[StepKind(kind)]) for kind in step_kinds),
        )
        if verb is Verb.JOIN_ACCOUNT:  # open only where there is no owner yet
            state = replace(state, owner_id="", target=replace(state.target, channel="counter"))
        beside = []
        if CONTROL_STEP in kinds:  # a request lies there, agreed to by whoever controls it, if anybody does
            role = controller(state, regulation)
            agreed = ("controller",) if role else ()
            state = replace(state, proposed_supplement=SupplementProposal((), "", "", "", agreed_by=agreed))
            beside += [_task(CONTROL_STEP, role)] if role else []
        if RELAY_STEP in kinds and goes_through_desk(state, regulation):
            beside.append(_task(RELAY_STEP, Role.RECEIVER))
        if LETTER_STEP in kinds:
            beside.append(_task(LETTER_STEP, Role.RECEIVER))
        if CONSULT_STEP in kinds:  # whoever was asked: the question names the role
            beside += [_task(CONSULT_STEP, each) for each in (Role.UNIT_HEAD, Role.CASE_OFFICER)]
        yield replace(state, tasks=(*state.tasks, *beside))


def _task(kind: str, role: str) -> OpenTask:
    return OpenTask(
        key=kind,
        step_key=kind,
        kind=kind,
        name=kind,
        role=str(role),
        unit_id=unit_for(role, _POSTING),
        opened_at=_LONG_AGO,
    )
