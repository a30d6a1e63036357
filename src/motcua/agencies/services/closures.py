"""Announcing that an agency is closed, and taking that back. `dossiers` adds whom it touches."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from motcua.agencies import policy, queries
from motcua.agencies.errors import (
    ClosesNothing,
    ClosureEndsBeforeItBegins,
    ClosureHasBegun,
    ClosureInThePast,
    ClosureOverlaps,
    ClosureReasonTooLong,
    ClosuresChanged,
    ClosureSourceTooLong,
    ClosureTooFarAhead,
    ClosureTooLong,
    ClosureWithoutReason,
    ClosureWithoutSource,
    UnknownAgency,
)
from motcua.agencies.models import Agency, LocalClosure
from motcua.agencies.rules.cards import ClosureCard, Post
from motcua.agencies.services.editions import turn_page, wait_for_the_page
from motcua.audit import services as audit
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden, NotFound
from motcua.kernel.text import visible_line
from motcua.law.services import rests_on
from motcua.worktime.rules import Closure, local

MOST_DAYS = 31
AHEAD_DAYS = 366
TEXT = 200


@dataclass(frozen=True, slots=True)
class ClosureWish:
    """A closure as it is asked for. `source` is the paper by which it was decided."""

    agency_id: int
    starts_at: datetime
    ends_at: datetime
    reason: str
    source: str


@rests_on(policy.closing)
def planned_closure(
    *, actor: Actor, at: datetime, wish: ClosureWish, posts: Collection[Post] | None = None
) -> Closure:
    """The closure as it would be announced; nothing is written. One of today begins at `at` at the earliest.

    `posts` are those that the actor holds, where the caller has read them.

    Each cause has a refusal of its own. Raises Forbidden, UnknownAgency, ClosureWithoutReason,
    ClosureReasonTooLong, ClosureWithoutSource, ClosureSourceTooLong, ClosureEndsBeforeItBegins,
    ClosureTooLong, ClosureInThePast, ClosureTooFarAhead, ClosureOverlaps, ClosesNothing.
    """
    if not policy.closing(actor, wish.agency_id, at, known=posts).may_close:
        raise Forbidden()
    reason = _said(wish)
    now = local(at).replace(second=0, microsecond=0)
    earliest = now if now == at else now + timedelta(minutes=1)
    closure = Closure(max(local(wish.starts_at), earliest), local(wish.ends_at), reason, at)
    if closure.ends_at <= closure.starts_at:
        raise ClosureInThePast()
    if closure.starts_at > at + timedelta(days=AHEAD_DAYS):
        raise ClosureTooFarAhead()
    if _overlapping(wish.agency_id, closure):
        raise ClosureOverlaps()
    calendar = queries.calendar_of(wish.agency_id, closure.starts_at.date())
    if not calendar.open_minutes(closure.starts_at, closure.ends_at):
        raise ClosesNothing()
    return closure


def _said(wish: ClosureWish) -> str:
    """The reason as it will stand there; refused by itself is what of the wish cannot be at any moment."""
    reason, source = visible_line(wish.reason), visible_line(wish.source)
    if not reason:
        raise ClosureWithoutReason()
    if len(reason) > TEXT:
        raise ClosureReasonTooLong(most=TEXT)
    if not source:
        raise ClosureWithoutSource()
    if len(source) > TEXT:
        raise ClosureSourceTooLong(most=TEXT)
    if wish.ends_at <= wish.starts_at:
        raise ClosureEndsBeforeItBegins()
    if wish.ends_at - wish.starts_at > timedelta(days=MOST_DAYS):
        raise ClosureTooLong(days=MOST_DAYS)
    return reason


@rests_on(policy.closing)
@transaction.atomic
def announce_closure(
    *, actor: Actor, at: datetime, wish: ClosureWish, seen: str, moved: int, in_vain: int
) -> ClosureCard:
    """Lay a closure over the agency's calendar. What was promised before stays promised (ADR 0018).

    `seen` is the mark of the closures (`queries.closures_mark`) that the preview was drawn with; `moved` and
    `in_vain` are what it showed. Raises ClosuresChanged, and what `planned_closure` refuses.
    """
    wait_for_the_page()
    # Not FOR UPDATE: a dossier that is accepted meanwhile refers to the agency and must not wait.
    if not Agency.objects.select_for_update(no_key=True).filter(id=wish.agency_id).exists():
        raise UnknownAgency()
    if not policy.may_close(actor, wish.agency_id, at):
        raise Forbidden()
    if queries.closures_mark(wish.agency_id) != seen:
        raise ClosuresChanged()
    closure = planned_closure(actor=actor, at=at, wish=wish)
    try:
        with transaction.atomic():
            row = LocalClosure.objects.create(
                agency_id=wish.agency_id,
                starts_at=closure.starts_at,
                ends_at=closure.ends_at,
                reason=closure.reason,
                source=visible_line(wish.source),
                announced_by=actor.name[:200],
                announced_at=at,
                moved=moved,
                in_vain=in_vain,
            )
    except IntegrityError:  # the database has the last word
        raise ClosureOverlaps() from None
    _record(actor, "closure_announced", row, at, {"moved": moved, "in_vain": in_vain})
    return _card(row.pk)


@rests_on(policy.closing)
@transaction.atomic
def withdraw_closure(*, actor: Actor, at: datetime, closure_id: int) -> ClosureCard:
    """Take back a closure that has not begun. Dates promised meanwhile stay. Raises NotFound, Forbidden,
    ClosureHasBegun."""
    wait_for_the_page()
    row = LocalClosure.objects.select_for_update().filter(id=closure_id).first()
    if row is None:
        raise NotFound()
    if not policy.may_close(actor, row.agency_id, at):
        raise Forbidden()
    if row.withdrawn_at is not None or row.starts_at <= at:
        raise ClosureHasBegun()
    row.withdrawn_at, row.withdrawn_by = at, actor.name[:200]
    row.save(update_fields=["withdrawn_at", "withdrawn_by"])
    _record(actor, "closure_withdrawn", row, at, {})
    return _card(row.pk)


def closure_to_tell(*, closure_id: int, is_withdrawn: bool, at: datetime) -> ClosureCard | None:
    """Take it on, within the current transaction, to tell applicants of a closure or its withdrawal.

    None if that was done already, or if there is nothing to tell any more.
    """
    row = LocalClosure.objects.select_for_update().filter(id=closure_id).first()
    mark = "untold_at" if is_withdrawn else "told_at"
    if row is None or row.ends_at <= at:  # over: nobody is told afterwards
        return None
    if getattr(row, mark) is not None or (row.withdrawn_at is not None) != is_withdrawn:
        return None
    setattr(row, mark, at)
    row.save(update_fields=[mark])
    return None if is_withdrawn and row.told_at is None else _card(row.pk)


def _overlapping(agency_id: int, closure: Closure) -> bool:
    rows = LocalClosure.objects.filter(agency_id=agency_id, withdrawn_at__isnull=True)
    return rows.filter(starts_at__lt=closure.ends_at, ends_at__gt=closure.starts_at).exists()


def _card(closure_id: int) -> ClosureCard:
    card = queries.closure(closure_id)
    assert card is not None
    return card


def _record(actor: Actor, act: str, row: LocalClosure, at: datetime, facts: dict[str, Any]) -> None:
    given = {
        "name": queries.agency(row.agency_id).name,
        "closure": row.pk,
        "from": str(local(row.starts_at).date()),
        "to": str(local(row.ends_at - timedelta(minutes=1)).date()),
        "starts_at": local(row.starts_at).isoformat(),
        "ends_at": local(row.ends_at).isoformat(),
        "reason": row.reason,
        "source": row.source,
    }
    audit.record_act(actor=actor, act=act, what=f"agency:{row.agency_id}", at=at, facts=given | facts)
    turn_page()
