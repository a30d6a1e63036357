"""Posting: the message becomes part of the act it tells about."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from motcua.notify.enums import Delivery
from motcua.notify.rules import messages
from motcua.notify.rules.messages import MessageKind, Recipient

Statement = tuple[str, list[Any]]  # SQL and its parameters

# Written by hand because every act on a dossier runs it: `bulk_create` takes ten times the processor time.
# However many are told, it is the same statement, so the database prepares it once.
_INSERT = """
INSERT INTO notify_outboxmessage (
  key, channel, account_id, address, recipient_name, context, about, posted_at, next_try_at, state,
  settled_at, attempts, permanent, last_error
) SELECT %s::text, told.channel, told.account_id, told.address, COALESCE(
    NULLIF(told.recipient_name, ''),
    (SELECT left(known.full_name, 150) FROM accounts_account AS known WHERE known.id = told.account_id),
    ''
  ), %s::jsonb, %s::text, %s::timestamptz, %s::timestamptz, told.state, told.settled_at, 0, false, ''
FROM jsonb_to_recordset(%s::jsonb) AS told (
  channel text, account_id bigint, address text, recipient_name text, state text, settled_at timestamptz,
  on_request text
) WHERE told.on_request IS NULL OR EXISTS (
  SELECT FROM notify_mutedtopic AS chosen
  WHERE chosen.account_id = told.account_id AND chosen.topic = told.on_request AND chosen.is_wanted
)"""


def post(
    *,
    key: str,
    recipients: Sequence[Recipient],
    context: Mapping[str, str],
    about: str,
    at: datetime,
) -> int:
    """Put the message for every recipient into the outbox of the current transaction; answer how many rows.

    Nothing is rendered and nobody is contacted: if the act is rolled back, so is the message. A recipient
    whom no channel reaches gets no row, nor an officer an e-mail about which they did not ask to be told.
    Raises UnknownMessage for an unknown key.

    Basis: DL24-8.1.a#2, PT24-9.2.0#2
    """
    wanted = statement(key=key, recipients=recipients, context=context, about=about, at=at)
    if wanted is None:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(*wanted)
        return int(cursor.rowcount)


def statement(
    *,
    key: str,
    recipients: Sequence[Recipient],
    context: Mapping[str, str],
    about: str,
    at: datetime,
) -> Statement | None:
    """The INSERT of `post`, for a caller who sends it with its own; None if nobody is reached."""
    kind = messages.kind(key)
    told = [
        _addressed(channel, recipient) | _state(channel, at) | _condition(kind, channel)
        for recipient in recipients
        for channel in kind.channels
        if recipient.is_reached_by(channel)
    ]
    if not told:
        return None
    facts = json.dumps(dict(context), ensure_ascii=False)
    return _INSERT, [key, facts, about, at, at, json.dumps(told, ensure_ascii=False)]


def _addressed(channel: str, recipient: Recipient) -> dict[str, Any]:
    return {
        "channel": channel,
        "account_id": None if recipient.account_id is None else int(recipient.account_id),
        "address": "" if channel == messages.IN_APP else recipient.email or "",
        "recipient_name": recipient.name[:150],
    }


def _state(channel: str, at: datetime) -> dict[str, Any]:
    """An in-app message is delivered by being there; an e-mail waits."""
    if channel == messages.IN_APP:
        return {"state": Delivery.SENT.value, "settled_at": at.isoformat()}
    return {"state": Delivery.WAITING.value, "settled_at": None}


def _condition(kind: MessageKind, channel: str) -> dict[str, Any]:
    """The topic about which its reader must have asked for e-mails, or nothing is posted to them."""
    topic = kind.topic if channel == messages.EMAIL else None
    return {"on_request": topic.value if topic and topic.is_on_request else None}
