"""Logging in and out."""

from __future__ import annotations

from datetime import datetime

from django.contrib import auth
from django.http import HttpRequest

from motcua.accounts.enums import AccountKind
from motcua.accounts.errors import (
    EmailNotConfirmed,
    LockedOut,
    OfficerLockedOut,
    WrongLogin,
    WrongLoginByPhone,
)
from motcua.accounts.models import Account
from motcua.accounts.queries import AccountCard, card_of
from motcua.accounts.services import devices, lockout, logins, terms
from motcua.accounts.services.candidates import is_phone

SEEN_AT = "seen_at"


def log_in(*, request: HttpRequest, kind: str, identifier: str, password: str, at: datetime) -> AccountCard:
    """Log in at the entry for `kind`; the session gets a new key, a session of somebody else is dropped.

    Whoever logs in from a device not known before is told by e-mail; not at the very first log-in.

    Raises WrongLogin for everything that does not fit, LockedOut after too many failures (known name or not)
    from one address, NameLockedOut after many more from wherever, EmailNotConfirmed when only the
    confirmation is missing.

    Basis: DL24-6.4, PT24-6.1.c
    """
    entry = AccountKind(kind)
    account = auth.authenticate(
        request,
        username=lockout.key(entry, identifier),
        password=password[:1000],
        entry=entry,
        identifier=identifier[:300],
        at=at,
    )
    if not isinstance(account, Account):
        if not lockout.is_locked(request):
            raise WrongLoginByPhone if is_phone(entry, identifier) else WrongLogin
        refused = OfficerLockedOut if entry is AccountKind.OFFICER else LockedOut
        raise refused(minutes=lockout.minutes())
    lockout.forget(entry, identifier, request)
    if account.is_citizen and account.email_verified_at is None:
        raise EmailNotConfirmed(account_id=account.pk)
    is_new_device = account.last_login is not None and not devices.mark_of(request, account)
    logins.leave(request)  # of whoever was logged in here, if anybody was
    auth.login(request, account)
    devices.remember(request, account)
    request.session[SEEN_AT] = int(at.timestamp())
    logins.begin(request, account, at, is_new_device=is_new_device)
    terms.note_what_is_due(request, account, at)
    return card_of(account)


def log_out(*, request: HttpRequest) -> None:
    """End the session; its data are gone."""
    logins.leave(request)
    auth.logout(request)
