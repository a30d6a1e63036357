"""Recording who is away and who stands in."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from motcua.agencies import policy
from motcua.agencies.enums import Role
from motcua.agencies.errors import AbsenceOverlaps, BadAbsence, SubstituteUnknown
from motcua.agencies.models import Absence, Unit
from motcua.agencies.queries import colleagues_of, positions_of
from motcua.agencies.rules.cards import Officer
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden, NotFound

MOST_DAYS = 366


def record_absence(
    *,
    actor: Actor,
    at: datetime,
    account_id: int,
    substitute_id: int,
    first_day: date,
    last_day: date,
    reason: str,
) -> int:
    """Note that an officer is away and that a colleague of the same agency acts in their place; the id.

    Raises Forbidden, BadAbsence, SubstituteUnknown, AbsenceOverlaps.
    """
    today = at.date()
    if not reason.strip() or not today <= last_day or not 0 <= (last_day - first_day).days < MOST_DAYS:
        raise BadAbsence()
    officers = _answers_for(actor, account_id, today)
    substitutes = {each.account_id for each in officers if each.account_id != account_id}
    if substitute_id not in substitutes:
        raise SubstituteUnknown()
    try:
        with transaction.atomic():
            row = Absence.objects.create(
                account_id=account_id,
                substitute_id=substitute_id,
                first_day=first_day,
                last_day=last_day,
                reason=reason.strip()[:500],
                recorded_by=actor.name,
                recorded_at=at,
            )
    except IntegrityError:
        raise AbsenceOverlaps() from None
    return row.pk


@transaction.atomic
def end_absence(*, actor: Actor, at: datetime, absence_id: int) -> None:
    """The officer is back: from today on nobody stands in any more. Raises Forbidden, NotFound."""
    row = Absence.objects.select_for_update().filter(id=absence_id, ended_on__isnull=True).first()
    if row is None:
        raise NotFound()
    _answers_for(actor, row.account_id, at.date())
    row.ended_on = at.date()
    row.save(update_fields=["ended_on"])


def _answers_for(actor: Actor, account_id: int, on: date) -> tuple[Officer, ...]:
    """The officers of the agencies in which the actor answers for the account. Raises Forbidden."""
    if not actor.is_officer:
        raise Forbidden()
    posts = positions_of(int(actor.id), on)
    officers = colleagues_of({post.agency_id for post in posts}, on)
    agency_of = dict(Unit.objects.filter(id__in={o.unit_id for o in officers}).values_list("id", "agency_id"))
    theirs = [each for each in officers if each.account_id == account_id]
    if not policy.may_record_absence(posts, theirs, agency_of):
        raise Forbidden()
    return officers


def answered_for(*, actor: Actor, on: date) -> tuple[Officer, ...]:
    """The officers whose absence the actor may record, in Vietnamese order, each once."""
    posts = positions_of(int(actor.id), on) if actor.is_officer else frozenset()
    heads = {post.agency_id for post in posts if not post.for_id and post.role is not Role.ADMIN}
    officers = colleagues_of(heads, on)
    agency_of = dict(Unit.objects.filter(id__in={o.unit_id for o in officers}).values_list("id", "agency_id"))
    found: dict[int, Officer] = {}
    for officer in officers:
        if policy.may_record_absence(posts, [officer], agency_of):
            found.setdefault(officer.account_id, officer)
    return tuple(found.values())
