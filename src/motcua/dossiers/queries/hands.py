"""From hand to hand, read from the events and from where those stood who did them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from motcua.agencies import queries as agencies
from motcua.dossiers.models import DossierEvent
from motcua.dossiers.rules.events import IN_PLACE_OF, read_event
from motcua.dossiers.rules.routing import Handover, Passage, handovers
from motcua.kernel.actors import ActorKind
from motcua.kernel.periods import Period
from motcua.worktime.rules import local


def hands_of(dossier_id: str | UUID) -> tuple[Handover, ...]:
    """Every passing on of a dossier, in order. Two queries, however many they are.

    Basis: KT22-14.2bis.a#4, PT24-9.2.b#3; by reference TT 01/2018 Mẫu 05 (found).
    """
    rows = list(DossierEvent.objects.filter(dossier_id=dossier_id).order_by("seq"))
    officers = {int(row.actor_id) for row in rows if row.actor_kind == ActorKind.OFFICER.value}
    held = agencies.units_held_by(officers)
    return handovers(
        Passage(
            read_event(row.kind, row.schema, row.payload), local(row.at), row.actor_name, _stood(row, held)
        )
        for row in rows
    )


def _stood(row: Any, held: Mapping[int, tuple[tuple[int, Period], ...]]) -> frozenset[int]:
    """The units of the posts that the actor held on the day; nothing for whoever acted in another's place."""
    if row.actor_kind != ActorKind.OFFICER.value or IN_PLACE_OF in row.payload:
        return frozenset()
    day: date = local(row.at).date()
    return frozenset(unit for unit, days in held.get(int(row.actor_id), ()) if day in days)
