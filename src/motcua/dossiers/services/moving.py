"""Another mailbox or number for one's account: drafts that bear the one before bear the new one (ADR 0071).

What was filed keeps what it said; whom letters reach is decided when they are written (`notices`).
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

from motcua.accounts import queries as accounts
from motcua.accounts import services
from motcua.accounts.queries import AccountCard
from motcua.catalogue import queries as catalogue
from motcua.dossiers.enums import Status
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import commands
from motcua.dossiers.rules.state import State
from motcua.dossiers.services.act import act
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Refusal
from motcua.kernel.wire import from_wire

_Field = Literal["email", "phone"]


def confirm_email_change(*, actor: Actor, code: str, at: datetime) -> AccountCard:
    """`accounts.confirm_email_change`, and the drafts follow.

    Basis: PT24-6.1.b; our own reading beyond it (ADR 0071).
    """
    before = accounts.account_card(actor.id).email
    card = services.confirm_email_change(actor=actor, code=code, at=at)
    _carry("email", before, card.email, actor, at)
    return card


def confirm_phone_change(*, actor: Actor, code: str, at: datetime) -> AccountCard:
    """`accounts.confirm_phone_change`, and the drafts follow.

    Basis: PT24-6.1.d; our own reading beyond it (ADR 0071).
    """
    before = accounts.account_card(actor.id).phone
    card = services.confirm_phone_change(actor=actor, code=code, at=at)
    _carry("phone", before, card.phone, actor, at)
    return card


def _carry(field: _Field, before: str, now: str, actor: Actor, at: datetime) -> None:
    """Each draft by itself, after the change holds: one that is saved or sent at the same moment stays as it
    is, and its letters follow all the same."""
    if not before or before == now:
        return
    drafts = Dossier.objects.filter(
        owner_id=int(actor.id), status=Status.DRAFT.value, ended_at__isnull=True
    ).order_by("id")
    for dossier_id, version, wire in drafts.values_list("pk", "version", "state"):
        state = from_wire(State, wire)
        person = state.contents.applicant
        if getattr(person, field).casefold() != before.casefold():
            continue
        person = replace(person, email=now) if field == "email" else replace(person, phone=now)
        answers = _answers_with(state, field, before, now)
        contents = replace(state.contents, applicant=person, form_data=answers)
        command = commands.SaveDraft(state.target, contents, owner_id=actor.id)
        with suppress(Refusal):
            act(command, actor=actor, at=at, dossier_id=str(dossier_id), expected_version=version)


def _answers_with(state: State, field: _Field, before: str, now: str) -> dict[str, Any]:
    """The answers of the form; those that were filled in from the contact, and still say the same, follow."""
    sheet = catalogue.sheet(state.target.procedure_version_id)
    asked = {each.key for section in sheet.eform for each in section.fields if each.prefill == field}
    kept = state.contents.form_data
    return {key: now if key in asked and text == before else text for key, text in kept.items()}
