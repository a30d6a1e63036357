"""How an account proves itself to Django. Placed after `axes.backends.AxesStandaloneBackend`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from motcua.accounts.enums import AccountKind
from motcua.accounts.models import Account
from motcua.accounts.services import lockout
from motcua.accounts.services.candidates import candidates


class EntryBackend(BaseBackend):
    """One password, one entry: officers are unknown at the citizens' door and the other way round."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        *,
        entry: AccountKind | None = None,
        identifier: str | None = None,
        at: datetime | None = None,
        **unused: Any,
    ) -> Account | None:
        """The account whose password this is; `username` is only the key under which axes counts.

        An unknown name costs as much time as a known one: a password is hashed either way. Raises
        NameLockedOut.
        """
        if entry is None or identifier is None or password is None or at is None:
            return None
        found = candidates(entry, identifier)
        counted = lockout.count(request, entry, identifier, found, at)
        if not found:
            Account().set_password(password)
            return None
        fitting = [account for account in found if account.check_password(password)]
        if len(fitting) != 1:
            return None
        lockout.uncount(counted)
        return fitting[0]

    def get_user(self, user_id: int) -> Account | None:
        """The account of a session, as long as it may be used at all."""
        account = Account.objects.filter(pk=user_id, is_active=True).first()
        if account is None or (account.is_citizen and account.email_verified_at is None):
            return None
        return account
