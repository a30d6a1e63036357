"""At the counter: an officer compares a person, their card and their account. Policy first, then accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from motcua.accounts.queries import AccountCard
from motcua.accounts.services import identities
from motcua.agencies import policy, queries
from motcua.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on the identity card that lies before the officer."""

    personal_id: str
    name: str
    date_of_birth: date | None = None


def ask_for_identity(*, actor: Actor, card: Card, at: datetime) -> AccountCard:
    """Send a code to the account that agrees with the card, for its owner to read out.

    Raises Forbidden for whoever sits at no desk, FieldErrors, CodeSentRecently.
    """
    policy.desk_of(actor, at)
    return identities.ask(
        actor=actor, personal_id=card.personal_id, name=card.name, born=card.date_of_birth, at=at
    )


def check_identity(*, actor: Actor, card: Card, code: str, at: datetime) -> AccountCard:
    """Record that person, card and account belong together: an act in the chain, and a letter to the owner.

    Raises Forbidden, FieldErrors, WrongCode.

    Basis: DL24-3.4, DL24-18.5, QN20-26.2; our own reading beyond them (ADR 0029).
    """
    desk = queries.agency(policy.desk_of(actor, at))
    return identities.confirm(
        actor=actor,
        personal_id=card.personal_id,
        name=card.name,
        born=card.date_of_birth,
        code=code,
        place=desk.name,
        at=at,
    )
