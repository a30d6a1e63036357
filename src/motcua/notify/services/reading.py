"""Marking messages as read."""

from __future__ import annotations

from datetime import datetime

from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden, NotFound
from motcua.notify.enums import Channel
from motcua.notify.models import OutboxMessage


def mark_read(*, actor: Actor, message_id: int, at: datetime) -> None:
    """The actor has opened their message; the first time counts.

    Raises NotFound, also for somebody else's message.
    """
    if not actor.id.isdigit():
        raise NotFound
    own = OutboxMessage.objects.filter(pk=message_id, channel=Channel.IN_APP, account_id=int(actor.id))
    if not own.filter(read_at__isnull=True).update(read_at=at) and not own.exists():
        raise NotFound


def mark_all_read(*, actor: Actor, newest: int, at: datetime) -> int:
    """All messages of the actor up to `newest` are read; how many were not.

    `newest` is the last one that there was when the actor's page was made: what came
    after it stays unread. Raises Forbidden for an actor without an account.
    """
    if not actor.id.isdigit():
        raise Forbidden
    own = OutboxMessage.objects.filter(channel=Channel.IN_APP, account_id=int(actor.id))
    return own.filter(read_at__isnull=True, pk__lte=newest).update(read_at=at)
