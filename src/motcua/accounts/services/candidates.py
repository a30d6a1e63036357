"""From what was typed at an entry to the accounts that may be meant."""

from __future__ import annotations

from motcua.accounts.enums import AccountKind
from motcua.accounts.models import Account
from motcua.accounts.rules import identifiers
from motcua.accounts.rules.identifiers import IdentifierKind


def canonical(entry: AccountKind, identifier: str) -> str:
    """One spelling for one name, so that failures add up whichever way it is typed."""
    if entry is AccountKind.OFFICER:
        return identifier.strip().lower()
    recognised = identifiers.recognise(identifier)
    return recognised[1] if recognised else identifier.strip().lower()


def is_phone(entry: AccountKind, identifier: str) -> bool:
    """Whether a phone number was typed, which several accounts may bear; it tells of no account."""
    return entry is AccountKind.CITIZEN and identifiers.is_phone(identifier)


def candidates(entry: AccountKind, identifier: str, *, locked: bool = False) -> tuple[Account, ...]:
    """The active accounts that may be meant, by their ids: at most one, but several may share a phone number.

    `locked`: their rows are, in that order, so that two people who share one never wait for one another.
    """
    rows = Account.objects.filter(kind=entry, is_active=True)
    if locked:
        rows = rows.select_for_update(of=("self",), no_key=True)
    if entry is AccountKind.OFFICER:
        return tuple(rows.filter(username=canonical(entry, identifier)))
    recognised = identifiers.recognise(identifier)
    if recognised is None:
        return ()
    kind, value = recognised
    if kind is IdentifierKind.PERSONAL_ID:
        return tuple(rows.filter(personal_id=value))
    confirmed = rows.filter(email_verified_at__isnull=False)
    if kind is IdentifierKind.EMAIL:
        return tuple(confirmed.filter(email=value))
    return tuple(confirmed.filter(phone=value).order_by("id")[: identifiers.MAX_SHARING_A_PHONE])
