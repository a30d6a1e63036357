"""What several processes say they did, compared with what is stored: nothing lost, nothing done twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connection

from motcua.dossiers.enums import Verb
from motcua.dossiers.models import DossierEvent

# A key makes the second press the same as the first: both may say that they did it.
ONCE = frozenset({Verb.SUBMIT, Verb.REGISTER_AT_COUNTER, Verb.REGISTER_BY_POST})

_TABLE = """
CREATE SCHEMA IF NOT EXISTS simulation;
CREATE TABLE IF NOT EXISTS simulation.meeting (number integer PRIMARY KEY, dossier_id uuid NOT NULL)"""
_AGREE = """
INSERT INTO simulation.meeting VALUES (%s, %s)
ON CONFLICT (number) DO UPDATE SET number = excluded.number RETURNING dossier_id::text"""


@dataclass(frozen=True, slots=True)
class Claim:
    """An act that was answered with success: it took the dossier from the version `seen` to `version`."""

    dossier_id: str
    seen: int
    version: int
    verb: Verb
    actor_id: str


def make_table() -> None:
    """Where the processes agree which dossier belongs to a number."""
    with connection.cursor() as cursor:
        cursor.execute(_TABLE)


def agree(number: int, dossier_id: str) -> str:
    """The dossier of this number: the one that is said first."""
    with connection.cursor() as cursor:
        cursor.execute(_AGREE, [number, dossier_id])
        return str(cursor.fetchone()[0])


def agreed(number: int) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT dossier_id::text FROM simulation.meeting WHERE number = %s", [number])
        row = cursor.fetchone()
    return str(row[0]) if row else None


def lost_or_doubled(claims: Iterable[Claim]) -> Iterator[str]:
    """Events that nobody claims, acts without an event, and events that two acts claim.

    Every event belongs to the one act whose answer said so, by the officer or citizen who did it.
    """
    claimed: dict[tuple[str, int], set[Claim]] = defaultdict(set)
    for claim in claims:
        for seq in range(claim.seen + 1, claim.version + 1):
            claimed[claim.dossier_id, seq].add(claim)
    for key, seq, actor_id in DossierEvent.objects.values_list("dossier_id", "seq", "actor_id").iterator():
        dossier_id = str(key)
        found = claimed.pop((dossier_id, seq), set())
        if not found:
            yield f"event {seq} of {dossier_id} was done by nobody"
        elif len(found) > 1:
            yield f"event {seq} of {dossier_id} was done by {sorted(each.verb for each in found)}"
        elif {each.actor_id for each in found} != {actor_id}:
            yield f"event {seq} of {dossier_id} bears another name than that of whoever did it"
    for (dossier_id, seq), found in claimed.items():
        yield f"{sorted(each.verb for each in found)} was answered, but event {seq} of {dossier_id} is lost"
