"""Sending and checking the six-digit codes."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.crypto import constant_time_compare, salted_hmac

from motcua.accounts.enums import CodePurpose
from motcua.accounts.errors import CodeSentRecently, TooManyAddresses
from motcua.accounts.models import Account, EmailCode
from motcua.accounts.ports import letters
from motcua.accounts.rules import codes

_KEYS = {
    CodePurpose.CONFIRM_EMAIL: "account.code",
    CodePurpose.RESET_PASSWORD: "account.reset",
    CodePurpose.CHANGE_EMAIL: "account.change_email",
    CodePurpose.CHANGE_PHONE: "account.change_phone",
    CodePurpose.CHECK_IDENTITY: "account.check_identity",
    CodePurpose.CLOSE_ACCOUNT: "account.close_code",
    CodePurpose.ORGANISATION: "organisation.mailbox_code",
}
# Counted together: whether an address is known must not show in how soon it may be tried again.
_REGISTERING = (CodePurpose.CONFIRM_EMAIL, CodePurpose.ALREADY_REGISTERED, CodePurpose.CHANGE_EMAIL)
_ALIKE = {
    CodePurpose.CONFIRM_EMAIL: _REGISTERING,
    CodePurpose.ALREADY_REGISTERED: _REGISTERING,
    CodePurpose.RESET_PASSWORD: (CodePurpose.RESET_PASSWORD,),
    CodePurpose.CHANGE_EMAIL: _REGISTERING,
    CodePurpose.CHANGE_PHONE: (CodePurpose.CHANGE_PHONE,),
    CodePurpose.CHECK_IDENTITY: (CodePurpose.CHECK_IDENTITY,),
    CodePurpose.CLOSE_ACCOUNT: (CodePurpose.CLOSE_ACCOUNT,),
    CodePurpose.ORGANISATION: (CodePurpose.ORGANISATION,),
}


def send(
    account: Account,
    purpose: CodePurpose,
    at: datetime,
    *,
    address: str = "",
    wanted: str = "",
    name: str = "",
    by_phone: bool = False,
) -> None:
    """Post a fresh code to the address of a locked account, or to a new `address` that it is to prove; `name`
    is whose that is, if not the account's. `by_phone`: who asked named a phone number, which others may bear.

    The codes before it are no good any more. Raises CodeSentRecently when one went to this address a minute
    ago, or five within the hour.
    """
    address = address or account.email
    _must_not_be_too_soon(address, purpose, at)
    code = fresh()
    EmailCode.objects.create(
        account=account,
        purpose=purpose,
        address=address,
        wanted=wanted,
        code_hash=_hash(account.pk, purpose, code),
        sent_at=at,
        expires_at=at + codes.LIFETIME,
    )
    letters()(
        key=_KEYS[purpose],
        account_id=account.pk,
        address=address,
        name=name or account.full_name,
        context={"code": code, "minutes": str(codes.LIFETIME // timedelta(minutes=1))}
        | ({"by_phone": "1"} if by_phone else {}),
        at=at,
    )


def tell_owner(owner: Account, typed: str, at: datetime) -> None:
    """Instead of a code: tell the owner of a locked account that somebody tried to register it once more.

    Raises CodeSentRecently just as `send` would for the address that was typed. The owner is not flooded,
    whatever addresses are typed.
    """
    _must_not_be_too_soon(typed, CodePurpose.ALREADY_REGISTERED, at)
    _tell(owner, typed, "account.exists", at)


def send_nothing(account: Account, owner: Account, typed: str, at: datetime) -> None:
    """Instead of a code for a new address that has an owner: who asked learns nothing, the owner is told.

    Raises CodeSentRecently just as `send` would.
    """
    _must_not_be_too_soon(typed, CodePurpose.CHANGE_EMAIL, at)
    EmailCode.objects.create(
        account=account,
        purpose=CodePurpose.CHANGE_EMAIL,
        address=typed,
        code_hash="",
        sent_at=at,
        expires_at=at + codes.LIFETIME,
    )
    _tell(owner, typed, "account.wanted_elsewhere", at)


def must_not_ask_too_often(account: Account, purpose: CodePurpose, at: datetime) -> None:
    """One account asks for no more codes than that within the hour, whatever addresses it names; whoever has
    mistyped one need not wait to name the right one. Raises TooManyAddresses."""
    asked = account.codes.filter(purpose=purpose, sent_at__gt=at - timedelta(hours=1)).order_by("-sent_at")
    sent = list(asked.values_list("sent_at", flat=True)[: codes.MAX_PER_HOUR])
    if len(sent) == codes.MAX_PER_HOUR:
        left = sent[-1] + timedelta(hours=1) - at
        raise TooManyAddresses(most=codes.MAX_PER_HOUR, minutes=int(left.total_seconds()) // 60 + 1)


def _tell(owner: Account, typed: str, key: str, at: datetime) -> None:
    told = owner.codes.filter(purpose=CodePurpose.ALREADY_REGISTERED, sent_at__gt=at - timedelta(hours=1))
    is_flooded = bool(codes.wait_before_next(list(told.values_list("sent_at", flat=True)), at))
    EmailCode.objects.create(
        account=owner,
        purpose=CodePurpose.ALREADY_REGISTERED,
        address=typed,
        code_hash="",
        sent_at=at,
        expires_at=at + codes.LIFETIME,
    )
    if owner.is_active and owner.email and not is_flooded:
        letters()(
            key=key,
            account_id=owner.pk,
            address=owner.email,
            name=owner.full_name,
            context={"moment_at": at.isoformat()},
            at=at,
        )


def _must_not_be_too_soon(address: str, purpose: CodePurpose, at: datetime) -> None:
    earlier = EmailCode.objects.filter(
        address=address, purpose__in=_ALIKE[purpose], sent_at__gt=at - timedelta(hours=1)
    )
    must_wait(list(earlier.values_list("sent_at", flat=True)), at)


def fresh() -> str:
    """A code that nobody can foresee."""
    return f"{secrets.randbelow(10**codes.DIGITS):0{codes.DIGITS}d}"


def must_wait(sent: list[datetime], at: datetime) -> None:
    """Raises CodeSentRecently while it is too soon after those that were sent."""
    wait = codes.wait_before_next(sent, at)
    if wait:
        raise CodeSentRecently(seconds=int(wait.total_seconds()) + 1)


def matches(account_id: int, purpose: CodePurpose, typed: str, at: datetime) -> EmailCode | None:
    """The newest code if it is `typed` and still good, its row locked; otherwise a try is counted.

    The caller must let the transaction commit on a mismatch, or the try would not count.
    """
    return matches_one_of([account_id], purpose, typed, at)


def matches_one_of(
    account_ids: Iterable[int], purpose: CodePurpose, typed: str, at: datetime
) -> EmailCode | None:
    """The same for accounts that were named together: the code tells which of them is meant, and the others'
    tries are not touched. What fits none counts as a try at each of them, so that nobody has more guesses by
    a name that several bear; what fits two by chance opens neither.
    """
    good = [found for each in account_ids if (found := _open(each, purpose, at)) is not None]
    bare = "".join(typed.split())
    fitting = [
        each for each in good if constant_time_compare(each.code_hash, _hash(each.account_id, purpose, bare))
    ]
    if len(fitting) == 1:
        return fitting[0]
    for each in good:
        each.tries += 1
        each.save(update_fields=["tries"])
    return None


def _open(account_id: int, purpose: CodePurpose, at: datetime) -> EmailCode | None:
    newest = (
        EmailCode.objects.select_for_update()
        .filter(account_id=account_id, purpose=purpose)
        .order_by("-sent_at")
        .first()
    )
    if newest is None or not codes.can_be_tried(
        expires_at=newest.expires_at, tries=newest.tries, used_at=newest.used_at, at=at
    ):
        return None
    return newest


def spend(code: EmailCode, at: datetime) -> None:
    """A code works once."""
    code.used_at = at
    code.save(update_fields=["used_at"])


def _hash(account_id: int, purpose: str, code: str) -> str:
    return salted_hmac(f"motcua.accounts.code.{purpose}.{account_id}", code, algorithm="sha256").hexdigest()
