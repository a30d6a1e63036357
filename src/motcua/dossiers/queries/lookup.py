"""Dossiers by whose they are and by the contact they carry: for whoever has proved that contact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Lower

from motcua.accounts.queries import contacts
from motcua.agencies import queries as agencies
from motcua.catalogue import queries as catalogue
from motcua.dossiers.enums import Status
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.pages import counted
from motcua.dossiers.queries.views import Counted
from motcua.dossiers.rules.lookup import is_number
from motcua.dossiers.rules.publishing import masked_name
from motcua.dossiers.rules.state import State
from motcua.kernel.text import fold
from motcua.kernel.wire import from_wire

_LOOKED_AT = 200  # of one mailbox and one name: names that only contain it are passed over
_APPLICANT = KeyTransform("applicant", KeyTransform("contents", "state"))


@dataclass(frozen=True, slots=True)
class LookedUp:
    """A dossier as it is told to whoever proved its contact: no more than tracking by its code tells, and the
    initials of the applicant."""

    reference: str
    initials: str
    procedure: str
    agency_name: str
    status: Status
    counted: Counted
    due_at: datetime | None
    finished_at: datetime | None
    is_date_open: bool  # the clock stands, and the date is counted anew afterwards
    promised_at: datetime | None  # the first date, once a letter set a new one

    @property
    def renewed_at(self) -> datetime | None:
        """The date that the last letter set, kept or not."""
        return self.due_at if self.promised_at else None


def by_contact(named: str, address: str, *, limit: int) -> tuple[LookedUp, ...]:
    """The newest dossiers of this person (`rules.lookup.meant`) that carry this e-mail. One query.

    Basis: DL24-12.7.a, DL24-3.4, DL24-18.5; reading A22.
    """
    rows = _rows(named, address).order_by("-filed_at", "-id").values_list("applicant_name", "state")
    found = (from_wire(State, state) for name, state in rows[:_LOOKED_AT] if _is_theirs(named, name))
    return tuple(_told(state) for state, _ in zip(found, range(limit), strict=False))


def is_carried(named: str, address: str) -> bool:
    """Whether there is such a dossier. For the service that sends a code, never for a page."""
    names = _rows(named, address).order_by("-filed_at").values_list("applicant_name", flat=True)[:_LOOKED_AT]
    return any(_is_theirs(named, name) for name in names)


def of_no_account(personal_id: str, name: str, *, limit: int) -> tuple[tuple[str, LookedUp], ...]:
    """Dossiers with this number and name that the desk entered for nobody's account, each with its id."""
    rows = (
        Dossier.objects.filter(
            filed_at__isnull=False,
            owner__isnull=True,
            principal__isnull=True,
            organisation__isnull=True,
        )
        .exclude(channel="online")
        .annotate(number=KeyTextTransform("personal_id", _APPLICANT))
        .filter(number=personal_id)
        .order_by("-filed_at", "-id")
        .values_list("id", "applicant_name", "state")
    )
    theirs = ((pk, state) for pk, given, state in rows[:_LOOKED_AT] if fold(given) == fold(name))
    return tuple(
        (str(pk), _told(from_wire(State, state)))
        for (pk, state), _ in zip(theirs, range(limit), strict=False)
    )


def _rows(named: str, address: str) -> QuerySet[Dossier, Any]:
    rows = Dossier.objects.filter(filed_at__isnull=False).annotate(
        contact=Lower(KeyTextTransform("email", _APPLICANT)),
        number=KeyTextTransform("personal_id", _APPLICANT),
    )
    rows = rows.filter(_carrying(address))
    if is_number(named):
        return rows.filter(number=named)
    return rows.filter(Q(search_text__contains=f" {named} ") | Q(search_text__endswith=f" {named}"))


def _carrying(address: str) -> Q:
    """With this contact, as it is now: whoever changed their mailbox took along what they had filed with the
    one before, which opens nothing any more (ADR 0071). Two queries."""
    carried = Q(contact=address)
    if left := _held_by(contacts.given_up_by(address)):
        carried &= ~left
    for owners, before in contacts.former_mailboxes(address):
        carried |= Q(contact=before) & _held_by(owners)
    return carried


def _held_by(owners: contacts.Owners) -> Q:
    """Filed by these accounts or for them, or for these organisations; empty for nobody."""
    held = Q()
    if owners.accounts:
        held |= Q(owner__in=owners.accounts) | Q(principal__in=owners.accounts)
    return held | Q(organisation__in=owners.organisations) if owners.organisations else held


def _is_theirs(named: str, name: str) -> bool:
    return is_number(named) or fold(name) == named


def _told(state: State) -> LookedUp:
    return LookedUp(
        reference=state.reference,
        initials=masked_name(state.contents.applicant.name),
        procedure=catalogue.sheet(state.target.procedure_version_id).title,
        agency_name=agencies.agency(state.target.agency_id).name,
        status=state.status,
        counted=counted(state),
        due_at=state.due_at,
        finished_at=state.finished_at,
        is_date_open=state.stands_still_for(state.due_at),
        promised_at=state.promised_at,
    )
