"""Giving positions, and holding one while its end is decided."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q

from motcua.agencies.enums import Role
from motcua.agencies.errors import PositionOverlaps, UnitEnds, UnknownUnit
from motcua.agencies.models import Position, Unit
from motcua.kernel.actors import Actor


@transaction.atomic
def give_position(
    *,
    account_id: int,
    unit_id: int,
    role: Role,
    actor: Actor,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> int:
    """Let an account hold a role at a unit; the position's id.

    Whether the actor may do so is the caller's policy: positions are given by the administration of accounts.
    Raises UnknownUnit, UnitEnds, PositionOverlaps.
    """
    unit = locked_unit(unit_id)
    if unit is None:
        raise UnknownUnit()
    if unit.valid_to is not None and (valid_to is None or valid_to > unit.valid_to):
        raise UnitEnds(day=unit.valid_to)
    held = Position.objects.filter(account_id=account_id, unit_id=unit_id, role=role)
    if valid_to is not None:
        held = held.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=valid_to))
    if valid_from is not None:
        held = held.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from))
    if held.exists():
        raise PositionOverlaps()
    position = Position.objects.create(
        account_id=account_id, unit_id=unit_id, role=role, valid_from=valid_from, valid_to=valid_to
    )
    return position.pk


def locked_unit(unit_id: int) -> Unit | None:
    """The unit, locked until the caller's transaction ends: posts in it are given and its last day is written
    one after the other. None if there is no such unit."""
    return Unit.objects.select_for_update(no_key=True).filter(id=unit_id).first()


def locked_position(position_id: int) -> Position | None:
    """The position with its account and its unit's agency, nobody else's to change until the caller's
    transaction ends; None if there is none any more. What is decided of its end is decided by this row: one
    that was read before could have been ended or taken back meanwhile."""
    rows = Position.objects.select_for_update(of=("self",)).select_related("account", "unit__agency")
    return rows.filter(id=position_id).first()
