"""Sending once more what was given up, and sooner what waits for its next try."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app

from motcua.accounts import policy
from motcua.audit import services as audit
from motcua.kernel.actors import Actor
from motcua.kernel.errors import NotFound
from motcua.notify.enums import Delivery
from motcua.notify.models import OutboxMessage
from motcua.notify.rules import messages

TASK = "notify.send_waiting"
PIECE = 200


def send_again(*, actor: Actor, message_id: int, at: datetime) -> None:
    """Put a failed message back in line, for example after the mail server's settings were mended.

    Raises Forbidden unless the actor administers, NotFound if there is no such failed message.
    Codes are never sent again: they have been wiped.
    """
    policy.must_administer(actor)
    with transaction.atomic():
        row = (
            OutboxMessage.objects.select_for_update(of=("self",))
            .filter(pk=message_id, state=Delivery.FAILED)
            .first()
        )
        if row is None or messages.kind(row.key).is_secret:
            raise NotFound
        row.state, row.next_try_at, row.attempts = Delivery.WAITING, at, 0
        row.settled_at, row.permanent = None, False
        row.save(update_fields=["state", "next_try_at", "attempts", "settled_at", "permanent"])
        audit.record_act(actor=actor, act="message_sent_again", what=f"message:{row.pk}", at=at)


def send_now(*, actor: Actor, message_id: int, at: datetime) -> None:
    """Try a message at once that would be tried later, for example because the mail server is back.

    It keeps the number of its tries: one more failure is followed by the pause that was due anyway. Raises
    Forbidden unless the actor administers, NotFound if no such message waits.
    """
    policy.must_administer(actor)
    with transaction.atomic():
        row = (
            OutboxMessage.objects.select_for_update(of=("self",))
            .filter(pk=message_id, state=Delivery.WAITING)
            .first()
        )
        if row is None:
            raise NotFound
        if row.next_try_at <= at:  # its turn has come anyway
            return
        row.next_try_at = at
        row.save(update_fields=["next_try_at"])
        audit.record_act(actor=actor, act="message_sent_now", what=f"message:{row.pk}", at=at)


def send_all_now(*, actor: Actor, at: datetime) -> None:
    """Have a job try at once whatever waits for a later try. Raises Forbidden unless the actor administers.

    Who asks twice has it done twice, which does no harm: what was tried already waits no more.
    """
    policy.must_administer(actor)
    with transaction.atomic():
        audit.record_act(actor=actor, act="messages_sent_now", what="outbox", at=at)
        app.configure_task(TASK).defer(until=at.isoformat())


def bring_forward(*, until: datetime, at: datetime) -> int:
    """Give the next of what waited at `until` for a later try its turn at `at`; how many, 0 at the end.

    A portion a call, each in a transaction of its own, so that workers that deliver need not wait. What was
    posted or has failed again since `until` keeps its own time.
    """
    with transaction.atomic():
        rows = OutboxMessage.objects.select_for_update(skip_locked=True, of=("self",)).filter(
            state=Delivery.WAITING, next_try_at__gt=at, posted_at__lte=until
        )
        ids = list(rows.order_by("next_try_at").values_list("pk", flat=True)[:PIECE])
        OutboxMessage.objects.filter(pk__in=ids).update(next_try_at=at)
        return len(ids)
