"""Who may do what to a dossier. Deny by default: what is not allowed here is forbidden."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from motcua.agencies.enums import Role
from motcua.agencies.queries import positions_of
from motcua.dossiers.enums import Status, Verb
from motcua.dossiers.errors import NotYourTask
from motcua.dossiers.rules.decide.supplements import controller
from motcua.dossiers.rules.moves import unit_for
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden

if TYPE_CHECKING:
    from motcua.agencies.rules.cards import Post
    from motcua.dossiers.rules.state import OpenTask, State
    from motcua.law.rules import Regulation

Posts = Collection["Post"]

_DESK = frozenset({Role.RECEIVER, Role.DESK_HEAD})
_BY_DESK = frozenset(
    {
        Verb.REGISTER_AT_COUNTER,
        Verb.REGISTER_BY_POST,
        Verb.ACCEPT,
        Verb.DECLINE,
        Verb.HAND_OVER,
        Verb.INVITE,
        Verb.ANNOUNCE,
        Verb.RETURN_RESULT,
        Verb.CLOSE,
    }
)
_BY_OWNER = frozenset({Verb.SAVE_DRAFT, Verb.SUBMIT, Verb.SUPPLEMENT, Verb.WITHDRAW})
_BY_DESK_FOR_OWNER = frozenset({Verb.SUPPLEMENT, Verb.WITHDRAW})


def posts_of(actor: Actor, at: datetime) -> Posts:
    """The posts the actor holds on the day; none for people who are not officers."""
    return positions_of(int(actor.id), at.date()) if actor.is_officer else frozenset()


def may(verb: Verb, actor: Actor, posts: Posts, state: State) -> bool:
    """Whether the actor may use the verb on this dossier at all (task verbs: on some open task).

    Basis: DL24-8.1, DL24-9.1.a, DL24-20.2, PT24-9.1, PT24-10.1.a, QN20-11.3, KT18-14, KT18-15.
    """
    posting = state.target.posting
    if actor.is_citizen:
        return verb in _BY_OWNER and is_owner(actor, state)
    if not actor.is_officer:
        return False
    at_desk = _holds(posts, posting.desk, _DESK)
    if verb in _BY_DESK or (verb in _BY_DESK_FOR_OWNER and state.status is not Status.DRAFT):
        return at_desk
    if verb is Verb.REQUEST_SUPPLEMENT:
        return at_desk if state.accepted_at is None else _works_on_it(actor, posts, state)
    if verb is Verb.STOP:
        return (
            _holds(posts, posting.settling, {Role.UNIT_HEAD})
            or _holds(posts, posting.leadership, {Role.APPROVER})
            or _holds(posts, posting.desk, {Role.DESK_HEAD})
        )
    if verb in _BY_OWNER:
        return False
    return _works_on_it(actor, posts, state)


def may_take(actor: Actor, posts: Posts, task: OpenTask) -> bool:
    """Whether this open task is the actor's to do: by name, or by post where it bears nobody's name."""
    if not actor.is_officer:
        return False
    if task.officer_id is not None:
        return task.officer_id == actor.id and _holds(posts, task.unit_id, {Role(task.role)})
    wanted = _DESK if task.role == Role.RECEIVER else {Role(task.role)}
    return _holds(posts, task.unit_id, wanted)


def controls(posts: Posts, state: State, regulation: Regulation) -> bool:
    """Whether these posts may let a supplement request go out at this stage.

    Basis: QN20-11.2#2, KT18-15.2, DL24-20.2; reading A21.
    """
    role = controller(state, regulation)
    return bool(role) and _holds(posts, unit_for(role, state.target.posting), {Role(role)})


def may_read(actor: Actor, posts: Posts, state: State) -> bool:
    """Whether the actor may open the dossier: its owner, or who holds a post in a unit that works on it.

    A draft is nobody's business but its owner's, also when it was thrown away.

    Basis: DL24-3.4, PT24-3.6, KT18-13.5.
    """
    if actor.is_citizen:
        return is_owner(actor, state)
    if state.filed_at is None or not actor.is_officer:
        return False
    posting = state.target.posting
    units = {posting.desk, posting.settling, posting.leadership, posting.office}
    return any(post.unit_id in units and post.role is not Role.ADMIN for post in posts)


def may_read_register(actor: Actor, posts: Posts, desk_unit_id: int, leadership_unit_id: int | None) -> bool:
    """Whether the actor may see the register of a desk: who works there, and the leaders of the agency.

    Basis: KT22-14.2bis.a#5, DL24-3.4, PT24-3.6.
    """
    leads = leadership_unit_id is not None and _holds(posts, leadership_unit_id, {Role.APPROVER})
    return actor.is_officer and (_holds(posts, desk_unit_id, _DESK) or leads)


def is_owner(actor: Actor, state: State) -> bool:
    return bool(actor.id) and state.owner_id == actor.id


def require(verb: Verb, actor: Actor, posts: Posts, state: State) -> None:
    """Raise Forbidden unless `may`."""
    if not may(verb, actor, posts, state):
        raise Forbidden()


def require_task(actor: Actor, posts: Posts, task: OpenTask | None) -> None:
    """Raise NotYourTask unless the task, if there is one, is the actor's to do."""
    if task is not None and not may_take(actor, posts, task):
        raise NotYourTask()


def _works_on_it(actor: Actor, posts: Posts, state: State) -> bool:
    return any(may_take(actor, posts, task) for task in state.tasks)


def _holds(posts: Posts, unit_id: int, roles: Collection[Role]) -> bool:
    return any(post.unit_id == unit_id and post.role in roles for post in posts)
