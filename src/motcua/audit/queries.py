"""Reading the record of reads and the chain of administrative acts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import QuerySet
from django.db.models.fields.json import KT

from motcua.audit.models import ActRecord, ReadRecord
from motcua.audit.rules import chain
from motcua.kernel.actors import Actor, ActorKind


@dataclass(frozen=True, slots=True)
class Read:
    """One reading, as shown to the person concerned or to an auditor."""

    actor_kind: ActorKind
    actor_id: str
    actor_name: str
    what: str
    why: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AdministrativeAct:
    """One act of the chain; `facts` as they were given."""

    id: int
    act: str
    what: str
    facts: Mapping[str, Any]
    actor_name: str
    at: datetime
    is_of_system: bool = False  # then its name is a word of ours, not of a person


def acts(
    *, what: str | None = None, before: int | None = None, limit: int = 50
) -> tuple[AdministrativeAct, ...]:
    """Administrative acts, the newest first; `before` is the number of the last one seen."""
    rows = ActRecord.objects.order_by("-id")
    wanted = {"what": what, "id__lt": before}
    rows = rows.filter(**{field: value for field, value in wanted.items() if value is not None})
    return tuple(map(_act, rows[:limit]))


def _act(row: ActRecord) -> AdministrativeAct:
    is_of_system = row.actor_kind == ActorKind.SYSTEM.value
    return AdministrativeAct(row.pk, row.act, row.what, row.facts, row.actor_name, row.at, is_of_system)


def acts_at(where: str, *, limit: int = 50) -> tuple[AdministrativeAct, ...]:
    """Acts on `where`, and those on something else that name it as their place (the fact `at`); newest first.

    Of both the newest are found by an index of their own; one condition with OR would read the whole chain.
    """
    on = ActRecord.objects.filter(what=where).order_by("-id")[:limit]
    there = _placed([where]).order_by("-id")[:limit]
    return tuple(map(_act, on.union(there).order_by("-id")[:limit]))


def has_act_at(what: str, wheres: Collection[str]) -> bool:
    """Whether an act on `what` names one of these as its place (the fact `at`)."""
    return _placed(wheres).filter(what=what).exists()


def _placed(wheres: Collection[str]) -> QuerySet[ActRecord]:
    return ActRecord.objects.alias(place=KT("facts__at")).filter(place__in=list(wheres))


def act_body(row: ActRecord) -> dict[str, Any]:
    """What the hash of an act covers."""
    return {
        "number": row.pk,
        "act": row.act,
        "what": row.what,
        "facts": row.facts,
        "actor": {"kind": row.actor_kind, "id": row.actor_id, "name": row.actor_name},
        "at": row.at.astimezone(UTC).isoformat(),
    }


def verify_acts() -> chain.Break | None:
    """The first act of the chain that does not hold; None if every hash does."""
    rows = ActRecord.objects.order_by("id").iterator(chunk_size=1000)
    return chain.verify(
        chain.Entry(str(row.pk), bytes(row.previous), bytes(row.hash), act_body(row)) for row in rows
    )


def reads_of(*what: str, limit: int = 100) -> tuple[Read, ...]:
    """Who read any of these things, newest first, at most `limit` rows, in one query."""
    return _reads(ReadRecord.objects.filter(what__in=what), limit)


def has_read(actor: Actor, what: str, *, since: datetime) -> bool:
    """Whether it is recorded that the actor read `what` at that moment or later."""
    mine = ReadRecord.objects.filter(actor_kind=actor.kind.value, actor_id=actor.id)
    return mine.filter(what=what, at__gte=since).exists()


def _reads(records: QuerySet[ReadRecord], limit: int) -> tuple[Read, ...]:
    rows = records.order_by("-at", "-id")[:limit]
    return tuple(
        Read(ActorKind(row.actor_kind), row.actor_id, row.actor_name, row.what, row.why, row.at)
        for row in rows
    )
