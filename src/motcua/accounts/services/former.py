"""Keeping by what somebody was reached before (ADR 0071)."""

from __future__ import annotations

from datetime import datetime

from motcua.accounts.models import Account, FormerContact, Organisation


def give_up(
    old: str,
    new: str,
    *,
    account: Account | None = None,
    organisation: Organisation | None = None,
    at: datetime,
) -> None:
    """Note that a mailbox or a number is its owner's no more, and that the one in its place is.

    `old` is empty where there was none that counted. Within the caller's transaction.
    """
    if old.casefold() == new.casefold():
        return
    known = FormerContact.objects.filter(account=account, organisation=organisation)
    known.filter(value=new.casefold()).delete()
    if old:
        known.update_or_create(
            account=account, organisation=organisation, value=old.casefold(), defaults={"left_at": at}
        )
