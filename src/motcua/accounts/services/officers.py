"""Administrators create officers' accounts, put right what stands in them, and look after them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from motcua.accounts import policy
from motcua.accounts.enums import AccountKind
from motcua.accounts.errors import FieldErrors
from motcua.accounts.models import Account, EmailCode
from motcua.accounts.ports import letters
from motcua.accounts.queries import AccountCard, card_of
from motcua.accounts.rules import entries, identifiers
from motcua.accounts.services import lockout, logins, password_rules
from motcua.audit import services as audit
from motcua.kernel.actors import Actor
from motcua.kernel.errors import N_, Forbidden, NotFound

TAKEN_USERNAME = N_("Tên đăng nhập này đã có người dùng.")


@dataclass(frozen=True, slots=True)
class GivenAccount:
    """An account and the password to hand over with it; the password is shown once and stored nowhere."""

    account: AccountCard
    password: str
    is_new: bool = False

    def __repr__(self) -> str:
        return f"GivenAccount({self.account.username!r})"


def create_officer(
    *,
    actor: Actor,
    username: str,
    full_name: str,
    at: datetime,
    email: str = "",
    phone: str = "",
    password: str | None = None,
    is_admin: bool = False,
    granted: bool = False,
) -> GivenAccount:
    """Create an officer's account with a password that must be changed at the first log-in.

    Without `password` one is generated. `granted`: a policy above this app has allowed it, which holds for
    everything but making an administrator. Raises Forbidden or FieldErrors.

    Basis: KT22-1.2.đ, QN20-4.3#1, DL24-24.2#1
    """
    if is_admin or not granted:
        policy.must_administer(actor)
    errors = entries.check_name(full_name)
    name = identifiers.username(username)
    if name is None:
        errors["username"] = entries.BAD_USERNAME
    if email and identifiers.email(email) is None:
        errors["email"] = entries.BAD_EMAIL
    if phone and identifiers.phone(phone) is None:
        errors["phone"] = entries.BAD_PHONE
    account = Account(
        kind=AccountKind.OFFICER,
        username=name,
        full_name=entries.written_name(full_name),
        email=identifiers.email(email) or "",
        phone=identifiers.phone(phone) or "",
        is_admin=is_admin,
        must_change_password=True,
        created_at=at,
    )
    given = password or password_rules.generate()
    fault = password_rules.fault(given, account)
    if fault is not None:
        errors["password"] = fault
    if errors:
        raise FieldErrors(errors)
    account.set_password(given)
    with transaction.atomic():
        _insert(account)
        facts = {"username": account.username, "name": account.full_name, "is_admin": is_admin}
        _record(actor, "officer_created", account, at, **facts)
    return GivenAccount(card_of(account), given, is_new=True)


def _insert(account: Account) -> None:
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError:
        raise FieldErrors({"username": TAKEN_USERNAME}) from None


def change_officer(
    *,
    actor: Actor,
    account_id: int,
    at: datetime,
    full_name: str | None = None,
    phone: str | None = None,
    email: str | None = None,
    granted: bool = False,
) -> AccountCard:
    """Put right an officer's name, telephone or e-mail; None leaves as it is, nothing changed is no act.

    What happened under the old name keeps it. A new e-mail is a claim until its owner confirms it by code,
    and codes that were sent to the old one are void. The officer is told, at the old e-mail if there was one.
    Raises Forbidden (also for one's own account), NotFound, FieldErrors.

    Basis: QN20-4.3#1, DL24-24.2#1
    """
    with transaction.atomic():
        account = _officer(actor, account_id, granted)
        if actor.id == str(account.pk):
            raise Forbidden
        wanted = _wanted(full_name, phone, email)
        old = {name: str(getattr(account, name)) for name in wanted}
        changed = {name: value for name, value in wanted.items() if value != old[name]}
        if not changed:
            return card_of(account)
        address = account.email
        for name, value in changed.items():
            setattr(account, name, value)
        if "email" in changed:
            account.email_verified_at = None
            EmailCode.objects.filter(account=account, used_at__isnull=True).update(used_at=at)
        account.save(update_fields=[*changed, "email_verified_at"])
        facts = {"name": account.full_name, "username": account.username}
        facts |= {f"{name}_was": old[name] for name in changed} | {
            f"{name}_is": v for name, v in changed.items()
        }
        _tell_of_change(account, changed, address or account.email, at)
        _record(actor, "officer_changed", account, at, **facts)
    return card_of(account)


def _wanted(full_name: str | None, phone: str | None, email: str | None) -> dict[str, str]:
    """The entries in their one form; those that are None are left out. Raises FieldErrors."""
    errors: dict[str, str] = {}
    wanted: dict[str, str] = {}
    if full_name is not None:
        errors |= entries.check_name(full_name)
        wanted["full_name"] = entries.written_name(full_name)
    if phone is not None:
        wanted["phone"] = (identifiers.phone(phone) or "") if phone else ""
        if phone and not wanted["phone"]:
            errors["phone"] = entries.BAD_PHONE
    if email is not None:
        wanted["email"] = (identifiers.email(email) or "") if email else ""
        if email and not wanted["email"]:
            errors["email"] = entries.BAD_EMAIL
    if errors:
        raise FieldErrors(errors)
    return wanted


def _tell_of_change(account: Account, changed: dict[str, str], address: str, at: datetime) -> None:
    """Which entries were changed, not to what: a mailbox that is no longer theirs may be read by others."""
    letters()(
        key="account.changed_by_administrator",
        account_id=account.pk,
        address=address,
        name=account.full_name,
        context={"moment_at": at.isoformat(), **dict.fromkeys(changed, "1")},
        at=at,
    )


def give_password(*, actor: Actor, account_id: int, at: datetime, granted: bool = False) -> GivenAccount:
    """Give an officer a new password to be changed at once; their sessions end, their lockout too.

    Raises Forbidden or NotFound.
    """
    with transaction.atomic():
        account = _officer(actor, account_id, granted)
        given = password_rules.generate()
        account.set_password(given)
        account.must_change_password = True
        account.save(update_fields=["password", "must_change_password"])
        logins.end_all(account, None)
        _record(actor, "password_given", account, at, **_named(account))
    lockout.lift(AccountKind.OFFICER, account.get_username())
    return GivenAccount(card_of(account), given)


def unlock(*, actor: Actor, account_id: int, at: datetime, granted: bool = False) -> AccountCard:
    """Forget an officer's failed log-ins, so that they may try again at once. Raises Forbidden, NotFound."""
    with transaction.atomic():
        account = _officer(actor, account_id, granted)
        _record(actor, "officer_unlocked", account, at, **_named(account))
    lockout.lift(AccountKind.OFFICER, account.get_username())
    return card_of(account)


def set_active(
    *, actor: Actor, account_id: int, is_active: bool, at: datetime, granted: bool = False
) -> AccountCard:
    """Close an officer's account or open it again; with a closed one its sessions end.

    Raises Forbidden (also for one's own account) or NotFound.
    """
    with transaction.atomic():
        account = _officer(actor, account_id, granted)
        if actor.id == str(account.pk):
            raise Forbidden
        account.is_active = is_active
        account.save(update_fields=["is_active"])
        if not is_active:
            logins.end_all(account, None)
        _record(actor, "officer_opened" if is_active else "officer_closed", account, at, **_named(account))
    return card_of(account)


def set_admin(*, actor: Actor, account_id: int, is_admin: bool, at: datetime) -> AccountCard:
    """Make an officer an administrator, or no longer. Raises Forbidden (also for oneself) or NotFound."""
    with transaction.atomic():
        account = _officer(actor, account_id, granted=False)
        if actor.id == str(account.pk):
            raise Forbidden
        account.is_admin = is_admin
        account.save(update_fields=["is_admin"])
        _record(actor, "admin_made" if is_admin else "admin_ended", account, at, **_named(account))
    return card_of(account)


def _officer(actor: Actor, account_id: int, granted: bool) -> Account:
    """The account, locked; that of whoever acts too, in the same order, so that of two administrators who end
    each other's right at once the second has none any more."""
    own = [int(actor.id)] if actor.is_officer and actor.id.isdigit() else []
    officers = Account.objects.select_for_update(of=("self",), no_key=True).filter(kind=AccountKind.OFFICER)
    locked = {each.pk: each for each in officers.filter(pk__in=[account_id, *own]).order_by("pk")}
    if not granted:
        policy.must_administer(actor)
    account = locked.get(account_id)
    if account is None:
        raise NotFound
    return account


def _named(account: Account) -> dict[str, object]:
    """Whom an act is about, as its log says: an auditor reads no numbers of accounts."""
    return {"name": account.full_name, "username": account.get_username()}


def _record(actor: Actor, act: str, account: Account, at: datetime, **facts: object) -> None:
    audit.record_act(actor=actor, act=act, what=f"account:{account.pk}", at=at, facts=facts)
