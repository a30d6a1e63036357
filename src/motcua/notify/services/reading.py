"""Marking messages as read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden, NotFound
from motcua.notify.enums import Channel
from motcua.notify.models import OutboxMessage
from motcua.notify.services.posting import Statement

# Written by hand because acts on a dossier send it with their own. What the act itself posts is newer.
_READ = """
UPDATE notify_outboxmessage SET read_at = %s::timestamptz
WHERE about = %s::text AND channel = 'in_app' AND read_at IS NULL AND starts_with(key, 'desk.')
  AND posted_at < %s::timestamptz"""
_READ_BY = f"{_READ} AND account_id = ANY(%s::bigint[])"


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


def read_statement(*, about: str, accounts: Sequence[str] | None, at: datetime) -> Statement:
    """The UPDATE by which word among officers about a matter is read that was posted before `at`: by these
    accounts, or by all (None). For a caller who sends it with its own."""
    if accounts is None:
        return _READ, [at, about, at]
    return _READ_BY, [at, about, at, list(accounts)]
