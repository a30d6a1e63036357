"""Somebody logged in shows that it is still them: their password, before anything that opens the account."""

from __future__ import annotations

from datetime import datetime

from motcua.accounts import policy
from motcua.accounts.models import Account
from motcua.accounts.services import lockout
from motcua.kernel.actors import Actor
from motcua.kernel.errors import N_, Forbidden

WRONG_CURRENT = N_("Mật khẩu hiện tại không đúng.")
_LONGEST = 1000  # a longer one would only keep the hasher busy


def proved_by(*, actor: Actor, typed: str, at: datetime) -> str | None:
    """The stored form of the password that was `typed`, to be compared under lock; None if it is wrong.

    Call it outside a transaction, or a try that is refused would not count. Raises Forbidden, TooManyTries.
    """
    own = own_account(actor)
    counted = lockout.count_own(own.pk, at)
    if not own.check_password(typed[:_LONGEST]):
        return None
    lockout.uncount(counted)
    return own.password


def own_account(actor: Actor, *, locked: bool = False) -> Account:
    """The open account of the actor; `locked` for the rest of the transaction, but not against rows that
    refer to it: others write letters to it meanwhile. Raises Forbidden."""
    if not actor.id.isdigit() or not policy.may_change_own(actor, int(actor.id)):
        raise Forbidden
    rows = Account.objects.select_for_update(of=("self",), no_key=True) if locked else Account.objects.all()
    account = rows.filter(pk=int(actor.id), is_active=True).first()
    if account is None:
        raise Forbidden
    return account
