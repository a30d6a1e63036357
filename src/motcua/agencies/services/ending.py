"""The last day of an agency or a unit. What of dossiers and procedures hangs on it is asked above."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from motcua.agencies import policy, queries
from motcua.agencies.enums import UnitKind
from motcua.agencies.errors import (
    AgenciesBelow,
    BadSuccessor,
    EndsBeforeItStarts,
    EndsInThePast,
    HasEnded,
    OnlyUnitOfItsKind,
    PostsLeft,
)
from motcua.agencies.models import Agency, Position, Unit
from motcua.agencies.queries.trees import valid
from motcua.agencies.rules.cards import AgencyCard, UnitCard
from motcua.agencies.services.editions import turn_page, wait_for_the_page
from motcua.agencies.services.positions import locked_unit
from motcua.audit import services as audit
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden
from motcua.law.services import rests_on
from motcua.worktime.rules import local

SAID = 5  # names are enough to see what is meant


def set_last_day(agency: Agency, last_day: date | None, successor_id: int | None = None) -> None:
    """Write the end into the row, which the caller saves; without one there is no successor either.

    The one way to it: an imported row and the page of administrators both end an agency here.
    Raises EndsBeforeItStarts.
    """
    if agency.valid_from and last_day and last_day < agency.valid_from:
        raise EndsBeforeItStarts()
    if last_day is None or successor_id is not None:
        agency.successor_id = successor_id
    agency.valid_to = last_day


@rests_on()
def planned_end(
    *, actor: Actor, at: datetime, agency_id: int, last_day: date, successor_id: int | None
) -> AgencyCard:
    """The agency, if it may end after that day as far as the tree goes; nothing is written.

    Raises Forbidden, UnknownAgency, HasEnded, EndsInThePast, EndsBeforeItStarts, BadSuccessor, AgenciesBelow.
    """
    if not policy.scope_of(actor, at).is_province:
        raise Forbidden()
    card, today = queries.agency(agency_id), local(at).date()
    if card.validity.end and card.validity.end < today:
        raise HasEnded()
    if last_day < today:
        raise EndsInThePast()
    if card.validity.start and last_day < card.validity.start:
        raise EndsBeforeItStarts()
    day_after = last_day + timedelta(days=1)
    if successor_id is not None:
        successor = queries.agency(successor_id)
        if (
            successor.id == card.id
            or successor.province != card.province
            or day_after not in successor.validity
        ):
            raise BadSuccessor(name=successor.name, day=day_after)
    left = [each.name for each in queries.below(agency_id, day_after) if each.id != successor_id]
    if left:
        raise AgenciesBelow(names="; ".join(left[:SAID]) + ("…" if len(left) > SAID else ""))
    return card


@rests_on()
@transaction.atomic
def end_agency(
    *, actor: Actor, at: datetime, agency_id: int, last_day: date, successor_id: int | None
) -> None:
    """Record the last day and who takes over. Raises what `planned_end` refuses.

    Basis: QN20-18, DL24-11.3.
    """
    wait_for_the_page()
    agency = Agency.objects.select_for_update(of=("self",), no_key=True).filter(id=agency_id).first()
    card = planned_end(actor=actor, at=at, agency_id=agency_id, last_day=last_day, successor_id=successor_id)
    assert agency is not None
    agency.successor_id = None
    set_last_day(agency, last_day, successor_id)
    agency.save()
    facts = {
        "name": card.name,
        "valid_to": str(last_day),
        "successor": successor_id or "",
        "successor_name": queries.agency(successor_id).name if successor_id else "",
    }
    audit.record_act(actor=actor, act="agency_ended", what=f"agency:{agency_id}", at=at, facts=facts)
    turn_page()


@rests_on()
@transaction.atomic
def keep_agency(*, actor: Actor, at: datetime, agency_id: int) -> None:
    """Take back a last day that is not over. Raises Forbidden, UnknownAgency, HasEnded."""
    if not policy.scope_of(actor, at).is_province:
        raise Forbidden()
    wait_for_the_page()
    card = queries.agency(agency_id)
    agency = Agency.objects.select_for_update(of=("self",), no_key=True).get(id=agency_id)
    if agency.valid_to is None or agency.valid_to < local(at).date():
        raise HasEnded()
    facts = {"name": card.name, "valid_to": str(agency.valid_to)}
    set_last_day(agency, None)
    agency.save()
    audit.record_act(actor=actor, act="agency_kept", what=f"agency:{agency_id}", at=at, facts=facts)
    turn_page()


@rests_on(policy.scope_of, policy.is_told)
def planned_unit_end(*, actor: Actor, at: datetime, unit_id: int, last_day: date) -> UnitCard:
    """The unit, if it may end after that day as far as agency and posts go; nothing is written.

    Raises Forbidden, UnknownUnit, HasEnded, EndsInThePast, OnlyUnitOfItsKind, PostsLeft.
    """
    card, today = queries.unit(unit_id), local(at).date()
    policy.must_administer(actor, card.agency_id, at)
    if card.ends and card.ends < today:
        raise HasEnded()
    if last_day < today:
        raise EndsInThePast()
    others = queries.agency(card.agency_id).offered_units
    if card.kind is not UnitKind.DIVISION or not any(
        each.kind is card.kind and each.id != unit_id for each in others
    ):
        raise OnlyUnitOfItsKind()
    held = Position.objects.filter(valid(last_day + timedelta(days=1)), unit_id=unit_id)
    later = Position.objects.filter(unit_id=unit_id, valid_from__gt=last_day)
    names = (held | later).order_by("account__sort_key").values_list("account__full_name", flat=True)
    left = list(dict.fromkeys(names[: 4 * SAID]))
    if left:
        raise PostsLeft(names="; ".join(left[:SAID]) + ("…" if len(left) > SAID else ""))
    return card


@rests_on(policy.scope_of, policy.is_told)
@transaction.atomic
def end_unit(*, actor: Actor, at: datetime, unit_id: int, last_day: date) -> None:
    """Record the last day; the unit is offered for nothing new. Raises what `planned_unit_end` refuses."""
    wait_for_the_page()
    locked_unit(unit_id)
    card = planned_unit_end(actor=actor, at=at, unit_id=unit_id, last_day=last_day)
    Unit.objects.filter(id=unit_id).update(valid_to=last_day)
    facts = {"name": card.name, "valid_to": str(last_day), "agency": card.agency_id}
    audit.record_act(actor=actor, act="unit_ended", what=f"unit:{unit_id}", at=at, facts=facts)
    turn_page()


@rests_on(policy.scope_of, policy.is_told)
@transaction.atomic
def keep_unit(*, actor: Actor, at: datetime, unit_id: int) -> None:
    """Take back the last day of a unit that is not over. Raises UnknownUnit, Forbidden, HasEnded."""
    wait_for_the_page()
    locked_unit(unit_id)
    card = queries.unit(unit_id)
    policy.must_administer(actor, card.agency_id, at)
    if card.ends is None or card.ends < local(at).date():
        raise HasEnded()
    Unit.objects.filter(id=unit_id).update(valid_to=None)
    facts = {"name": card.name, "valid_to": str(card.ends), "agency": card.agency_id}
    audit.record_act(actor=actor, act="unit_kept", what=f"unit:{unit_id}", at=at, facts=facts)
    turn_page()
