"""A planned stop of the system: what is recorded of it. The switch itself is a file (`theme.stops`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from motcua.accounts import policy
from motcua.audit import services as audit
from motcua.kernel.actors import Actor
from motcua.kernel.errors import NotFound
from motcua.kernel.text import visible
from motcua.law.services import rests_on
from motcua.notify.enums import NoticeKind
from motcua.notify.errors import StopEndsTooEarly, StopWithoutReason
from motcua.notify.models import PublicNotice
from motcua.notify.services.noticing import end_notice


@dataclass(frozen=True, slots=True)
class StopEntry:
    """A planned stop: until when, and why, in the words that people read."""

    until: datetime
    reason: str
    reason_english: str = ""
    notice_id: int | None = None  # the notice that told of it beforehand


def stop_of_notice(notice_id: int, *, at: datetime) -> StopEntry:
    """The stop that a notice told of, in its words. Raises NotFound for news, and if it is over."""
    row = PublicNotice.objects.filter(pk=notice_id, kind=NoticeKind.STOP, shown_to__gt=at).first()
    if row is None:
        raise NotFound
    return StopEntry(row.shown_to, row.body, row.body_english, row.pk)


@rests_on()
@transaction.atomic
def begin_stop(*, actor: Actor, at: datetime, stop: StopEntry) -> None:
    """Record that the system stops as planned.

    Raises Forbidden unless the actor administers the province; StopEndsTooEarly, StopWithoutReason.

    Basis: DL24-5.4, KT22-4.2#1.
    """
    policy.must_administer(actor)
    check_stop(stop, at)
    audit.record_act(actor=actor, act="stop_began", what="system", at=at, facts=_facts(stop))


def check_stop(stop: StopEntry, at: datetime) -> None:
    """Raises StopEndsTooEarly, StopWithoutReason."""
    if not visible(stop.reason):
        raise StopWithoutReason
    if stop.until <= at:
        raise StopEndsTooEarly


@rests_on(begin_stop)
@transaction.atomic
def end_stop(*, actor: Actor, at: datetime, stop: StopEntry, began_at: datetime, was_recorded: bool) -> None:
    """Record that the system works again; the notice that told of the stop is over too.

    A stop that began while the database was away is recorded now, with its own beginning. Raises Forbidden.
    """
    policy.must_administer(actor)
    facts = _facts(stop) | {"began_at": began_at.isoformat()}
    if not was_recorded:
        audit.record_act(actor=actor, act="stop_began", what="system", at=at, facts=facts)
    audit.record_act(actor=actor, act="stop_ended", what="system", at=at, facts=facts)
    if (
        stop.notice_id is not None
        and PublicNotice.objects.filter(pk=stop.notice_id, shown_to__gt=at).exists()
    ):
        end_notice(actor=actor, at=at, notice_id=stop.notice_id)


def _facts(stop: StopEntry) -> dict[str, str]:
    told = {"until": stop.until.isoformat(), "reason": stop.reason}
    return told if stop.notice_id is None else told | {"notice": str(stop.notice_id)}
