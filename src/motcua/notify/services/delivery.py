"""Delivering e-mails: claim, send, settle. The network is never inside a transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction

from motcua.accounts.models import Account
from motcua.accounts.queries import card_of
from motcua.notify.enums import Channel, Delivery
from motcua.notify.errors import DeliveryFailed
from motcua.notify.models import OutboxMessage
from motcua.notify.ports import Transport
from motcua.notify.queries.choices import wanted_topics
from motcua.notify.queries.reach import own_address
from motcua.notify.queries.rewordings import letter_at
from motcua.notify.queries.wording import wording
from motcua.notify.queries.words import words_at
from motcua.notify.rules import letters, messages, retrying
from motcua.notify.rules.letters import Letter

_UNDER_WAY = (Delivery.WAITING, Delivery.CLAIMED)


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of one message. `was_settled` is False if another worker had taken it over meanwhile."""

    message_id: int
    state: Delivery
    was_settled: bool


def deliver_next(*, transport: Transport, at: datetime) -> Delivered | None:
    """Deliver the message that has waited longest; None if nothing is due at `at`.

    Three steps: a short transaction claims the row, the letter is sent outside any transaction, a second
    short statement settles what came of it. A worker that dies between leaves a claim that runs out after
    five minutes; the letter is then sent again under the same Message-ID. Call it in a loop.
    """
    row = _claim(at)
    if row is None or row.claim is None:
        return None
    account = None if row.account_id is None else Account.objects.filter(pk=row.account_id).first()
    letter = _letter(row, account)
    if letter is None:
        return _settle(row, row.claim, Delivery.SKIPPED, at)
    if _is_muted(row, account):
        return _settle(row, row.claim, Delivery.MUTED, at)
    kind = messages.kind(row.key)
    if kind.good_for is not None and at >= row.posted_at + kind.good_for:
        return _settle(row, row.claim, Delivery.FAILED, at, error=messages.TOO_LATE, permanent=True)
    try:
        transport.send(letter)
    except DeliveryFailed as failure:
        return _settle_failure(row, row.claim, failure, at)
    return _settle(row, row.claim, Delivery.SENT, at)


def _claim(at: datetime) -> OutboxMessage | None:
    """Take the next due row, so that nobody else does for the time a claim lasts."""
    with transaction.atomic(durable=True):
        row = (
            OutboxMessage.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(channel=Channel.EMAIL, state__in=_UNDER_WAY, next_try_at__lte=at)
            .order_by("next_try_at")
            .first()
        )
        if row is None:
            return None
        row.state, row.claim, row.claimed_at = Delivery.CLAIMED, uuid4(), at
        row.next_try_at = at + retrying.CLAIM_LASTS
        row.attempts += 1
        row.save(update_fields=["state", "claim", "claimed_at", "next_try_at", "attempts"])
        return row


def _letter(row: OutboxMessage, account: Account | None) -> Letter | None:
    """The message in words, or None if the recipient has no address to send it to."""
    address = row.address or own_address(card_of(account) if account else None)
    if not address:
        return None
    language = "vi" if account is None else account.language
    words = words_at(row.posted_at)
    text = wording(
        row.key,
        row.context,
        recipient=row.recipient_name,
        language=language,
        by_mail=True,
        words=words,
        own=letter_at(row.key, row.posted_at),
    )
    host = urlsplit(settings.PUBLIC_URL).hostname or ""
    identity = letters.message_id(row.pk, row.posted_at, host)
    return Letter(address, row.recipient_name, text.subject, text.body, identity)


def _is_muted(row: OutboxMessage, account: Account | None) -> bool:
    """Whether the account wants no e-mails of this topic, wherever they would go."""
    topic = messages.kind(row.key).topic
    if topic is None or account is None:
        return False
    return topic not in wanted_topics(account.pk)


def _settle_failure(row: OutboxMessage, claim: UUID, failure: DeliveryFailed, at: datetime) -> Delivered:
    good_for = messages.kind(row.key).good_for
    again = retrying.next_try(attempts=row.attempts, posted_at=row.posted_at, good_for=good_for, at=at)
    if failure.permanent or again is None:
        return _settle(row, claim, Delivery.FAILED, at, error=failure.reason, permanent=failure.permanent)
    changed = OutboxMessage.objects.filter(pk=row.pk, claim=claim).update(
        state=Delivery.WAITING,
        claim=None,
        claimed_at=None,
        next_try_at=again,
        last_error=failure.reason[:300],
    )
    return Delivered(row.pk, Delivery.WAITING, changed == 1)


def _settle(
    row: OutboxMessage,
    claim: UUID,
    state: Delivery,
    at: datetime,
    *,
    error: str = "",
    permanent: bool = False,
) -> Delivered:
    """Write what came of it, unless the claim has passed to somebody else; a code is wiped."""
    wiped: dict[str, dict[str, str]] = {"context": {}} if messages.kind(row.key).is_secret else {}
    changed = OutboxMessage.objects.filter(pk=row.pk, claim=claim).update(
        state=state,
        claim=None,
        claimed_at=None,
        settled_at=at,
        last_error=error[:300],
        permanent=permanent,
        **wiped,
    )
    return Delivered(row.pk, state, changed == 1)
