"""Who may declare an incident and say that it is over. Deny by default."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from motcua.accounts import policy as accounts
from motcua.agencies.enums import Role
from motcua.agencies.queries import positions_of
from motcua.incidents.enums import Scope
from motcua.kernel.actors import Actor

if TYPE_CHECKING:
    from motcua.agencies.rules.cards import Post

_OF_AGENCY = frozenset({Role.APPROVER, Role.ADMIN})


def posts_of(actor: Actor, at: datetime) -> Collection[Post]:
    return positions_of(int(actor.id), at.date()) if actor.is_officer else ()


def may_read(actor: Actor, posts: Collection[Post]) -> bool:
    """Whoever works somewhere in the province, and its administrators; an account without a post has no part.

    Basis: DL24-10.2.
    """
    return actor.is_officer and (bool(posts) or accounts.may_administer(actor))


def may_declare(
    actor: Actor, posts: Collection[Post], scope: Scope, agency_id: int | None, unit_id: int | None
) -> bool:
    """Administrators everywhere, leaders for their agency, heads of a desk for their desk.

    Basis: DL24-10.2, KT18-13.7, QN20-26.5, PT24-23.8.
    """
    if not actor.is_officer:
        return False
    if scope is not Scope.PROVINCE:
        if any(post.agency_id == agency_id and post.role in _OF_AGENCY for post in posts):
            return True
        if scope is Scope.DESK and any(
            post.unit_id == unit_id and post.role is Role.DESK_HEAD for post in posts
        ):
            return True
    return accounts.may_administer(actor)
