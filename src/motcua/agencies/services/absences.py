"""Recording who is away and who stands in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from motcua.agencies import policy
from motcua.agencies.enums import Role
from motcua.agencies.errors import (
    AbsenceEndsFirst,
    AbsenceIsOver,
    AbsenceOverlaps,
    AbsenceTooLong,
    AbsenceUnexplained,
    OwnSubstitute,
    StandsInForOthers,
    SubstituteAway,
    SubstituteDoesNotLead,
    SubstituteIsAbsent,
    SubstituteOfAnotherUnit,
    SubstituteUnknown,
)
from motcua.agencies.models import Absence, Position, Unit
from motcua.agencies.queries import colleagues_of, positions_of
from motcua.agencies.rules.cards import Officer, Post
from motcua.agencies.rules.standing_in import LEADERS_DECIDE, Authority, may_stand_in
from motcua.agencies.services.telling import tell_of_absence
from motcua.audit import services as audit
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden, NotFound
from motcua.kernel.text import visible
from motcua.law import queries as law
from motcua.law.errors import NoRegulation
from motcua.law.services import rests_on
from motcua.worktime.rules import local

MOST_DAYS = 366


@rests_on(policy.charge_of)
def record_absence(
    *,
    actor: Actor,
    at: datetime,
    account_id: int,
    substitute_id: int,
    first_day: date,
    last_day: date,
    reason: str,
    leaves_others: bool = False,
    authority: Authority | None = None,
) -> int:
    """Note that an officer is away and that a colleague of the same agency acts in their place; the id.

    The colleague gets the posts that the actor answers for at agencies where both of them work, no others.
    Both are told, but for whoever records it.
    Nobody stands in for another while away. `leaves_others`: the actor knows for whom the officer stands in
    on these days, who then have nobody until another substitute is recorded. `authority` is the paper by
    which a leader authorised the head of a unit to stand in.

    Raises Forbidden, AbsenceUnexplained, AbsenceEndsFirst, AbsenceIsOver, AbsenceTooLong, SubstituteIsAbsent,
    SubstituteUnknown, AuthorityUnnumbered, AuthorityUndated, SubstituteDoesNotLead, SubstituteOfAnotherUnit,
    OwnSubstitute, SubstituteAway, StandsInForOthers, AbsenceOverlaps.
    """
    today = local(at).date()
    if last_day < first_day:
        raise AbsenceEndsFirst()
    if last_day < today:
        raise AbsenceIsOver()
    if (last_day - first_day).days >= MOST_DAYS:
        raise AbsenceTooLong(most=MOST_DAYS)
    if not visible(reason):
        raise AbsenceUnexplained()
    if substitute_id == account_id:
        raise SubstituteIsAbsent()
    charged = _charged(actor, today)
    theirs = charged.of(account_id)
    where = {charged.agency_of[each.unit_id] for each in theirs if charged.covers(each)}
    if not where:
        raise Forbidden()
    where &= {charged.agency_of[each.unit_id] for each in charged.of(substitute_id)}
    if not where:
        raise SubstituteUnknown()
    if str(substitute_id) == actor.id and not all(map(charged.covers, theirs)):
        raise OwnSubstitute()
    paper = authority.in_words(today) if authority else ""
    _must_be_able(charged, account_id, substitute_id, where, today, is_authorised=bool(paper))
    charge = policy.charge_of([post for post in charged.posts if post.agency_id in where])
    try:
        with transaction.atomic():
            _lock({account_id, substitute_id})
            _must_be_there(substitute_id, first_day, last_day)
            if not leaves_others:
                _must_stand_in_for_nobody(account_id, theirs[0].full_name, first_day, last_day)
            row = Absence.objects.create(
                account_id=account_id,
                substitute_id=substitute_id,
                first_day=first_day,
                last_day=last_day,
                reason=visible(reason)[:500],
                recorded_by=actor.name,
                recorded_at=at,
                agency_ids=sorted(charge.agency_ids),
                unit_ids=sorted(charge.unit_ids),
                authority=paper,
            )
            facts = {
                "name": theirs[0].full_name,
                "substitute": charged.of(substitute_id)[0].full_name,
                "substitute_id": substitute_id,
                "from": str(first_day),
                "to": str(last_day),
                "agencies": row.agency_ids,
                "units": row.unit_ids,
            } | ({"authority": row.authority} if row.authority else {})
            tell_of_absence(actor, at, row, "desk.absence_recorded")
            _record(actor, "absence_recorded", account_id, at, facts)
    except IntegrityError:
        raise AbsenceOverlaps() from None
    return row.pk


@rests_on(policy.charge_of)
@transaction.atomic
def end_absence(*, actor: Actor, at: datetime, absence_id: int) -> bool:
    """The officer is back: from today on nobody stands in any more; both are told, but for whoever records
    it. Whether it had begun.

    Raises Forbidden, NotFound.
    """
    row = Absence.objects.select_for_update().filter(id=absence_id, ended_on__isnull=True).first()
    if row is None or row.last_day < local(at).date():  # over: nobody stands in any more
        raise NotFound()
    charged = _charged(actor, local(at).date())
    theirs = charged.of(row.account_id)
    if not any(map(charged.covers, theirs)):
        raise Forbidden()
    row.ended_on = local(at).date()
    row.save(update_fields=["ended_on"])
    facts = {"name": theirs[0].full_name, "from": str(row.first_day), "to": str(row.last_day)}
    has_begun = row.first_day <= row.ended_on
    tell_of_absence(actor, at, row, "desk.absence_ended", has_begun=has_begun)
    _record(actor, "absence_ended" if has_begun else "absence_cancelled", row.account_id, at, facts)
    return has_begun


def answered_for(*, actor: Actor, on: date) -> tuple[Officer, ...]:
    """The officers whose absence the actor may record, in Vietnamese order, each once."""
    if not actor.is_officer:
        return ()
    charged = _charged(actor, on)
    found: dict[int, Officer] = {}
    for officer in filter(charged.covers, charged.officers):
        found.setdefault(officer.account_id, officer)
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class _Charged:
    """The actor's posts, and the officers of the agencies where they are, once for each post."""

    posts: frozenset[Post]
    officers: tuple[Officer, ...]
    agency_of: Mapping[int, int]

    def of(self, account_id: int) -> list[Officer]:
        return [each for each in self.officers if each.account_id == account_id]

    def posts_of(self, account_id: int) -> list[Post]:
        """The same as posts."""
        return [Post(each.unit_id, self.agency_of[each.unit_id], each.role) for each in self.of(account_id)]

    def covers(self, officer: Officer) -> bool:
        return policy.charge_of(self.posts).covers(officer, self.agency_of.get(officer.unit_id))


def _charged(actor: Actor, on: date) -> _Charged:
    """Raises Forbidden for who is no officer."""
    if not actor.is_officer:
        raise Forbidden()
    posts = frozenset(post for post in positions_of(int(actor.id), on) if not post.for_id)
    officers = colleagues_of({post.agency_id for post in posts}, on)
    units = Unit.objects.filter(id__in={each.unit_id for each in officers})
    return _Charged(posts, officers, dict(units.values_list("id", "agency_id")))


def _must_be_able(
    charged: _Charged,
    account_id: int,
    substitute_id: int,
    where: set[int],
    on: date,
    *,
    is_authorised: bool,
) -> None:
    """Raises SubstituteDoesNotLead or SubstituteOfAnotherUnit where a post that is handed on cannot pass."""
    own = charged.posts_of(substitute_id)
    for officer, post in zip(charged.of(account_id), charged.posts_of(account_id), strict=True):
        if post.agency_id not in where or not charged.covers(officer):
            continue
        if may_stand_in(post, own, is_authorised=is_authorised):
            continue
        if post.role is Role.APPROVER:
            raise SubstituteDoesNotLead(clauses=_clauses_of_leaders(on))
        raise SubstituteOfAnotherUnit()


def _clauses_of_leaders(on: date) -> tuple[str, ...]:
    """Where the regulation of the day has the leader decide; none where none is in force."""
    try:
        name = law.regulation_in_force(settings.PROVINCE, on).short_name
    except NoRegulation:
        return ()
    return tuple(clause for clause in LEADERS_DECIDE if clause.startswith(f"{name}-"))


def _lock(account_ids: set[int]) -> None:
    """Two records that name the same officer come one after the other, else each could miss the other's."""
    posts = Position.objects.select_for_update(no_key=True).filter(account_id__in=account_ids)
    list(posts.order_by("id").values_list("id"))


def _must_be_there(substitute_id: int, first_day: date, last_day: date) -> None:
    away = _within(first_day, last_day).filter(account_id=substitute_id).select_related("account").first()
    if away is not None:
        raise SubstituteAway(name=away.account.full_name, days=_days(away))


def _must_stand_in_for_nobody(account_id: int, name: str, first_day: date, last_day: date) -> None:
    others = _within(first_day, last_day).filter(substitute_id=account_id).select_related("account")
    whom = "; ".join(f"{each.account.full_name} ({_days(each)})" for each in others)
    if whom:
        raise StandsInForOthers(name=name, whom=whom)


def _within(first_day: date, last_day: date) -> QuerySet[Absence]:
    """Absences that still hold on one of these days, the earliest first."""
    return Absence.objects.filter(
        first_day__lte=last_day, last_day__gte=first_day, ended_on__isnull=True
    ).order_by("first_day", "id")


def _days(row: Absence) -> str:
    return f"{row.first_day:%d/%m/%Y} – {row.last_day:%d/%m/%Y}"


def _record(actor: Actor, act: str, account_id: int, at: datetime, facts: dict[str, Any]) -> None:
    # The reason stays out of the chain, which keeps everything for ever: an illness is not for ever.
    audit.record_act(actor=actor, act=act, what=f"account:{account_id}", at=at, facts=facts)
