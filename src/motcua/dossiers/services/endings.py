"""Ending an agency or a unit: what hangs on it is shown first, and nobody is left without an agency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from motcua.agencies import queries as agencies
from motcua.agencies import services as agency_services
from motcua.agencies.enums import AgencyLevel
from motcua.agencies.rules.cards import AgencyCard, UnitCard
from motcua.catalogue import queries as catalogue
from motcua.dossiers.queries import endings
from motcua.dossiers.rules.ending import Hanging, agency_refusals, unit_refusals
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden, NotFound, Refusal


@dataclass(frozen=True, slots=True)
class EndPlan:
    """What an end would find, before it is recorded; `refusals` say why it cannot be. Empty: it can."""

    last_day: date
    hanging: Hanging
    refusals: tuple[Refusal, ...]


def plan_end_of_agency(
    *, actor: Actor, at: datetime, agency_id: int, last_day: date, successor_id: int | None
) -> EndPlan:
    """The preview: nothing is written. Raises Forbidden, UnknownAgency."""
    refusals: list[Refusal] = []
    try:
        agency_services.planned_end(
            actor=actor, at=at, agency_id=agency_id, last_day=last_day, successor_id=successor_id
        )
    except (Forbidden, NotFound):
        raise
    except Refusal as refusal:
        refusals.append(refusal)
    card = agencies.agency(agency_id)
    hanging = _of_agency(card, last_day, successor_id)
    is_commune = card.level is AgencyLevel.COMMUNE
    refusals += agency_refusals(hanging, has_successor=successor_id is not None, is_commune=is_commune)
    return EndPlan(last_day, hanging, tuple(refusals))


@transaction.atomic
def end_agency(
    *, actor: Actor, at: datetime, agency_id: int, last_day: date, successor_id: int | None
) -> None:
    """Record the last day, if nobody is left without an agency. Open dossiers are settled where they are.

    Raises the first refusal of the preview, Forbidden, UnknownAgency.

    Basis: QN20-18, DL24-11.3.
    """
    plan = plan_end_of_agency(
        actor=actor, at=at, agency_id=agency_id, last_day=last_day, successor_id=successor_id
    )
    for refusal in plan.refusals:
        raise refusal
    agency_services.end_agency(
        actor=actor, at=at, agency_id=agency_id, last_day=last_day, successor_id=successor_id
    )


def plan_end_of_unit(*, actor: Actor, at: datetime, unit_id: int, last_day: date) -> EndPlan:
    """The preview: nothing is written. Raises Forbidden, UnknownUnit."""
    refusals: list[Refusal] = []
    try:
        agency_services.planned_unit_end(actor=actor, at=at, unit_id=unit_id, last_day=last_day)
    except (Forbidden, NotFound):
        raise
    except Refusal as refusal:
        refusals.append(refusal)
    hanging = _of_unit(agencies.unit(unit_id), last_day)
    return EndPlan(last_day, hanging, (*refusals, *unit_refusals(hanging)))


@transaction.atomic
def end_unit(*, actor: Actor, at: datetime, unit_id: int, last_day: date) -> None:
    """Record the last day of a unit on which nothing hangs. Raises the first refusal of the preview."""
    plan = plan_end_of_unit(actor=actor, at=at, unit_id=unit_id, last_day=last_day)
    for refusal in plan.refusals:
        raise refusal
    agency_services.end_unit(actor=actor, at=at, unit_id=unit_id, last_day=last_day)


def _of_agency(card: AgencyCard, last_day: date, successor_id: int | None) -> Hanging:
    dossiers = endings.open_dossiers(card.id)
    tasks = endings.open_tasks([unit.id for unit in card.units])
    day_after = last_day + timedelta(days=1)
    settled = catalogue.settled_after(card.id, successor_id=successor_id, from_day=day_after)
    return Hanging(
        dossiers=dossiers,
        tasks=tasks,
        posts=_posts_after(card.id, last_day),
        procedures=len(settled),
        unsettled=tuple(code for code, goes_on in settled if not goes_on),
    )


def _of_unit(card: UnitCard, last_day: date) -> Hanging:
    return Hanging(
        dossiers=endings.going_by(card.agency_id, card.id),
        tasks=endings.open_tasks([card.id]),
        posts=_posts_after(card.agency_id, last_day, unit_id=card.id),
        procedures=catalogue.count_settled(card.agency_id, unit_id=card.id),
    )


def _posts_after(agency_id: int, last_day: date, *, unit_id: int | None = None) -> int:
    held = agencies.holdings(agency_id=agency_id)
    return sum(
        (each.days.end is None or each.days.end > last_day) and unit_id in (None, each.unit_id)
        for each in held
    )
