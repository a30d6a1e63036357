"""Who may administer agencies, units and people, close an agency, record absences. Deny by default."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from motcua.accounts import policy as accounts_policy
from motcua.accounts import queries as accounts
from motcua.agencies import queries
from motcua.agencies.enums import Role
from motcua.agencies.errors import IssuedElsewhere
from motcua.agencies.rules.issuing import issuing_clauses, issuing_party
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden
from motcua.law import queries as law
from motcua.law.errors import NoRegulation
from motcua.worktime.rules import local

if TYPE_CHECKING:
    from motcua.agencies.rules.cards import AgencyCard, Officer, Post

_HEADS = frozenset({Role.UNIT_HEAD, Role.DESK_HEAD})


@dataclass(frozen=True, slots=True)
class Scope:
    """What an actor administers: the whole province, or some agencies, or nothing."""

    is_province: bool
    agency_ids: frozenset[int]

    @property
    def is_empty(self) -> bool:
        return not (self.is_province or self.agency_ids)

    def covers(self, agency_id: int) -> bool:
        return self.is_province or agency_id in self.agency_ids


def scope_of(actor: Actor, at: datetime) -> Scope:
    """The province's administrator has all of it; who is administrator of an agency has that agency.

    Our own: no text says who administers an agency's units, posts and data (ADR 0017). Who makes accounts is
    another question: `issuing`.
    """
    return scope_and_posts(actor, at)[0]


def scope_and_posts(actor: Actor, at: datetime) -> tuple[Scope, frozenset[Post]]:
    """`scope_of`, and the posts that the actor holds, in one query."""
    if not actor.is_officer or not actor.id.isdigit():
        return scope_by(accounts_policy.standing_of(actor), ()), frozenset()
    held = queries.held_by(int(actor.id), local(at).date())
    return scope_by(accounts_policy.Standing(held.is_open, held.is_admin), held.posts), held.posts


def scope_by(standing: accounts_policy.Standing, posts: Collection[Post]) -> Scope:
    """`scope_of` for a caller who knows the account's standing and the posts held."""
    if standing.is_admin or not standing.is_open:
        return Scope(standing.is_admin, frozenset())
    return Scope(False, frozenset(post.agency_id for post in posts if post.role is Role.ADMIN))


def must_administer(actor: Actor, agency_id: int, at: datetime) -> Scope:
    """Raise Forbidden unless the agency is within the actor's scope."""
    scope = scope_of(actor, at)
    if not scope.covers(agency_id):
        raise Forbidden()
    return scope


def desk_of(actor: Actor, at: datetime) -> int:
    """The agency at whose one-stop desk the actor receives people, the first if there are several.

    Raises Forbidden for everybody else: only there people stand before an officer with their cards.

    Basis: DL24-7.1#1, PT24-9.1; our own reading beyond them (ADR 0029).
    """
    posts = queries.positions_of(int(actor.id), local(at).date()) if actor.is_officer else frozenset()
    found = sorted(post.agency_id for post in posts if post.role in (Role.RECEIVER, Role.DESK_HEAD))
    if not found:
        raise Forbidden()
    return found[0]


@dataclass(frozen=True, slots=True)
class Closing:
    """What an actor may do about the closures of one agency."""

    may_see: bool
    may_close: bool


def closing(actor: Actor, agency_id: int, at: datetime, *, known: Collection[Post] | None = None) -> Closing:
    """Whether the actor may say when the agency does not work, and whether they may read of it.

    The head of its desk and who administers it may close it. Who stands in for the head of the desk may as
    well: a storm does not wait for anybody's return. Whoever works there may read of closures and whom they
    touch. `known` are the posts that the actor holds, where they have been read.
    """
    if known is None:
        scope, posts = scope_and_posts(actor, at)
        return closing_by(posts, scope, agency_id)
    return closing_by(known, scope_by(accounts_policy.standing_of(actor), known), agency_id)


def closing_by(posts: Collection[Post], scope: Scope, agency_id: int) -> Closing:
    """`closing` for a caller who knows the posts that the actor holds and what they administer."""
    here = [post for post in posts if post.agency_id == agency_id]
    is_head = any(post.role is Role.DESK_HEAD for post in here)
    may_close = is_head or scope.covers(agency_id)
    return Closing(may_see=may_close or bool(here), may_close=may_close)


def may_close(actor: Actor, agency_id: int, at: datetime) -> bool:
    """As `closing` says."""
    return closing(actor, agency_id, at).may_close


def may_look_after(scope: Scope, account_id: int, at: datetime) -> bool:
    """Whether this officer's account is the actor's to look after.

    An agency's administrator looks after officers who work in their agencies only, and never after an
    administrator of the province: a new password for one would be the province's key.
    """
    if scope.is_province:
        return True
    card = accounts.account_card(account_id)
    posts = queries.positions_of(account_id, local(at).date())
    at_home = bool(posts) and all(post.agency_id in scope.agency_ids for post in posts)
    return at_home and not card.is_admin


@dataclass(frozen=True, slots=True)
class Issuing:
    """For whom an actor makes officers' accounts: for all agencies, or for those of `agency_ids` only.

    `issuer` is the agency that makes them by the regulation, None where agencies make those of their own
    people; `clauses` say so.
    """

    is_everywhere: bool
    agency_ids: frozenset[int]
    issuer: AgencyCard | None
    clauses: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.is_everywhere or self.agency_ids)

    def covers(self, agency_id: int) -> bool:
        return self.is_everywhere or agency_id in self.agency_ids


def issuing(scope: Scope, province: str, on: date) -> Issuing:
    """For whom whoever has that scope makes accounts, under the regulation in force on the day.

    Basis: KT22-22.6, DL24-6.2, PT24-3.4; our own reading beyond them (reading A46).
    """
    try:
        regulation = law.regulation_in_force(province, on)
    except NoRegulation:
        return Issuing(scope.is_province, scope.agency_ids, None, ())
    party = issuing_party(regulation)
    issuer = queries.agency_of_party(province, party, on) if party else None
    return issuing_by(scope, party, issuer, issuing_clauses(regulation))


def issuing_by(
    scope: Scope, party: str | None, issuer: AgencyCard | None, clauses: tuple[str, ...]
) -> Issuing:
    """`issuing` for a caller who knows the body and which agency it is; None if it is none of the tree."""
    if party is None:
        return Issuing(scope.is_province, scope.agency_ids, None, clauses)
    is_issuer = issuer is not None and scope.covers(issuer.id)
    return Issuing(scope.is_province or is_issuer, frozenset(), issuer, clauses)


def is_told(scope: Scope, province: str, on: date) -> bool:
    """Whether who has that scope administers the body that agencies tell of changes of officers.

    Basis: DL24-11.6.
    """
    body = queries.agency_named_by(province, "account.staff_told_to", on)
    return body is not None and scope.covers(body.id)


def must_issue(scope: Scope, agency_id: int | None, province: str, on: date) -> Issuing:
    """Raise Forbidden, or IssuedElsewhere with the body and its clause, unless an account may be made for
    somebody of the agency; None: for somebody without a post yet."""
    found = issuing(scope, province, on)
    if found.is_everywhere or (agency_id is not None and found.covers(agency_id)):
        return found
    if scope.is_empty or found.issuer is None:
        raise Forbidden(clauses=found.clauses)
    raise IssuedElsewhere(issuer=found.issuer.name, clauses=found.clauses)


@dataclass(frozen=True, slots=True)
class Charge:
    """For which posts an actor answers: all in the agencies led, all but leaders' in the units headed."""

    agency_ids: frozenset[int]
    unit_ids: frozenset[int]

    def covers(self, officer: Officer, agency_id: int | None) -> bool:
        below = officer.unit_id in self.unit_ids and officer.role is not Role.APPROVER
        return below or agency_id in self.agency_ids


def charge_of(posts: Collection[Post]) -> Charge:
    """What the posts answer for. Who only stands in for a head answers for nobody.

    Basis: DL24-9.1.a#1, PT24-10.1.a#1.
    """
    own = [post for post in posts if not post.for_id]
    return Charge(
        frozenset(post.agency_id for post in own if post.role is Role.APPROVER),
        frozenset(post.unit_id for post in own if post.role in _HEADS),
    )
