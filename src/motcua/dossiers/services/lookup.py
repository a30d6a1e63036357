"""Looking for one's dossiers without their codes: by whose they are, with proof of the contact they carry.

Whoever asks gets the same answer whatever there is. Only the mailbox that the dossier names learns more.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from motcua.accounts.enums import CodeUse
from motcua.accounts.errors import FieldErrors, WrongCode
from motcua.accounts.rules import entries, identifiers
from motcua.accounts.services import contact_codes
from motcua.dossiers.queries import lookup as queries
from motcua.dossiers.queries.lookup import LookedUp
from motcua.dossiers.rules import lookup
from motcua.kernel.errors import N_
from motcua.notify import services as notify

MOST_SHOWN = 25
BAD_NAME = N_("Hãy nhập số định danh gồm 12 chữ số, hoặc họ và tên đầy đủ của chủ hồ sơ.")


def ask_for_lookup(*, named: str, email: str, place: str, at: datetime) -> int:
    """Send a code to this e-mail if a dossier of this person carries it; the number of the asking either way.

    `named` is a personal id or a full name; `place` is where it is asked from (`contact_codes.place_of`).
    Nothing tells whether a code went out: not the answer, nor what is counted, nor how long it takes beyond
    one row of the outbox. Raises FieldErrors for `named` and `email`, CodeSentRecently, TooManyCodes,
    TooManyFromHere.

    Basis: DL24-12.7.a, DL24-3.4, DL24-18.5; reading A22.
    """
    person, address = lookup.meant(named), identifiers.email(email)
    faults = {} if person else {"named": BAD_NAME}
    if address is None:
        faults["email"] = entries.BAD_EMAIL
    if person is None or address is None:
        raise FieldErrors(faults)
    with transaction.atomic():
        is_reached = queries.is_carried(person, address)
        asked = contact_codes.ask(
            use=CodeUse.LOOKUP, named=person, address=address, place=place, is_reached=is_reached, at=at
        )
        if asked.code:
            _send(address, asked.code, at)
    return asked.id


def prove_lookup(*, asked_id: int, code: str, at: datetime) -> None:
    """Open the list by its code, for a quarter of an hour. Raises WrongCode; the try is counted."""
    with transaction.atomic():
        proved = contact_codes.prove(use=CodeUse.LOOKUP, asked_id=asked_id, typed=code, at=at)
    if proved is None:
        raise WrongCode


def looked_up(*, asked_id: int, at: datetime) -> tuple[LookedUp, ...]:
    """The dossiers that the code has opened, the newest first, at most `MOST_SHOWN`.

    Raises WrongCode if none has, or it was too long ago.

    Basis: DL24-12.7.a, DL24-3.4, DL24-18.5; reading A22.
    """
    proved = contact_codes.proved(use=CodeUse.LOOKUP, asked_id=asked_id, at=at)
    return queries.by_contact(proved.named, proved.address, limit=MOST_SHOWN)


def forget_lookup(*, asked_id: int) -> None:
    """Close the list before its time: whoever sits down here next sees nothing."""
    contact_codes.give_up(use=CodeUse.LOOKUP, asked_id=asked_id)


def _send(address: str, code: str, at: datetime) -> None:
    notify.post(
        key="contact.lookup_code",
        recipients=[notify.Recipient(None, address, "")],
        context={"code": code, "minutes": contact_codes.MINUTES, "hotline": settings.HOTLINE},
        about="",
        at=at,
    )
