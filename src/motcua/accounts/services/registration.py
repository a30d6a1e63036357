"""Citizens register, and prove that the address is theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q

from motcua.accounts import queries
from motcua.accounts.enums import AccountKind, CodePurpose, CodeUse, Language
from motcua.accounts.errors import TERMS_NOT_ACCEPTED, FieldErrors, TooManyFromHere, WrongCode
from motcua.accounts.models import Account
from motcua.accounts.ports import forget_letters, letters
from motcua.accounts.queries import AccountCard, card_of
from motcua.accounts.rules import entries, identifiers
from motcua.accounts.rules.limits import limit
from motcua.accounts.services import codes, contact_codes, password_rules, terms
from motcua.kernel.errors import N_
from motcua.worktime.rules import local

_AT_ONCE = 500
TAKEN_EMAIL = N_("Địa chỉ thư điện tử này đã được dùng cho một tài khoản khác.")


@dataclass(frozen=True, slots=True)
class Registration:
    """A registration that waits for its code: which one it is, not only whose. It tells nobody whether the
    number or the address had an account already; then no code will ever fit."""

    id: int
    registered_at: datetime
    email: str


def register_citizen(
    *,
    full_name: str,
    personal_id: str,
    phone: str,
    email: str,
    password: str,
    at: datetime,
    address: str = "",
    date_of_birth: date | None = None,
    language: str = Language.VIETNAMESE,
    accepts_terms: bool = False,
    place: str = "",
) -> Registration:
    """Open an account that can be used once its e-mail is confirmed, and send the code for that.

    An earlier registration that was never confirmed is replaced: nobody has been able to use it. Where the
    number or the address has an account, its owner is told by e-mail, and the answer is the same. Raises
    FieldErrors for entries that cannot be taken, CodeSentRecently when it is repeated too fast,
    TooManyFromHere when so many came from one `place` (`contact_codes.place_of`) within the hour: each sends
    a letter to whatever mailbox was typed.

    Whoever registers accepts the terms of use in force; which they were is recorded when the address is
    confirmed, as of now: what is never confirmed can be forgotten whole.

    Basis: KT22-1.2.e, DL24-2.2, PT24-6.1.a, DL24-6.3, KT22-7.1#1, QN20-9.1, QN20-27.1#1, KT22-26.1,
    DL24-24.5, PT24-24.1
    """
    errors = entries.check_person(full_name=full_name, phone=phone, email=email, address=address)
    errors |= entries.check_birth(date_of_birth, at.date())
    number = identifiers.personal_id(personal_id)
    if number is None:
        errors["personal_id"] = entries.BAD_PERSONAL_ID
    account = Account(
        kind=AccountKind.CITIZEN,
        full_name=entries.written_name(full_name),
        personal_id=number,
        phone=identifiers.phone(phone) or "",
        email=identifiers.email(email) or "",
        address=" ".join(address.split()),
        date_of_birth=date_of_birth,
        language=language if language in Language.values else Language.VIETNAMESE,
        created_at=at,
    )
    fault = password_rules.fault(password, account)
    if fault is not None:
        errors["password"] = fault
    version = terms.terms_in_force(local(at).date())
    if version is not None and not accepts_terms:
        errors["accepts_terms"] = TERMS_NOT_ACCEPTED
    if errors:
        raise FieldErrors(errors)
    account.set_password(password)
    with transaction.atomic():
        most = limit("registration.most_from_one_place")
        if place and not contact_codes.has_room(use=CodeUse.REGISTER, place=place, most=most, at=at):
            raise TooManyFromHere
        owner = _put_in_place(account)
        if owner is None:
            codes.send(account, CodePurpose.CONFIRM_EMAIL, at)
        else:
            codes.tell_owner(owner, account.email, at)
    return Registration(account.pk if owner is None else owner.pk, at, account.email)


def password_fault(*, password: str, full_name: str, personal_id: str, phone: str, email: str) -> str | None:
    """Why this person could not register with this password; None if they could."""
    person = Account(
        kind=AccountKind.CITIZEN,
        full_name=entries.written_name(full_name),
        personal_id=identifiers.personal_id(personal_id),
        phone=identifiers.phone(phone) or "",
        email=identifiers.email(email) or "",
    )
    return password_rules.fault(password, person)


def _put_in_place(account: Account) -> Account | None:
    """Insert the account, or write it over an unconfirmed one with the same personal id.

    If the address or the number has an account already nothing is written, and its owner is returned: of two,
    whoever reads the mailbox that was typed.
    """
    with_number = Q(personal_id=account.personal_id)
    with_mailbox = Q(email=account.email, email_verified_at__isnull=False)
    # Both at once, in the order of their ids: a stranger who types them crossed makes nobody wait for ever.
    locked = list(
        Account.objects.select_for_update(of=("self",), no_key=True)
        .filter(with_number | with_mailbox, kind=AccountKind.CITIZEN, closed_at__isnull=True)
        .order_by("id")
    )
    earlier = next((each for each in locked if each.personal_id == account.personal_id), None)
    owner = next((each for each in locked if each.email == account.email and each.email_verified_at), None)
    if owner is not None:
        return owner
    if earlier is None:
        return _insert(account)
    if earlier.email_verified_at is not None or not earlier.is_active:
        return earlier
    account.pk = earlier.pk
    account.save(force_update=True)
    return None


def _insert(account: Account) -> Account | None:
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError:  # somebody registered the same number at the same moment, and came first
        account.pk = None
        if not Account.objects.filter(personal_id=account.personal_id, closed_at__isnull=True).exists():
            raise
        return _put_in_place(account)
    return None


def resend_code(*, account_id: int, registered_at: datetime, email: str, at: datetime) -> None:
    """Send another confirmation code for that registration; nothing happens if there is nothing to confirm.

    Where the registration met an account that existed, its owner is told again. Raises CodeSentRecently in
    both cases alike.
    """
    with transaction.atomic():
        account = (
            Account.objects.select_for_update(of=("self",), no_key=True)
            .filter(pk=account_id, kind=AccountKind.CITIZEN)
            .first()
        )
        if account is None:
            return
        is_same = account.created_at == registered_at
        is_taken = account.email_verified_at is not None or not account.is_active
        if is_taken and not is_same:
            codes.tell_owner(account, email, at)
        elif is_same and not is_taken:
            codes.send(account, CodePurpose.CONFIRM_EMAIL, at)


def confirm_email(*, account_id: int, registered_at: datetime, code: str, at: datetime) -> AccountCard:
    """Confirm the address by the code sent to it; from now on the account can be used.

    `registered_at` is that of the registration being confirmed: if somebody else has registered over it with
    another password, the owner of the address must not open the account for them by typing the code.

    Raises WrongCode (the try is counted) or FieldErrors if another account took the address meanwhile.

    Basis: PT24-6.1.b (message to the registered e-mail)
    """
    with transaction.atomic():
        account = (
            Account.objects.select_for_update(of=("self",), no_key=True)
            .filter(pk=account_id, created_at=registered_at)
            .first()
        )
        found = codes.matches(account_id, CodePurpose.CONFIRM_EMAIL, code, at) if account else None
        if account is not None and found is not None:
            _confirm(account, at)
            codes.spend(found, at)
            return card_of(account)
    raise WrongCode


def forget_unproved(*, at: datetime) -> int:
    """Remove registrations whose address nobody confirmed in time, with their codes and letters; how many.

    Nobody has been able to use them. Those that left a record of the terms, before this was so, stay.

    Basis: DL24-6.3, PT24-6.1.a (what an account is registered for).
    """
    old = at - timedelta(hours=limit("registration.kept_hours"))
    with transaction.atomic():
        # Not `no_key`: these rows go, and whoever refers to one at this moment keeps it.
        rows = Account.objects.select_for_update(of=("self",), skip_locked=True).filter(
            kind=AccountKind.CITIZEN,
            email_verified_at__isnull=True,
            is_active=True,
            created_at__lt=old,
            acknowledgements__isnull=True,
        )
        found = list(rows.order_by("created_at").values_list("pk", flat=True)[:_AT_ONCE])
        forget_letters(found)
        Account.objects.filter(pk__in=found).delete()
    return len(found)


def _confirm(account: Account, at: datetime) -> None:
    account.email_verified_at = at
    accepted = terms.terms_in_force(local(account.created_at).date())
    if accepted is not None and queries.acknowledged_at(account.pk, accepted) is None:
        terms.record(account.pk, accepted, account.created_at)
    try:
        with transaction.atomic():
            account.save(update_fields=["email_verified_at"])
    except IntegrityError:
        raise FieldErrors({"email": TAKEN_EMAIL}) from None
    letters()(
        key="account.opened",
        account_id=account.pk,
        address=account.email,
        name=account.full_name,
        context={},
        at=at,
    )
