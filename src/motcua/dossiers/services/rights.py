"""Who may do what to a dossier, found by asking `policy` about every verb, post and state there can be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product

from motcua.agencies.enums import Role
from motcua.agencies.rules.cards import Post
from motcua.dossiers import policy
from motcua.dossiers.enums import Status, Verb
from motcua.dossiers.rules.decide import grounds
from motcua.dossiers.rules.life import CONSULT_STEP, CONTROL_STEP, OPEN_IN, STEP_KINDS
from motcua.dossiers.rules.moves import unit_for
from motcua.dossiers.rules.state import Applicant, Contents, OpenTask, Posting, State, Target
from motcua.kernel.actors import Actor, ActorKind
from motcua.process.enums import StepKind
from motcua.process.rules.definitions import ROLE_OF_KIND

_POSTING = Posting(desk=1, settling=2, leadership=3, office=4)
_BESIDE: dict[str, tuple[Role, ...]] = {
    CONSULT_STEP: (Role.UNIT_HEAD, Role.CASE_OFFICER),
    CONTROL_STEP: (Role.DESK_HEAD, Role.APPROVER),  # as the regulation says
}
_LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
_OWNER = Actor(ActorKind.CITIZEN, "owner", "")
_STRANGER = Actor(ActorKind.CITIZEN, "stranger", "")
_OFFICER = Actor(ActorKind.OFFICER, "officer", "")


@dataclass(frozen=True, slots=True)
class Right:
    """One verb: the posts that may use it in some state, whether the owner may, and what it rests on.

    `grounds` is what the decision behind the verb says of itself; its `Basis:` names the clauses.
    """

    verb: Verb
    posts: frozenset[Role]
    owner: bool
    stranger: bool
    grounds: str


def rights() -> tuple[Right, ...]:
    """Every verb in the order of the life of a dossier. Nothing is typed here: `policy` answers."""
    return tuple(_right(verb) for verb in Verb)


def _right(verb: Verb) -> Right:
    states = tuple(_states(verb))
    return Right(
        verb=verb,
        posts=frozenset(role for role in Role if any(_may_as(role, verb, state) for state in states)),
        owner=any(policy.may(verb, _OWNER, frozenset(), state) for state in states),
        stranger=any(policy.may(verb, _STRANGER, frozenset(), state) for state in states),
        grounds=grounds("register_at_counter" if verb is Verb.REGISTER_BY_POST else verb),
    )


def _may_as(role: Role, verb: Verb, state: State) -> bool:
    post = Post(unit_id=unit_for(role.value, _POSTING), agency_id=0, role=role)
    return policy.may(verb, _OFFICER, frozenset({post}), state)


def _states(verb: Verb) -> Iterator[State]:
    """A state for every status in which the verb is open, before and after acceptance, with every task."""
    statuses = OPEN_IN.get(verb, frozenset({Status.DRAFT}))
    kinds = STEP_KINDS.get(verb, frozenset(kind.value for kind in StepKind))
    for status, accepted in product(sorted(statuses), (None, _LONG_AGO)):
        yield State(
            status=status,
            version=1,
            target=Target(0, "", 0, _POSTING, "online"),
            contents=Contents(Applicant("")),
            owner_id=_OWNER.id,
            filed_at=_LONG_AGO,
            accepted_at=accepted,
            tasks=tuple(_task(kind, role) for kind in sorted(kinds) for role in _roles_of(kind)),
        )


def _roles_of(kind: str) -> tuple[Role, ...]:
    """Whose tasks of a kind are; those beside the process are no steps of a table."""
    return _BESIDE.get(kind) or (ROLE_OF_KIND[StepKind(kind)],)


def _task(kind: str, of: Role) -> OpenTask:
    role = of.value
    return OpenTask(
        key=f"{kind}-{role}",
        step_key=kind,
        kind=kind,
        name=kind,
        role=role,
        unit_id=unit_for(role, _POSTING),
        opened_at=_LONG_AGO,
    )
