"""What a desk entered before its applicant had an account comes into that account, with proof.

An account claims a number; that is no proof. Proof is a code to the contact that the dossier carries, or that
an officer has compared account, card and person.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db import transaction

from motcua.accounts import queries as accounts
from motcua.accounts.enums import CodeUse
from motcua.accounts.errors import WrongCode
from motcua.accounts.queries import AccountCard
from motcua.accounts.services import contact_codes
from motcua.dossiers import policy, queries
from motcua.dossiers.enums import JoinProof
from motcua.dossiers.errors import AlreadyInAccount, AlreadyYours, IdentityNotChecked, NoSuchDossier
from motcua.dossiers.queries.lookup import LookedUp, of_no_account
from motcua.dossiers.rules import commands
from motcua.dossiers.rules.joining import is_applicant, is_of_no_account
from motcua.dossiers.rules.state import State
from motcua.dossiers.services import gather
from motcua.dossiers.services.act import act_on
from motcua.dossiers.services.record import Act
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden, NotFound
from motcua.notify import services as notify

MOST_JOINABLE = 25


def ask_to_join(*, actor: Actor, reference: str, at: datetime) -> int:
    """Send a code to the contact of the dossier with this code; the number of the asking, sent or not.

    It is sent if the desk entered the dossier for nobody's account, under the number and the name of the
    actor's; nothing tells whether. Raises Forbidden, NoSuchDossier (tracking tells as much), AlreadyYours,
    CodeSentRecently, TooManyCodes.

    Basis: DL24-3.4, PT24-3.6, DL24-18.5; our own reading beyond them (ADR 0029).
    """
    card = _citizen(actor)
    try:
        dossier_id = queries.id_of(reference)
    except NotFound:
        raise NoSuchDossier() from None
    state = queries.state_of(dossier_id)
    if policy.is_owner(actor, policy.footing_of(actor, at), state):
        raise AlreadyYours()
    address = state.contents.applicant.email
    is_reached = bool(address) and is_of_no_account(state) and _is_theirs(card, state)
    with transaction.atomic():
        asked = contact_codes.ask(
            use=CodeUse.JOIN, named=dossier_id, account_id=card.id, is_reached=is_reached, at=at
        )
        if asked.code:
            _send(state, asked.code, dossier_id, at)
    return asked.id


def join_by_code(*, actor: Actor, asked_id: int, code: str, at: datetime) -> Act:
    """Take the dossier into the account by the code; the contact of the dossier is told.

    Raises WrongCode (the try is counted), AlreadyInAccount, NotTheApplicant; then nothing was changed.

    Basis: DL24-3.4, PT24-3.6, DL24-18.5; our own reading beyond them (ADR 0029).
    """
    card = _citizen(actor)
    with transaction.atomic():
        proved = contact_codes.prove(
            use=CodeUse.JOIN, asked_id=asked_id, typed=code, at=at, account_id=card.id
        )
        if proved is not None:
            return _join(actor, card, proved.named, JoinProof.CONTACT, at)
    raise WrongCode


def joinable(*, actor: Actor) -> tuple[tuple[str, LookedUp], ...]:
    """What the actor may take into their account without a code, each with its id; nothing for an account
    that only claims its number."""
    card = _citizen(actor)
    if not card.is_identity_checked or not card.personal_id:
        return ()
    return of_no_account(card.personal_id, card.full_name, limit=MOST_JOINABLE)


def join_by_identity(*, actor: Actor, dossier_id: str, at: datetime) -> Act:
    """Take a dossier into the account that an officer has compared with its owner's card.

    Raises IdentityNotChecked, NotFound, AlreadyInAccount, NotTheApplicant; then nothing was changed.

    Basis: DL24-3.4, PT24-3.6, DL24-18.5; our own reading beyond them (ADR 0029).
    """
    card = _citizen(actor)
    if not card.is_identity_checked:
        raise IdentityNotChecked()
    with transaction.atomic():
        return _join(actor, card, dossier_id, JoinProof.IDENTITY, at)


def _join(actor: Actor, card: AccountCard, dossier_id: str, proof: JoinProof, at: datetime) -> Act:
    before, state, footing = gather.lock(dossier_id, None, actor, at)
    if not is_of_no_account(state):
        raise AlreadyInAccount()
    if not gather.hold_accounts(actor.id):
        raise Forbidden()
    command = commands.JoinAccount(actor.id, card.personal_id or "", card.full_name, proof)
    return act_on(before, state, command, actor=actor, footing=replace(footing, proof=proof), at=at)


def _citizen(actor: Actor) -> AccountCard:
    if not actor.is_citizen:
        raise Forbidden()
    return accounts.account_card(actor.id)


def _is_theirs(card: AccountCard, state: State) -> bool:
    return is_applicant(state, personal_id=card.personal_id or "", name=card.full_name)


def _send(state: State, code: str, dossier_id: str, at: datetime) -> None:
    applicant = state.contents.applicant
    notify.post(
        key="contact.join_code",
        recipients=[notify.Recipient(None, applicant.email, applicant.name)],
        context={
            "code": code,
            "reference": state.reference,
            "minutes": contact_codes.MINUTES,
            "hotline": settings.HOTLINE,
        },
        about=dossier_id,
        at=at,
    )
