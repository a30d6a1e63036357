"""Whom a message would reach, and by which channels, before it is posted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from motcua.accounts import queries as accounts
from motcua.accounts.queries import AccountCard
from motcua.notify.queries.choices import without_emails
from motcua.notify.rules import messages
from motcua.notify.rules.messages import Recipient


@dataclass(frozen=True, slots=True)
class Reached:
    """One recipient. `channels` are those that would bring the message, none if nothing reaches them;
    `is_muted`: they have an address, but want no e-mails about this."""

    name: str
    channels: tuple[str, ...]
    is_muted: bool = False


def reached(key: str, recipients: Sequence[Recipient]) -> tuple[Reached, ...]:
    """How each of these recipients would get the message. Raises UnknownMessage."""
    kind = messages.kind(key)
    ids = [int(each.account_id) for each in recipients if each.account_id is not None]
    cards = accounts.cards(ids) if ids else {}
    muting = without_emails(kind.topic, ids) if kind.topic and ids else frozenset()
    return tuple(_reached(kind.channels, each, cards, muting) for each in recipients)


def own_address(card: AccountCard | None) -> str:
    """Where e-mails of an account go; a citizen's address counts once it is proved."""
    if card is None or (card.is_citizen and not card.email_is_verified):
        return ""
    return card.email


def _reached(
    channels: tuple[str, ...], recipient: Recipient, cards: dict[int, AccountCard], muting: frozenset[int]
) -> Reached:
    number = None if recipient.account_id is None else int(recipient.account_id)
    card = cards.get(number) if number is not None else None
    address = recipient.email or own_address(card)
    is_muted = bool(address) and number in muting
    found = {messages.IN_APP: number is not None, messages.EMAIL: bool(address) and not is_muted}
    return Reached(
        recipient.name or (card.full_name if card else ""), tuple(c for c in channels if found[c]), is_muted
    )
