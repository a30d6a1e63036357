"""Writing the record of reads and the chain of administrative acts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from motcua.audit.models import ActRecord, ReadRecord
from motcua.audit.queries import act_body
from motcua.audit.rules import chain
from motcua.kernel.actors import Actor
from motcua.kernel.canonical import GENESIS
from motcua.kernel.locks import Lock


def record_read(*, actor: Actor, what: str, why: str, at: datetime) -> None:
    """Record that `actor` read the personal data that `what` refers to (for example `dossier:<id>`).

    `why` is the purpose in plain words, in Vietnamese: the person concerned reads it. Call it in the
    transaction of the reading or after it; one INSERT, no lock. Raises ValueError if what or why is empty.

    Basis: KT18-4.3.
    """
    record_reads(actor=actor, what=[what], why=why, at=at)


def record_reads(*, actor: Actor, what: Iterable[str], why: str, at: datetime) -> None:
    """The same for several things read at once, in one INSERT."""
    things = list(what)
    if not why or not all(things):
        raise ValueError("a read is recorded with what was read and why")
    ReadRecord.objects.bulk_create(
        ReadRecord(
            actor_kind=actor.kind.value,
            actor_id=actor.id,
            actor_name=actor.name[:200],
            what=each,
            why=why[:200],
            at=at,
        )
        for each in things
    )


def record_act(
    *, actor: Actor, act: str, what: str, at: datetime, facts: Mapping[str, Any] | None = None
) -> None:
    """Add an act of administration to the chain, in the transaction of the act itself.

    Acts of this kind are rare, so they wait for one another. Facts are plain values, never a password.

    Basis: KT18-4.3.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [Lock.ACTS.value])
        last = ActRecord.objects.order_by("-id").values_list("id", "hash").first()
        number, previous = (last[0] + 1, bytes(last[1])) if last else (1, GENESIS)
        row = ActRecord(
            id=number,
            act=act,
            what=what,
            facts=dict(facts or {}),
            actor_kind=actor.kind.value,
            actor_id=actor.id,
            actor_name=actor.name[:200],
            at=at,
            previous=previous,
        )
        row.hash = chain.entry(str(number), previous, act_body(row)).hash
        row.save(force_insert=True)
