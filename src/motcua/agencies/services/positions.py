"""Giving and ending positions."""

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
    unit = Unit.objects.select_for_update().filter(id=unit_id).first()
    if unit is None:
        raise UnknownUnit()
    if unit.valid_to is not None and (valid_to is None or valid_to > unit.valid_to):
        raise UnitEnds(day=unit.valid_to.strftime("%d/%m/%Y"))
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


@transaction.atomic
def end_position(*, position_id: int, last_day: date, actor: Actor) -> None:
    """End a position after its last day. Ending one that has ended already moves its end."""
    position = Position.objects.select_for_update().get(id=position_id)
    position.valid_to = last_day
    position.save(update_fields=["valid_to"])


@transaction.atomic
def drop_position(*, position_id: int) -> None:
    """Remove a position of which no day has passed: whoever held it has it no more."""
    Position.objects.select_for_update().get(id=position_id).delete()
