"""Changing one's own password, and getting back in when it is forgotten."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest

from motcua.accounts.enums import AccountKind, CodePurpose
from motcua.accounts.errors import CodeSentRecently, FieldErrors, WrongCode
from motcua.accounts.models import Account, EmailCode
from motcua.accounts.ports import letters
from motcua.accounts.services import codes, devices, lockout, logins, password_rules, proofs
from motcua.accounts.services.candidates import candidates, is_phone
from motcua.kernel.actors import Actor
from motcua.kernel.errors import N_

SAME = N_("Mật khẩu mới phải khác mật khẩu hiện tại.")


def change_password(
    *, actor: Actor, current: str, new: str, at: datetime, request: HttpRequest | None = None
) -> None:
    """Change one's own password. All other sessions of the account end; with `request` this one goes on.

    Raises FieldErrors for `current` and `new`, Forbidden for an actor without an account, TooManyTries.

    Basis: DL24-24.2#1, DL24-24.2#2, DL24-24.3#2, PT24-24.2#1, QN20-27.1#2
    """
    proved = proofs.proved_by(actor=actor, typed=current, at=at)
    with transaction.atomic():
        account = proofs.own_account(actor, locked=True)
        errors = {}
        if proved != account.password:
            errors["current"] = proofs.WRONG_CURRENT
        elif new == current:
            errors["new"] = SAME
        weakness = password_rules.fault(new, account)
        if weakness is not None:
            errors.setdefault("new", weakness)
        if errors:
            raise FieldErrors(errors)
        _set(account, new, at, request)
    if request is not None:
        update_session_auth_hash(request, account)
        devices.remember(request, account)
        logins.begin(request, account, at, is_new_device=False)


def request_reset(*, kind: str, identifier: str, at: datetime) -> None:
    """Send a code to whoever is named, if they exist and have confirmed that the mailbox is theirs. Of a
    phone number each account that bears it gets a code of its own, which opens that account alone.

    An officer's must be nobody else's: whoever reads a mailbox that officers share could become any of them.
    Always answers the same, so that nobody learns who has an account, or who else bears a number.
    """
    entry = AccountKind(kind)
    by_phone = is_phone(entry, identifier)
    with transaction.atomic():
        for account in candidates(entry, identifier, locked=True):
            if not account.email or account.email_verified_at is None or _is_shared(account):
                continue
            with suppress(CodeSentRecently):  # then that one waits; the others need not
                codes.send(account, CodePurpose.RESET_PASSWORD, at, by_phone=by_phone)


def _is_shared(account: Account) -> bool:
    """Whether another officer uses the mailbox too, confirmed or not."""
    if not account.is_officer:
        return False
    others = Account.objects.filter(kind=AccountKind.OFFICER, email__iexact=account.email)
    return others.exclude(pk=account.pk).exists()


def reset_password(
    *,
    kind: str,
    identifier: str,
    code: str,
    new: str,
    at: datetime,
    request: HttpRequest | None = None,
) -> None:
    """Set a new password by the code that was sent; failures at the log-in are forgotten. Of several accounts
    that bear a phone number it is the one whose code it is; failures under the number stay counted then, or
    one of them could go on guessing at the others.

    The browser of `request` is known from then on, so that nobody can keep this person from logging in.

    Raises WrongCode (also for unknown names; the try is counted), or FieldErrors for `new`: the code then
    stays good.

    Basis: DL24-18.7.
    """
    entry = AccountKind(kind)
    with transaction.atomic():
        named = {each.pk: each for each in candidates(entry, identifier, locked=True)}
        found = codes.matches_one_of(named, CodePurpose.RESET_PASSWORD, code, at)
        if found is not None:
            account = named[found.account_id]
            _reset(account, found, new, at, request)
            own_names = (account.personal_id, account.email, identifier if len(named) == 1 else None)
            lockout.lift(entry, *own_names)
            if request is not None:
                devices.remember(request, account)
            return
    raise WrongCode


def _reset(account: Account, code: EmailCode, new: str, at: datetime, request: HttpRequest | None) -> None:
    weakness = password_rules.fault(new, account)
    if weakness is not None:
        raise FieldErrors({"new": weakness})
    codes.spend(code, at)
    _set(account, new, at, request)


def _set(account: Account, new: str, at: datetime, request: HttpRequest | None) -> None:
    account.set_password(new)
    account.must_change_password = False
    account.save(update_fields=["password", "must_change_password"])
    logins.end_all(account, request)
    lockout.lift_own(account.pk)
    if account.email:
        letters()(
            key="account.password_changed",
            account_id=account.pk,
            address=account.email,
            name=account.full_name,
            context={
                "moment_at": at.isoformat(),
                "officer": "1" if account.is_officer else "",
                "hotline": settings.HOTLINE,
            },
            at=at,
        )
