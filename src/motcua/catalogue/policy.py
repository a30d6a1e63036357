"""Who acts for which body in governing the catalogue. Deny by default."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from motcua.agencies import policy as agencies_policy
from motcua.agencies import queries as agencies
from motcua.agencies.enums import Role
from motcua.catalogue.enums import ANNOUNCED, UpgradeKind
from motcua.catalogue.rules import upgrades
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden
from motcua.law import queries as law
from motcua.law.errors import NoRegulation
from motcua.law.rules import Regulation
from motcua.worktime.rules import local

if TYPE_CHECKING:
    from motcua.agencies.rules.cards import Post

AGENCY = "agency"
BODIES = ("office", "dttt", "justice")


@dataclass(frozen=True, slots=True)
class Standing:
    """The agencies for which an actor acts; `is_province`: also for bodies in which nobody else could."""

    province: str
    is_province: bool
    agency_ids: frozenset[int]
    parties: frozenset[str]
    publishers: frozenset[str]  # of these, to which the regulation gives something to do with procedures

    @property
    def is_empty(self) -> bool:
        return not (self.is_province or self.agency_ids)

    @property
    def oversees(self) -> bool:
        """Whether the actor sees all of the province: its administrator, the bodies that publish or check."""
        return self.is_province or bool(self.parties)

    def acts_for(self, agency_id: int | None, party: str = AGENCY) -> bool:
        """Whether the actor may record what that body did: its own people; for the bodies that the regulation
        names beside the agencies also the province's administrator."""
        if agency_id is not None and agency_id in self.agency_ids:
            return True
        return self.is_province and party != AGENCY


def standing_of(actor: Actor, at: datetime, province: str) -> Standing:
    """Leaders, clerks and administrators act for their agency, as the regulation's catalogue of roles says.

    Basis: KT22-23.1#2, DL24-11.1#3, PT24-23.1#2, KT18-13.1.
    """
    scope, posts = agencies_policy.scope_and_posts(actor, at)
    if not actor.is_officer:
        return Standing(province, scope.is_province, frozenset(), frozenset(), frozenset())
    today = local(at).date()
    regulation = regulation_of(province, at)
    found = agencies.agencies_of_parties(province, named_bodies(regulation), today)
    bodies = {party: card.id for party, card in found.items()}
    return standing_by(posts, bodies, regulation, province, is_province=scope.is_province)


def standing_by(
    posts: Collection[Post],
    bodies: Mapping[str, int],
    regulation: Regulation | None,
    province: str,
    *,
    is_province: bool,
) -> Standing:
    """`standing_of` for a caller who knows the posts held and which agencies the named bodies are."""
    acting = roles_that_act(regulation)
    ids = frozenset(post.agency_id for post in posts if post.role in acting)
    named = named_bodies(regulation)
    parties = frozenset(party for party, agency_id in bodies.items() if party in named and agency_id in ids)
    return Standing(province, is_province, ids, parties, parties & _publishers(regulation))


def named_bodies(regulation: Regulation | None) -> frozenset[str]:
    """The bodies beside the agencies to which the regulation gives something to do here."""
    recorders = set(upgrades.recorders(regulation).values()) if regulation else set()
    return (_publishers(regulation) | recorders) & frozenset(BODIES)


def _publishers(regulation: Regulation | None) -> frozenset[str]:
    """The bodies to which it gives something to do with procedures and services: the Office in any case."""
    if regulation is None:
        return frozenset({"office"})
    named = {regulation.choice(f"duty.{kind}") for kind in ANNOUNCED}
    named |= {regulation.choice("catalogue.assessed_by"), *regulation.words("catalogue.roadmap_to"), "office"}
    if upgrades.needs_approval(regulation):
        named.add(upgrades.recorders(regulation)[UpgradeKind.UPGRADE])
    return frozenset(party for party in named if party)


def acting_roles(province: str, at: datetime) -> frozenset[Role]:
    """Leaders, and the posts through which the regulation's agencies act."""
    return roles_that_act(regulation_of(province, at))


def roles_that_act(regulation: Regulation | None) -> frozenset[Role]:
    """`acting_roles` under this regulation."""
    duties = law.law().duties.get(regulation.short_name, ()) if regulation else ()
    posts = {post for each in duties if each.party.key == AGENCY for post in each.party.posts}
    return frozenset({Role.APPROVER} | {Role(post) for post in posts})


def regulation_of(province: str, at: datetime) -> Regulation | None:
    try:
        return law.regulation_in_force(province, local(at).date())
    except NoRegulation:
        return None


def must_take_part(actor: Actor, at: datetime, province: str) -> Standing:
    """Raise Forbidden from whoever acts for nobody."""
    standing = standing_of(actor, at, province)
    if standing.is_empty:
        raise Forbidden()
    return standing


def may_keep_forms(standing: Standing, lead_agency_id: int | None) -> bool:
    """Blank forms are kept by who announces the procedure; by the province where nobody did it yet.

    Basis: QN20-6.2.a, QN20-22.2, QN20-23.2, PT24-20.1, KT22-23.3, PT24-23.3.
    """
    if lead_agency_id is None:
        return standing.is_province or bool(standing.publishers & {"office", "dttt"})
    return may_announce(standing, lead_agency_id)


def may_announce(standing: Standing, lead_agency_id: int) -> bool:
    """Decisions are recorded by the Office, by the department that publishes, and by the agency that leads.

    Basis: QN20-6.2.a, QN20-22.2, QN20-23.2, PT24-20.1, KT22-23.3, PT24-23.3.
    """
    overseen = standing.is_province or bool(standing.publishers & {"office", "dttt"})
    return overseen or lead_agency_id in standing.agency_ids
