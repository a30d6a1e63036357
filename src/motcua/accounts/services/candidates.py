"""From what was typed at an entry to the accounts that may be meant."""

from __future__ import annotations

from motcua.accounts.enums import AccountKind
from motcua.accounts.models import Account
from motcua.accounts.rules import identifiers
from motcua.accounts.rules.identifiers import IdentifierKind

MAX_SHARING_A_PHONE = 4  # a family with one phone; more are told to use their personal id


def canonical(entry: AccountKind, identifier: str) -> str:
    """One spelling for one name, so that failures add up whichever way it is typed."""
    if entry is AccountKind.OFFICER:
        return identifier.strip().lower()
    recognised = identifiers.recognise(identifier)
    return recognised[1] if recognised else identifier.strip().lower()


def candidates(entry: AccountKind, identifier: str) -> tuple[Account, ...]:
    """The active accounts that may be meant: at most one, but several may share a phone number."""
    rows = Account.objects.filter(kind=entry, is_active=True)
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
    return tuple(confirmed.filter(phone=value).order_by("id")[:MAX_SHARING_A_PHONE])


def account_named(entry: AccountKind, identifier: str) -> Account | None:
    """The one account that is meant; None if there is none or the name is shared."""
    found = candidates(entry, identifier)
    return found[0] if len(found) == 1 else None
