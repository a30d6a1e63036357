"""Opening hours of an agency's own, published from a day on. Holidays stay data (`queries.calendars`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from motcua.agencies import policy, queries
from motcua.agencies.errors import (
    HoursAhead,
    HoursHaveBegun,
    HoursSourceTooLong,
    HoursTooEarly,
    HoursWithoutSource,
    NoHours,
    NotTheNewestHours,
    UnknownAgency,
)
from motcua.agencies.models import Agency, WorkingCalendar
from motcua.agencies.services.editions import turn_page, wait_for_the_page
from motcua.audit import services as audit
from motcua.kernel.actors import Actor
from motcua.kernel.errors import NotFound
from motcua.kernel.text import visible_line
from motcua.law.services import rests_on
from motcua.worktime.rules import Hours, NewHours, local

AHEAD_DAYS = 366
TEXT = 200


@dataclass(frozen=True, slots=True)
class HoursWish:
    """Opening hours as they are asked for, Monday first. `source` is the paper by which they were decided."""

    agency_id: int
    first_day: date
    days: tuple[Hours, ...]
    source: str


@rests_on()
def planned_hours(*, actor: Actor, at: datetime, wish: HoursWish) -> NewHours:
    """The hours as they would be published; nothing is written.

    Raises Forbidden, NoHours, HoursWithoutSource, HoursSourceTooLong, HoursTooEarly, HoursAhead.

    Basis: DL24-8.1.c#2, PT24-9.2.c#2.
    """
    policy.must_administer(actor, wish.agency_id, at)
    if len(wish.days) != 7 or not any(wish.days):
        raise NoHours()
    if not _source(wish):
        raise HoursWithoutSource()
    if len(_source(wish)) > TEXT:
        raise HoursSourceTooLong(most=TEXT)
    today = local(at).date()
    if not today < wish.first_day <= today + timedelta(days=AHEAD_DAYS):
        raise HoursTooEarly()
    last = (
        WorkingCalendar.objects.filter(agency_id=wish.agency_id, valid_from__gte=wish.first_day)
        .order_by("-valid_from")
        .first()
    )
    if last is not None and last.valid_from is not None:
        raise HoursAhead(day=last.valid_from)
    return NewHours(wish.first_day, wish.days)


@rests_on()
@transaction.atomic
def publish_hours(*, actor: Actor, at: datetime, wish: HoursWish) -> int:
    """Publish hours from a day on; those before them end the day before. What was promised stays promised.

    Agencies below without hours of their own follow. Raises UnknownAgency and what `planned_hours` refuses.

    Basis: DL24-8.1.c#2, PT24-9.2.c#2 (office hours of the agency; the texts leave the hours to the agency).
    """
    wait_for_the_page()
    if not Agency.objects.select_for_update(no_key=True).filter(id=wish.agency_id).exists():
        raise UnknownAgency()
    new = planned_hours(actor=actor, at=at, wish=wish)
    card = queries.agency(wish.agency_id)
    before = WorkingCalendar.objects.filter(agency_id=wish.agency_id, valid_to__isnull=True).first()
    body: dict[str, Any] = {
        "name": f"Giờ làm việc của {card.name}"[:TEXT],
        "weeks": [new.week.to_json()],
        "source": _source(wish),
        "mark": "found",
    }
    if before is not None:
        if "local_days" in before.body:  # days of its own that no data file has
            body["local_days"] = before.body["local_days"]
        before.valid_to = wish.first_day - timedelta(days=1)
        before.save(update_fields=["valid_to"])
    row = WorkingCalendar.objects.create(
        agency_id=wish.agency_id,
        name=body["name"],
        body=body,
        valid_from=wish.first_day,
        published_at=at,
        published_by=actor.name[:TEXT],
    )
    _record(actor, "hours_published", row, at)
    return row.pk


@rests_on(publish_hours)
@transaction.atomic
def withdraw_hours(*, actor: Actor, at: datetime, calendar_id: int) -> int:
    """Take back hours that do not hold yet; those before them go on. The agency's id.

    Raises NotFound, Forbidden, HoursHaveBegun, NotTheNewestHours.
    """
    found = WorkingCalendar.objects.filter(id=calendar_id).values_list("agency_id", flat=True).first()
    if found is None:
        raise NotFound()
    policy.must_administer(actor, found, at)
    wait_for_the_page()
    Agency.objects.select_for_update(no_key=True).get(id=found)
    row = WorkingCalendar.objects.filter(id=calendar_id).first()
    if row is None:
        raise NotFound()
    if row.valid_from is None or row.valid_from <= local(at).date():
        raise HoursHaveBegun()
    if row.valid_to is not None:
        raise NotTheNewestHours()
    eve = row.valid_from - timedelta(days=1)
    _record(actor, "hours_withdrawn", row, at)
    row.delete()
    WorkingCalendar.objects.filter(agency_id=found, valid_to=eve).update(valid_to=None)
    return int(found)


def _source(wish: HoursWish) -> str:
    return visible_line(wish.source)


def _record(actor: Actor, act: str, row: WorkingCalendar, at: datetime) -> None:
    facts = {
        "name": queries.agency(row.agency_id).name,
        "calendar": row.pk,
        "from": str(row.valid_from),
        "source": row.body.get("source", ""),
        "hours": row.body["weeks"][-1],
    }
    audit.record_act(actor=actor, act=act, what=f"agency:{row.agency_id}", at=at, facts=facts)
    turn_page()
