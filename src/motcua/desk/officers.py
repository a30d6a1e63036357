"""Who sits at this desk: the actor of a request and the posts that decide what is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar, cast
from uuid import UUID

from django.http import HttpRequest

from motcua.accounts import queries as accounts
from motcua.agencies import policy as agencies_policy
from motcua.agencies import queries as agencies
from motcua.agencies.enums import Role
from motcua.agencies.policy import Scope
from motcua.agencies.rules.cards import AgencyCard, Post
from motcua.desk import clock
from motcua.desk.law_pages.outside import forbidden
from motcua.dossiers.queries import ANSWERING, DossierView
from motcua.dossiers.services import reading
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden
from motcua.law.rules.grounding import Grounds

if TYPE_CHECKING:
    from motcua.accounts.models import Account

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Seat:
    """The posts an officer holds today, and what follows from them for the pages."""

    posts: frozenset[Post]

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(post.role for post in self.posts)

    @property
    def agencies(self) -> tuple[AgencyCard, ...]:
        """The agencies of the posts, in Vietnamese order."""
        return agencies.cards({post.agency_id for post in self.posts}) if self.posts else ()

    def receives_at(self) -> tuple[AgencyCard, ...]:
        """The agencies at whose one-stop desk this officer takes in dossiers."""
        ids = {post.agency_id for post in self.posts if post.role in (Role.RECEIVER, Role.DESK_HEAD)}
        return agencies.cards(ids) if ids else ()

    def contracted_at(self) -> tuple[AgencyCard, ...]:
        """The agencies at whose desk they take part under a contract of the post or another enterprise."""
        ids = {post.agency_id for post in self.posts if post.role is Role.POSTAL_STAFF}
        return agencies.cards(ids) if ids else ()

    @property
    def is_contracted(self) -> bool:
        """Whether they hold no post but under such a contract."""
        return self.roles == {Role.POSTAL_STAFF}

    @property
    def is_receiver(self) -> bool:
        return bool(self.roles & {Role.RECEIVER, Role.DESK_HEAD})


def actor_of(request: HttpRequest) -> Actor:
    """The logged-in officer as the one who acts."""
    return accounts.actor_of(cast("Account", request.user))


def seat_of(request: HttpRequest, on: date | None = None) -> Seat:
    """The posts of the logged-in officer; asked once per request."""
    account = cast("Account", request.user)
    return once(request, "seat", lambda: Seat(agencies.positions_of(account.pk, on or clock.now().date())))


def opened(
    request: HttpRequest, dossier_id: UUID, *, at: datetime, why: str, tells_stuck: bool = False
) -> DossierView:
    """The dossier as the logged-in officer may see it. Raises Forbidden, NotFound.

    The posts that open it are also those of the page around it, and are not asked for twice.
    """
    view = reading.open_dossier(
        actor=actor_of(request), at=at, dossier_id=str(dossier_id), why=why, tells_stuck=tells_stuck
    )
    once(request, "seat", lambda: Seat(view.footing.posts))
    return view


def scope_of(request: HttpRequest) -> Scope:
    """What the logged-in officer administers; asked once per request."""
    return once(request, "scope", lambda: _scope(request))


def _scope(request: HttpRequest) -> Scope:
    account, posts = cast("Account", request.user), seat_of(request).posts
    if account.is_admin or any(post.role is Role.ADMIN for post in posts):
        return agencies_policy.scope_of(actor_of(request), clock.now())
    return Scope(False, frozenset())


def once(request: HttpRequest, what: str, ask: Callable[[], T]) -> T:
    """What `ask` answers, asked once per request and kept under `what`."""
    kept: dict[str, T] = request.__dict__.setdefault("_desk", {})
    if what not in kept:
        kept[what] = ask()
    return kept[what]


def must_answer(request: HttpRequest) -> Seat:
    """Raise Forbidden from whoever answers for nobody's work but their own."""
    seat = seat_of(request)
    if not seat.roles & ANSWERING:
        raise Forbidden
    return seat


def must_administer(request: HttpRequest, *, province: bool = False, act: str | Grounds = "") -> Scope:
    """Raise Forbidden from whoever administers nothing, or not the province where that is needed; with the
    clauses of the `act` (`law_pages.outside`) that the page is for."""
    scope = scope_of(request)
    if scope.is_empty or (province and not scope.is_province):
        raise forbidden(act, clock.now()) if act else Forbidden
    return scope
