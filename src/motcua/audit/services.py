"""Writing the record of reads."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from motcua.audit.models import ReadRecord
from motcua.kernel.actors import Actor


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
