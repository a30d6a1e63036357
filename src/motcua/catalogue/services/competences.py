"""Saying which agencies settle which procedures, and by which unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from motcua.agencies.models import Unit
from motcua.catalogue.models import Competence, Procedure
from motcua.catalogue.rules import codes
from motcua.kernel.actors import Actor


@transaction.atomic
def assign_competences(*, province: str, rows: Iterable[Mapping[str, Any]], actor: Actor) -> int:
    """Write the competences that rows describe for the agencies of a province; how many are new.

    A row names a procedure (`code` or `id`) and places: each either an `agency` by key or all agencies of a
    `kind` (that began no earlier than `since`), with the key of the settling `unit`. Agencies that do not
    exist or lack the unit are passed over: provinces differ.
    """
    procedures = {procedure.code: procedure.pk for procedure in Procedure.objects.all()}
    procedures |= {procedure.key: procedure.pk for procedure in Procedure.objects.all()}
    units = _units_by_place(province)
    wanted: list[Competence] = []
    for row in rows:
        name = row.get("code")
        procedure_id = procedures.get(codes.comparable(name) if name else row["id"])
        if procedure_id is None:
            continue
        for agency_id, unit_id in _places(row["places"], units):
            wanted.append(
                Competence(
                    procedure_id=procedure_id,
                    agency_id=agency_id,
                    settling_unit_id=unit_id,
                    mark=row.get("mark", "derived"),
                )
            )
    return _write(wanted)


@dataclass(frozen=True, slots=True)
class _Place:
    agency_id: int
    unit_id: int
    valid_from: date | None


Places = dict[tuple[str, str], list[_Place]]


def _units_by_place(province: str) -> Places:
    """(agency key or kind, unit key) → the places of that name."""
    places: Places = {}
    rows = Unit.objects.filter(agency__province=province).values_list(
        "agency_id", "agency__key", "agency__kind", "agency__valid_from", "key", "id"
    )
    for agency_id, key, kind, valid_from, unit_key, unit_id in rows:
        for name in (key, f"kind:{kind}"):
            places.setdefault((name, unit_key), []).append(_Place(agency_id, unit_id, valid_from))
    return places


def _places(wanted: Iterable[Mapping[str, str]], units: Places) -> list[tuple[int, int]]:
    found: dict[int, int] = {}
    for place in wanted:
        name = place.get("agency") or f"kind:{place['kind']}"
        since = date.fromisoformat(place["since"]) if place.get("since") else None
        for here in units.get((name, place["unit"]), ()):
            if since is None or (here.valid_from is not None and here.valid_from >= since):
                found.setdefault(here.agency_id, here.unit_id)
    return list(found.items())


def _write(wanted: list[Competence]) -> int:
    before = Competence.objects.count()
    Competence.objects.bulk_create(
        wanted,
        update_conflicts=True,
        unique_fields=["procedure", "agency"],
        update_fields=["settling_unit", "mark"],
    )
    return Competence.objects.count() - before
