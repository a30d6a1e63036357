"""Posting: the message becomes part of the act it tells about."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from motcua.notify.enums import Delivery
from motcua.notify.rules import messages
from motcua.notify.rules.messages import Recipient

Statement = tuple[str, list[Any]]  # SQL and its parameters

# Written by hand because every act on a dossier runs it: `bulk_create` takes ten times the processor time.
_INSERT = """
INSERT INTO notify_outboxmessage (
  key, channel, account_id, address, recipient_name, context, about, posted_at, next_try_at, state,
  settled_at, attempts, permanent, last_error
) """
_COLUMNS = """%s, %s, %s::bigint, %s, %s, %s::jsonb, %s, %s::timestamptz, %s::timestamptz, %s,
  %s::timestamptz, 0, false, ''"""
_ROW = f"({_COLUMNS})"
# A row that comes only if its reader has asked for e-mails of the topic: nothing is posted for all others.
_WANTED = "SELECT FROM notify_mutedtopic WHERE account_id = %s::bigint AND topic = %s AND is_wanted"
_IF_WANTED = f"SELECT {_COLUMNS} WHERE EXISTS ({_WANTED})"


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
    facts = json.dumps(dict(context), ensure_ascii=False)
    rows: list[Any] = []
    wanted: list[Any] = []
    for recipient in recipients:
        for channel in kind.channels:
            if not recipient.is_reached_by(channel):
                continue
            row = (key, *_addressed(channel, recipient), facts, about, at, at, *_state(channel, at))
            if channel == messages.EMAIL and kind.topic and kind.topic.is_on_request:
                wanted += (*row, recipient.account_id, kind.topic.value)
            else:
                rows += row
    return _insert(rows, wanted)


def _insert(rows: list[Any], wanted: list[Any]) -> Statement | None:
    """Both kinds of rows in one statement; None if there are none."""
    size = _ROW.count("%s")
    parts = []
    if rows:
        parts.append("VALUES " + ", ".join([_ROW] * (len(rows) // size)))
    parts += [_IF_WANTED] * (len(wanted) // (size + 2))
    return (_INSERT + " UNION ALL ".join(parts), [*rows, *wanted]) if parts else None


def _addressed(channel: str, recipient: Recipient) -> tuple[str, int | None, str, str]:
    account_id = None if recipient.account_id is None else int(recipient.account_id)
    address = "" if channel == messages.IN_APP else recipient.email or ""
    return channel, account_id, address, recipient.name[:150]


def _state(channel: str, at: datetime) -> tuple[str, datetime | None]:
    """An in-app message is delivered by being there; an e-mail waits."""
    if channel == messages.IN_APP:
        return Delivery.SENT.value, at
    return Delivery.WAITING.value, None
