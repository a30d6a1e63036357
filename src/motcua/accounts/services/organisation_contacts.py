"""How an organisation is reached: its legal representative changes it, and proves its mailbox (ADR 0070).

A mailbox is used for letters only once it is confirmed, or one mistyped letter would tell a stranger of all
that the organisation files.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.accounts.enums import CodePurpose
from motcua.accounts.errors import FieldErrors, MailboxNeedsNoCode, WrongCode
from motcua.accounts.models import Account, Organisation
from motcua.accounts.rules import acting, identifiers
from motcua.accounts.services import codes, former
from motcua.accounts.services.organisations import as_owner, faults_of_contacts, proved_by
from motcua.kernel.actors import Actor


def change_organisation_contacts(
    *, actor: Actor, organisation_id: int, address: str, phone: str, email: str, at: datetime
) -> bool:
    """Put address, phone and mailbox in place; answers whether a code has gone to a new mailbox.

    Until that is confirmed, letters go to the accounts of the members only. One that the actor has confirmed
    as their own needs no code. Raises FieldErrors, CodeSentRecently, TooManyAddresses, NotFound, Forbidden.

    Basis: DL24-6.3, PT24-6.1.d
    """
    place = " ".join(address.split())
    errors = acting.check_address(place) | faults_of_contacts(phone, email)
    with transaction.atomic():
        account, organisation = as_owner(actor, organisation_id)
        if errors:
            raise FieldErrors(errors)
        known = identifiers.email(email) or ""
        is_new = known != organisation.email
        if is_new:
            was = organisation.email if organisation.email_verified_at is not None else ""
            former.give_up(was, known, organisation=organisation, at=at)
            organisation.email = known
            organisation.email_verified_at = proved_by(account, known)
        number = identifiers.line(phone) or ""
        former.give_up(organisation.phone, number, organisation=organisation, at=at)
        organisation.address, organisation.phone = place, number
        organisation.save(update_fields=["address", "phone", "email", "email_verified_at"])
        waits = is_new and bool(known) and organisation.email_verified_at is None
        if waits:
            _send(account, organisation, at)
    return waits


def ask_for_mailbox_code(*, actor: Actor, organisation_id: int, at: datetime) -> None:
    """Send a code to the mailbox of the organisation that is not confirmed yet.

    Raises MailboxNeedsNoCode, CodeSentRecently, TooManyAddresses, NotFound, Forbidden.
    """
    with transaction.atomic():
        account, organisation = as_owner(actor, organisation_id)
        if not organisation.email or organisation.email_verified_at is not None:
            raise MailboxNeedsNoCode
        _send(account, organisation, at)


def confirm_mailbox(*, actor: Actor, organisation_id: int, code: str, at: datetime) -> None:
    """From now on letters go to this mailbox too. Raises WrongCode (the try is counted), NotFound, Forbidden.

    A code that was sent to the mailbox before it was changed is wrong.

    Basis: PT24-6.1.b
    """
    with transaction.atomic():
        account, organisation = as_owner(actor, organisation_id)
        found = codes.matches(account.pk, CodePurpose.ORGANISATION, code, at)
        if found is not None and (found.wanted, found.address) == (str(organisation.pk), organisation.email):
            codes.spend(found, at)
            organisation.email_verified_at = at
            organisation.save(update_fields=["email_verified_at"])
            return
    raise WrongCode


def _send(account: Account, organisation: Organisation, at: datetime) -> None:
    codes.must_not_ask_too_often(account, CodePurpose.ORGANISATION, at)
    codes.send(
        account,
        CodePurpose.ORGANISATION,
        at,
        address=organisation.email,
        wanted=str(organisation.pk),
        name=organisation.name,
    )
