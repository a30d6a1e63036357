"""Sending once more what was given up."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.accounts import policy
from motcua.audit import services as audit
from motcua.kernel.actors import Actor
from motcua.kernel.errors import NotFound
from motcua.notify.enums import Delivery
from motcua.notify.models import OutboxMessage
from motcua.notify.rules import messages


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
