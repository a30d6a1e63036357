"""Templates of reasons as they are offered, and as those see them who keep them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from motcua.dossiers.enums import Verb
from motcua.dossiers.models import ReasonTemplate
from motcua.dossiers.rules import reasons
from motcua.kernel.text import sort_key


@dataclass(frozen=True, slots=True)
class ReasonCard:
    """`agency_id` is None for one of the province, which every agency is offered."""

    id: int
    agency_id: int | None
    verb: Verb
    title: str
    text: str
    version: int
    changed_at: datetime
    changed_by: str


def reasons_for(verb: Verb, agency_id: int) -> tuple[ReasonCard, ...]:
    """What an officer of the agency is offered with the verb: the agency's own first, then the province's.

    Whoever proposes a refusal is offered the templates of refusing.
    """
    verb = reasons.BORROWED.get(verb, verb)
    if verb not in reasons.VERBS:
        return ()
    rows = _kept().filter(Q(agency_id=agency_id) | Q(agency__isnull=True), verb=verb.value)
    cards = map(_card, rows)
    return tuple(sorted(cards, key=lambda card: (card.agency_id is None, sort_key(card.title), card.id)))


def reasons_of(agency_id: int | None) -> tuple[ReasonCard, ...]:
    """All templates of one agency, or those of the province (None), in the order of the verbs."""
    rows = _kept().filter(agency_id=agency_id) if agency_id else _kept().filter(agency__isnull=True)
    cards = map(_card, rows)
    return tuple(
        sorted(cards, key=lambda each: (reasons.VERBS.index(each.verb), sort_key(each.title), each.id))
    )


def reason(template_id: int) -> ReasonCard | None:
    row = _kept().filter(id=template_id).first()
    return _card(row) if row else None


def _kept() -> QuerySet[ReasonTemplate]:
    """Those of the verbs that have templates now; a verb that had them once keeps its rows unseen."""
    offered = [verb.value for verb in reasons.VERBS]
    return ReasonTemplate.objects.filter(dropped_at__isnull=True, verb__in=offered)


def _card(row: ReasonTemplate) -> ReasonCard:
    return ReasonCard(
        row.pk,
        row.agency_id,
        Verb(row.verb),
        row.title,
        row.text,
        row.version,
        row.changed_at,
        row.changed_by,
    )
