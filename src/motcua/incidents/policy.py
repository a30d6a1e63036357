"""Who may declare an incident and say that it is over. Deny by default."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings

from motcua.accounts import policy as accounts
from motcua.agencies.enums import Role
from motcua.agencies.queries import agency_named_by, positions_of
from motcua.incidents.enums import Scope
from motcua.kernel.actors import Actor
from motcua.worktime.rules import local

if TYPE_CHECKING:
    from motcua.agencies.rules.cards import Post

_OF_AGENCY = frozenset({Role.APPROVER, Role.ADMIN})


def posts_of(actor: Actor, at: datetime) -> Collection[Post]:
    return positions_of(int(actor.id), local(at).date()) if actor.is_officer else ()


def may_read(actor: Actor, posts: Collection[Post]) -> bool:
    """Whoever works somewhere in the province, and its administrators; an account without a post has no part.

    Basis: DL24-10.2.
    """
    return actor.is_officer and (bool(posts) or accounts.may_administer(actor))


def may_declare(
    actor: Actor,
    posts: Collection[Post],
    at: datetime,
    scope: Scope,
    agency_id: int | None,
    unit_id: int | None,
) -> bool:
    """Who may declare for all, everywhere; leaders for their agency, heads of a desk for their desk.

    Basis: DL24-10.2, KT18-13.7, QN20-26.5, PT24-23.8.
    """
    if not actor.is_officer:
        return False
    return declares_here(posts, scope, agency_id, unit_id) or may_declare_for_all(actor, posts, at)


def declares_here(posts: Collection[Post], scope: Scope, agency_id: int | None, unit_id: int | None) -> bool:
    """Whether these posts may declare for that place alone: `may_declare` without what holds everywhere."""
    if scope is Scope.PROVINCE:
        return False
    if any(post.agency_id == agency_id and post.role in _OF_AGENCY for post in posts):
        return True
    return scope is Scope.DESK and any(
        post.unit_id == unit_id and post.role is Role.DESK_HEAD for post in posts
    )


def may_reach_back(
    actor: Actor, posts: Collection[Post], at: datetime, scope: Scope, agency_id: int | None
) -> bool:
    """Who may declare what began longer ago than is ordinary: leaders and administrators of the agency, and
    whoever declares for all. A head of a desk may not: what they enter afterwards would rest on their word
    alone. Who it is, is ours (ADR 0014).

    Basis: PT24-23.8.
    """
    leads = scope is not Scope.PROVINCE and any(
        post.agency_id == agency_id and post.role in _OF_AGENCY for post in posts
    )
    return actor.is_officer and (leads or may_declare_for_all(actor, posts, at))


def may_declare_for_all(actor: Actor, posts: Collection[Post], at: datetime) -> bool:
    """Administrators of the province; whoever leads or administers the body that runs the system.

    Which body that is, the regulation in force says (ADR 0050).

    Basis: KT22-6.1, QN20-23.1#1, DL24-14.1#3, KT18-17.2#1, PT24-21.1#1.
    """
    if not actor.is_officer:
        return False
    leads = any(post.role in _OF_AGENCY for post in posts)
    return bool(leads and runs_it(posts, _runs_the_system(at))) or accounts.may_administer(actor)


def runs_it(posts: Collection[Post], operator_id: int | None) -> bool:
    """Whether these posts lead or administer the body that runs the system."""
    return operator_id is not None and any(
        post.agency_id == operator_id and post.role in _OF_AGENCY for post in posts
    )


def agencies_whose_reports_are_read(
    actor: Actor, posts: Collection[Post], at: datetime
) -> frozenset[int] | None:
    """Whose reports the actor reads: None is all, for whoever acts for all of the province. Leaders,
    administrators and heads of a desk read what is said of outages, and what officers of their agency report.

    Basis: DL24-10.2, DL24-24.4.
    """
    if may_declare_for_all(actor, posts, at):
        return None
    return reports_of(posts)


def reports_of(posts: Collection[Post]) -> frozenset[int]:
    """The agencies whose reports these posts let read, without what holds everywhere."""
    return frozenset(post.agency_id for post in posts if post.role in _OF_AGENCY | {Role.DESK_HEAD})


def _runs_the_system(at: datetime) -> int | None:
    """The agency of the province that manages and operates the system on the day; None if there is none."""
    body = agency_named_by(settings.PROVINCE, "operator.agency", local(at).date())
    return body.id if body else None
