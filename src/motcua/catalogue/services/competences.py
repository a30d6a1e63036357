"""Saying which agencies settle which procedures, and by which unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from motcua.agencies import policy
from motcua.agencies import queries as agencies
from motcua.agencies.enums import Role
from motcua.agencies.errors import UnitEnds
from motcua.agencies.models import Unit
from motcua.agencies.rules.cards import UNITS_OF_ROLE
from motcua.audit import services as audit
from motcua.catalogue.errors import NothingToTakeOver, NotSettledHere, UnitCannotSettle, UnknownProcedure
from motcua.catalogue.models import Competence, Procedure
from motcua.catalogue.rules import codes
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden
from motcua.law.services import rests_on


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
    rows = Unit.objects.filter(agency__province=province, valid_to__isnull=True).values_list(
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


# --- What administrators do, one procedure or one agency at a time ------------------------------------------
@rests_on()
@transaction.atomic
def give_competence(*, actor: Actor, at: datetime, agency_id: int, code: str, unit_id: int) -> None:
    """Let an agency settle a procedure by one of its units, or by another unit than before.

    Dossiers that were filed keep the unit they have.
    Raises Forbidden, UnknownAgency, UnknownProcedure, UnknownUnit, UnitCannotSettle, UnitEnds.
    """
    _must_govern(actor, at, agency_id)
    procedure = Procedure.objects.filter(code=codes.comparable(code)).first()
    if procedure is None:
        raise UnknownProcedure()
    unit = agencies.unit(unit_id)
    if unit.agency_id != agency_id or unit.kind not in UNITS_OF_ROLE[Role.CASE_OFFICER]:
        raise UnitCannotSettle()
    if unit.ends is not None:
        raise UnitEnds(day=unit.ends)
    Competence.objects.update_or_create(
        procedure=procedure,
        agency_id=agency_id,
        defaults={"settling_unit_id": unit_id, "mark": "entered"},
    )
    facts = {"name": procedure.code, "unit": unit_id, "unit_name": unit.name}
    audit.record_act(actor=actor, act="competence_given", what=f"agency:{agency_id}", at=at, facts=facts)


@dataclass(frozen=True, slots=True)
class TakenOver:
    """How many procedures are new, and the codes of those for which the agency has no such unit."""

    added: int
    left_out: tuple[str, ...]


@rests_on(give_competence)
@transaction.atomic
def take_over_competences(*, actor: Actor, at: datetime, agency_id: int, like_id: int) -> TakenOver:
    """Let an agency settle what another one settles, each by its unit of the same key.

    What it settles already stays as it is. Raises Forbidden, UnknownAgency, NothingToTakeOver.
    """
    _must_govern(actor, at, agency_id)
    model = agencies.agency(like_id)
    if model.province != agencies.agency(agency_id).province:
        raise Forbidden()
    own = dict(Unit.objects.filter(agency_id=agency_id, valid_to__isnull=True).values_list("key", "id"))
    known = set(Competence.objects.filter(agency_id=agency_id).values_list("procedure_id", flat=True))
    rows = Competence.objects.filter(agency_id=like_id).order_by("procedure__code")
    found = list(rows.values_list("procedure_id", "procedure__code", "settling_unit__key"))
    if not found:
        raise NothingToTakeOver()
    new = [row for row in found if row[0] not in known]
    Competence.objects.bulk_create(
        Competence(procedure_id=each, agency_id=agency_id, settling_unit_id=own[key], mark="entered")
        for each, _, key in new
        if key in own
    )
    taken = TakenOver(
        sum(key in own for _, _, key in new), tuple(code for _, code, key in new if key not in own)
    )
    facts = {"name": model.name, "like": like_id, "added": taken.added, "left_out": list(taken.left_out)}
    audit.record_act(actor=actor, act="competences_taken", what=f"agency:{agency_id}", at=at, facts=facts)
    return taken


@rests_on(give_competence)
@transaction.atomic
def end_competence(*, actor: Actor, at: datetime, agency_id: int, code: str) -> None:
    """The agency takes no new dossiers of the procedure; those that were filed are settled to their end.

    Raises Forbidden, UnknownAgency, NotSettledHere.
    """
    _must_govern(actor, at, agency_id)
    row = Competence.objects.filter(agency_id=agency_id, procedure__code=codes.comparable(code)).first()
    if row is None:
        raise NotSettledHere()
    row.delete()
    facts = {"name": codes.comparable(code)}
    audit.record_act(actor=actor, act="competence_ended", what=f"agency:{agency_id}", at=at, facts=facts)


def _must_govern(actor: Actor, at: datetime, agency_id: int) -> None:
    """Which agency settles what is the province's to say."""
    if not policy.scope_of(actor, at).is_province:
        raise Forbidden()
    agencies.agency(agency_id)
