"""My dossiers: what `policy` lets somebody see as an applicant, as a list; and for whom they may file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.accounts.rules.acting import Grant
from motcua.dossiers import policy
from motcua.dossiers.enums import Status
from motcua.dossiers.queries import DossierSummary
from motcua.dossiers.queries.own import OwnGroup, OwnPage, Sources, has_filed_for_people, own_pages
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden

MINE, FOR_OTHERS = "cua-toi", "nop-thay"


@dataclass(frozen=True, slots=True)
class Whose:
    """One choice of the filter: its key for the address, and the name of an organisation."""

    key: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class OwnDossiers:
    """A page for each group that was asked for, and the choices of the filter; `lapsed` are the ids of drafts
    that can no longer be sent, as the mandate has ended under which they were begun."""

    pages: tuple[OwnPage, ...]
    choices: tuple[Whose, ...]
    lapsed: frozenset[str] = frozenset()


def own_dossiers(
    *,
    actor: Actor,
    at: datetime,
    groups: Sequence[OwnGroup],
    whose: str = "",
    after: str | None = None,
    limit: int = 25,
) -> OwnDossiers:
    """The dossiers that the actor sees as an applicant, by groups, the newest change first.

    `whose` is the key of a choice; an unknown one is taken as all. Raises Forbidden for officers.

    Basis: KT22-1.2.c, PT24-8.2, DL24-5.4.
    """
    if not actor.is_citizen:
        raise Forbidden()
    side = policy.side_of(actor, at)
    sources = _sources(side, whose)
    pages = own_pages(sources, groups, after=after, limit=limit)
    lapsed = sources.lapsed(each for page in pages for each in page.items)
    return OwnDossiers(pages, _choices(side), lapsed)


def drafts_of(
    *, actor: Actor, at: datetime, procedure_code: str, limit: int = 3
) -> tuple[DossierSummary, ...]:
    """What the actor has begun in this procedure and can go on with, the newest change first."""
    side = policy.side_of(actor, at)
    sources = Sources(
        side.account_id,
        given=False,
        lapsed_drafts=False,
        mandates=side.mandates,
        with_drafts=side.filing_for,
    )
    (page,) = own_pages(
        sources, [OwnGroup(frozenset({Status.DRAFT}))], procedure_code=procedure_code, limit=limit
    )
    return page.items


def principals(*, actor: Actor, at: datetime, procedure_code: str) -> tuple[Grant, ...]:
    """For whom the actor may file in this procedure now, besides themselves.

    Basis: KT22-1.2.c, PT24-8.2.
    """
    grants = policy.footing_of(actor, at).grants
    return tuple(each for each in grants if each.may_act and each.covers(procedure_code))


def _choices(side: policy.Side) -> tuple[Whose, ...]:
    """Mine, those I filed for people (for who holds a mandate or has filed under one), each organisation."""
    acts = bool(side.mandates) or has_filed_for_people(side.account_id)
    within = [Whose(f"to-chuc-{number}", name) for number, name in side.organisations]
    return (Whose(MINE), *((Whose(FOR_OTHERS),) if acts else ()), *within)


def _sources(side: policy.Side, whose: str) -> Sources:
    me = side.account_id
    if whose == MINE:
        return Sources(me, taken=False)
    if whose == FOR_OTHERS:
        return Sources(me, own=False, given=False, mandates=side.mandates)
    one = {f"to-chuc-{number}": number for number, _ in side.organisations}.get(whose)
    if one is None:
        return Sources(me, mandates=side.mandates, with_drafts=side.filing_for, without_drafts=side.seeing_of)
    return Sources(
        me,
        own=False,
        given=False,
        taken=False,
        with_drafts=tuple(number for number in side.filing_for if number == one),
        without_drafts=tuple(number for number in side.seeing_of if number == one),
    )
