"""Posting: the message becomes part of the act it tells about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from motcua.notify.enums import Delivery
from motcua.notify.models import OutboxMessage
from motcua.notify.rules import messages
from motcua.notify.rules.messages import MessageKind, Recipient


def post(
    *,
    key: str,
    recipients: Sequence[Recipient],
    context: Mapping[str, str],
    about: str,
    at: datetime,
) -> int:
    """Put the message for every recipient into the outbox of the current transaction; answer how many rows.

    One INSERT for all, nothing is rendered and nobody is contacted: if the act is rolled back, so is the
    message. A recipient whom no channel reaches gets no row. Raises UnknownMessage for an unknown key.
    """
    kind = messages.kind(key)
    rows = [
        _row(kind, channel, recipient, context, about, at)
        for recipient in recipients
        for channel in kind.channels
        if recipient.is_reached_by(channel)
    ]
    OutboxMessage.objects.bulk_create(rows)
    return len(rows)


def _row(
    kind: MessageKind,
    channel: str,
    recipient: Recipient,
    context: Mapping[str, str],
    about: str,
    at: datetime,
) -> OutboxMessage:
    in_app = channel == messages.IN_APP
    return OutboxMessage(
        key=kind.key,
        channel=channel,
        account_id=None if recipient.account_id is None else int(recipient.account_id),
        address="" if in_app else recipient.email or "",
        recipient_name=recipient.name,
        context=dict(context),
        about=about,
        posted_at=at,
        next_try_at=at,
        state=Delivery.SENT if in_app else Delivery.WAITING,
        settled_at=at if in_app else None,
    )
