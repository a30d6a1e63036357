"""What people may change about themselves."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from motcua.accounts import policy
from motcua.accounts.enums import Language
from motcua.accounts.errors import FieldErrors
from motcua.accounts.models import Account
from motcua.accounts.queries import AccountCard, card_of
from motcua.accounts.rules import entries, identifiers
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden


def update_profile(
    *,
    actor: Actor,
    full_name: str,
    phone: str,
    address: str,
    date_of_birth: date | None,
    at: datetime,
) -> AccountCard:
    """Complete or correct one's own profile; personal id and confirmed e-mail stay as they are.

    Dossiers keep what was entered in them. Raises FieldErrors or Forbidden.

    Basis: PT24-6.1.d
    """
    with transaction.atomic():
        account = _own(actor)
        errors = entries.check_person(
            full_name=full_name, phone=phone, email=account.email, address=address
        ) | entries.check_birth(date_of_birth, at.date())
        errors.pop("email", None)
        if errors:
            raise FieldErrors(errors)
        account.full_name = " ".join(full_name.split())
        account.phone = identifiers.phone(phone) or ""
        account.address = " ".join(address.split())
        account.date_of_birth = date_of_birth
        account.save(update_fields=["full_name", "phone", "address", "date_of_birth"])
    return card_of(account)


def set_language(*, actor: Actor, language: str) -> None:
    """The language in which messages are written to this person. Raises Forbidden or FieldErrors."""
    if language not in Language.values:
        raise FieldErrors({"language": entries.BAD_LANGUAGE})
    with transaction.atomic():
        account = _own(actor)
        account.language = language
        account.save(update_fields=["language"])


def _own(actor: Actor) -> Account:
    if not actor.id.isdigit() or not policy.may_change_own(actor, int(actor.id)):
        raise Forbidden
    account = Account.objects.select_for_update(of=("self",)).filter(pk=actor.id, is_active=True).first()
    if account is None:
        raise Forbidden
    return account
