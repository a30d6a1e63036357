"""Another phone number or e-mail: both open a citizen's account, so they change by password and by code.

An officer's e-mail changes in the same way: letters about the account go there. Several may share a mailbox
of their office, and one who is a citizen too may use the same in both accounts. An officer's number opens
nothing, so the password is enough for it.

A new e-mail is proved by the code sent to it. No text messages can be sent yet, so a new number is confirmed
by a code to the confirmed e-mail: that proves who changes it, not whose number it is.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from motcua.accounts.enums import AccountKind, CodePurpose
from motcua.accounts.errors import FieldErrors, WrongCode
from motcua.accounts.models import Account, EmailCode
from motcua.accounts.ports import letters
from motcua.accounts.queries import AccountCard, card_of
from motcua.accounts.rules import entries, identifiers
from motcua.accounts.services import codes, former, proofs
from motcua.kernel.actors import Actor
from motcua.kernel.errors import N_, Forbidden

SAME_EMAIL = N_("Đây là địa chỉ thư điện tử bạn đang dùng.")
SAME_PHONE = N_("Đây là số điện thoại bạn đang dùng.")
NO_PHONE = N_("Tài khoản chưa có số điện thoại nào để xóa. Hãy nhập số mới.")
TAKEN_EMAIL = N_("Địa chỉ thư điện tử này đã được dùng cho một tài khoản khác.")


def ask_for_email(*, actor: Actor, email: str, password: str, at: datetime) -> str:
    """Send a code to a new e-mail, or to one's own that was never confirmed; answers the address in its one
    form. Nothing has changed yet.

    Whether the address has another account is not told: then no code will fit, and its owner gets a letter.
    Raises FieldErrors for `email` and `password`, CodeSentRecently, TooManyAddresses, TooManyTries,
    Forbidden.

    Basis: PT24-6.1.d
    """
    wanted = identifiers.email(email)
    fault = entries.BAD_EMAIL if wanted is None else None
    proved = proofs.proved_by(actor=actor, typed=password, at=at)
    with transaction.atomic():
        account = proofs.own_account(actor, locked=True)
        if wanted is not None and wanted == account.email and account.email_verified_at is not None:
            fault = SAME_EMAIL
        _must_fit(account, proved, {"email": fault})
        assert wanted is not None
        codes.must_not_ask_too_often(account, CodePurpose.CHANGE_EMAIL, at)
        owner = _owner_of(wanted) if account.is_citizen else None
        if owner is None:
            codes.send(account, CodePurpose.CHANGE_EMAIL, at, address=wanted, wanted=wanted)
        else:
            codes.send_nothing(account, owner, wanted, at)
    return wanted


def ask_for_phone(*, actor: Actor, phone: str, password: str, at: datetime) -> str:
    """Send a code to the account's e-mail, for a new number; answers the number in its one form.

    Raises FieldErrors for `phone` and `password`, CodeSentRecently, TooManyTries, Forbidden.

    Basis: PT24-6.1.d
    """
    wanted = identifiers.phone(phone)
    fault = entries.BAD_PHONE if wanted is None else None
    proved = proofs.proved_by(actor=actor, typed=password, at=at)
    with transaction.atomic():
        account = _own_citizen(actor)
        if wanted is not None and wanted == account.phone:
            fault = SAME_PHONE
        _must_fit(account, proved, {"phone": fault})
        assert wanted is not None
        codes.send(account, CodePurpose.CHANGE_PHONE, at, wanted=wanted)
    return wanted


def change_officers_phone(*, actor: Actor, phone: str, password: str, at: datetime) -> AccountCard:
    """Put an officer's own new number in place, or none; the officer is told by e-mail, if there is one.

    Raises FieldErrors for `phone` and `password`, TooManyTries, Forbidden (also for citizens).
    """
    wanted = identifiers.phone(phone) if phone else ""
    fault = entries.BAD_PHONE if wanted is None else None
    proved = proofs.proved_by(actor=actor, typed=password, at=at)
    with transaction.atomic():
        account = proofs.own_account(actor, locked=True)
        if not account.is_officer:
            raise Forbidden
        if wanted is not None and wanted == account.phone:
            fault = SAME_PHONE if wanted else NO_PHONE
        _must_fit(account, proved, {"phone": fault})
        assert wanted is not None
        _change_phone(account, wanted, at)
    return card_of(account)


def confirm_email_change(*, actor: Actor, code: str, at: datetime) -> AccountCard:
    """Put the new e-mail in place by its code; the old address is told, and codes sent there are void.

    Raises WrongCode (the try is counted), FieldErrors if another account took the address meanwhile.

    Basis: PT24-6.1.b
    """
    return _confirm(actor, CodePurpose.CHANGE_EMAIL, code, at)


def confirm_phone_change(*, actor: Actor, code: str, at: datetime) -> AccountCard:
    """Put the new number in place by the code; the owner is told. Raises WrongCode, Forbidden."""
    return _confirm(actor, CodePurpose.CHANGE_PHONE, code, at)


def _confirm(actor: Actor, purpose: CodePurpose, code: str, at: datetime) -> AccountCard:
    with transaction.atomic():
        account = proofs.own_account(actor, locked=True)
        found = codes.matches(account.pk, purpose, code, at)
        if found is not None:
            codes.spend(found, at)
            change = _change_email if purpose is CodePurpose.CHANGE_EMAIL else _change_phone
            change(account, found.wanted, at)
            return card_of(account)
    raise WrongCode


def _change_email(account: Account, wanted: str, at: datetime) -> None:
    old, was_confirmed = account.email, account.email_verified_at is not None
    account.email, account.email_verified_at = wanted, at
    try:
        with transaction.atomic():
            account.save(update_fields=["email", "email_verified_at"])
    except IntegrityError:
        raise FieldErrors({"code": TAKEN_EMAIL}) from None
    EmailCode.objects.filter(account=account, used_at__isnull=True).update(used_at=at)
    if account.is_citizen:
        former.give_up(old if was_confirmed else "", wanted, account=account, at=at)
    if old and old != wanted:
        _tell(account, "account.email_changed", old, at)


def _change_phone(account: Account, wanted: str, at: datetime) -> None:
    old, account.phone = account.phone, wanted
    account.save(update_fields=["phone"])
    if account.is_citizen:
        former.give_up(old, wanted, account=account, at=at)
    if account.email:
        _tell(account, "account.phone_changed", account.email, at)


def _tell(account: Account, key: str, address: str, at: datetime) -> None:
    letters()(
        key=key,
        account_id=account.pk,
        address=address,
        name=account.full_name,
        context={"moment_at": at.isoformat(), "hotline": settings.HOTLINE},
        at=at,
    )


def _own_citizen(actor: Actor) -> Account:
    account = proofs.own_account(actor, locked=True)
    if not account.is_citizen:
        raise Forbidden
    return account


def _must_fit(account: Account, proved: str | None, faults: dict[str, str | None]) -> None:
    errors = {field: fault for field, fault in faults.items() if fault is not None}
    if proved != account.password:
        errors["password"] = proofs.WRONG_CURRENT
    if errors:
        raise FieldErrors(errors)


def _owner_of(email: str) -> Account | None:
    rows = Account.objects.filter(
        kind=AccountKind.CITIZEN, email_verified_at__isnull=False, closed_at__isnull=True
    )
    return rows.filter(email=email).first()
