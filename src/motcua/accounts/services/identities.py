"""An officer sees that a person, their card and their account belong together.

Registration proves a mailbox, never whose number was typed. At the counter the officer has person and card;
that the account is this person's is shown by a code to the account's e-mail, which they read out.
"""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from motcua.accounts.enums import AccountKind, CodePurpose
from motcua.accounts.errors import FieldErrors, WrongCode
from motcua.accounts.models import Account
from motcua.accounts.ports import letters
from motcua.accounts.queries import AccountCard, agrees, card_of
from motcua.accounts.rules import entries, identifiers
from motcua.accounts.services import codes
from motcua.audit import services as audit
from motcua.kernel.actors import Actor
from motcua.kernel.errors import N_

NOT_THEIRS = N_(
    "Không có tài khoản nào khớp cả số định danh, họ tên và ngày sinh trên thẻ. Nếu người này có tài khoản, "
    "họ cần sửa thông tin trong tài khoản cho đúng với thẻ."
)


def ask(*, actor: Actor, personal_id: str, name: str, born: date | None, at: datetime) -> AccountCard:
    """Send a code to the account of whoever stands at the counter; who, as the card says it.

    That `actor` may ask was decided above. The reading is recorded. Raises FieldErrors for `personal_id`,
    CodeSentRecently.
    """
    with transaction.atomic():
        account = _theirs(personal_id, name, born)
        audit.record_read(actor=actor, what=f"account:{account.pk}", why="Đối chiếu căn cước tại quầy", at=at)
        codes.send(account, CodePurpose.CHECK_IDENTITY, at)
    return card_of(account)


def confirm(
    *, actor: Actor, personal_id: str, name: str, born: date | None, code: str, place: str, at: datetime
) -> AccountCard:
    """Record that the account belongs to the person with this card; its owner is told by letter.

    `place` is the desk, for the letter. Raises FieldErrors, or WrongCode: the try is counted.

    Basis: DL24-3.4, DL24-18.5, QN20-26.2; our own reading beyond them (ADR 0029).
    """
    with transaction.atomic():
        account = _theirs(personal_id, name, born)
        found = codes.matches(account.pk, CodePurpose.CHECK_IDENTITY, code, at)
        if found is not None:
            codes.spend(found, at)
            _note(actor, account, place, at)
            return card_of(account)
    raise WrongCode


def _note(actor: Actor, account: Account, place: str, at: datetime) -> None:
    account.identity_checked_at = at
    account.save(update_fields=["identity_checked_at"])
    letters()(
        key="account.identity_checked",
        account_id=account.pk,
        address=account.email,
        name=account.full_name,
        context={
            "moment_at": at.isoformat(),
            "place": place,
            "hotline": settings.HOTLINE,
        },
        at=at,
    )
    audit.record_act(
        actor=actor, act="identity_checked", what=f"account:{account.pk}", at=at, facts={"place": place}
    )


def _theirs(personal_id: str, name: str, born: date | None) -> Account:
    """The open, confirmed account that agrees with the card, locked."""
    number = identifiers.personal_id(personal_id)
    if number is None:
        raise FieldErrors({"personal_id": entries.BAD_PERSONAL_ID})
    account = (
        Account.objects.select_for_update(of=("self",), no_key=True)
        .filter(kind=AccountKind.CITIZEN, personal_id=number, is_active=True, email_verified_at__isnull=False)
        .first()
    )
    if account is None or not agrees(card_of(account), name=name, born=born):
        raise FieldErrors({"personal_id": NOT_THEIRS})
    return account
