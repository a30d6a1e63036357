"""What people may change about themselves."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from motcua.accounts.enums import Language
from motcua.accounts.errors import FieldErrors
from motcua.accounts.queries import AccountCard, card_of
from motcua.accounts.rules import entries
from motcua.accounts.services import proofs
from motcua.kernel.actors import Actor


def update_profile(
    *,
    actor: Actor,
    full_name: str,
    address: str,
    date_of_birth: date | None,
    at: datetime,
) -> AccountCard:
    """Complete or correct one's own profile. The personal id stays; phone and e-mail need a proof.

    Dossiers keep what was entered in them. Another name or birthday than the one an officer compared with the
    card is a claim again. Raises FieldErrors or Forbidden.

    Basis: PT24-6.1.d
    """
    with transaction.atomic():
        account = proofs.own_account(actor, locked=True)
        errors = entries.check_person(
            full_name=full_name, phone=account.phone, email=account.email, address=address
        ) | entries.check_birth(date_of_birth, at.date())
        errors.pop("email", None)
        errors.pop("phone", None)
        if errors:
            raise FieldErrors(errors)
        name = entries.written_name(full_name)
        before = entries.written_name(account.full_name)  # as it would be kept today
        if (name, date_of_birth) != (before, account.date_of_birth):
            account.identity_checked_at = None
        account.full_name = name
        account.address = " ".join(address.split())
        account.date_of_birth = date_of_birth
        account.save(update_fields=["full_name", "address", "date_of_birth", "identity_checked_at"])
    return card_of(account)


def set_language(*, actor: Actor, language: str) -> None:
    """The language in which messages are written to this person. Raises Forbidden or FieldErrors."""
    if language not in Language.values:
        raise FieldErrors({"language": entries.BAD_LANGUAGE})
    with transaction.atomic():
        account = proofs.own_account(actor, locked=True)
        account.language = language
        account.save(update_fields=["language"])
