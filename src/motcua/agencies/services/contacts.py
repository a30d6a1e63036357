"""Saying whom to ask at an agency. Every act goes into the audit chain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from motcua.agencies import policy
from motcua.agencies.errors import BadContact, TooManyContacts, UnknownAgency
from motcua.agencies.models import Agency, Contact
from motcua.agencies.rules.reach import is_mailbox, is_phone
from motcua.audit import services as audit
from motcua.kernel.actors import Actor
from motcua.kernel.errors import N_, NotFound
from motcua.law.services import rests_on

MOST = 40


@dataclass(frozen=True, slots=True)
class ContactEntry:
    """A contact as it is entered: a desk or an officer, and for what people may ask there."""

    name: str
    duty: str
    phone: str = ""
    email: str = ""
    address: str = ""


@rests_on()
@transaction.atomic
def add_contact(*, actor: Actor, at: datetime, agency_id: int, entry: ContactEntry) -> int:
    """Its id. Raises UnknownAgency, Forbidden, BadContact, TooManyContacts.

    Basis: DL24-5.7, DL24-11.3.
    """
    policy.must_administer(actor, agency_id, at)
    if not Agency.objects.select_for_update(no_key=True).filter(id=agency_id).exists():
        raise UnknownAgency()
    clean = _cleaned(entry)
    if Contact.objects.filter(agency_id=agency_id).count() >= MOST:
        raise TooManyContacts(most=MOST)
    row = Contact.objects.create(agency_id=agency_id, changed_at=at, changed_by=actor.name[:200], **clean)
    _record(actor, "contact_added", row, at)
    return row.pk


@rests_on(add_contact)
@transaction.atomic
def drop_contact(*, actor: Actor, at: datetime, contact_id: int) -> int:
    """Take a contact down; the id of its agency. Raises NotFound, Forbidden."""
    row = Contact.objects.select_for_update().filter(id=contact_id).first()
    if row is None:
        raise NotFound()
    policy.must_administer(actor, row.agency_id, at)
    _record(actor, "contact_dropped", row, at)
    row.delete()
    return row.agency_id


def _cleaned(entry: ContactEntry) -> dict[str, str]:
    fields = {name: " ".join(getattr(entry, name).split()) for name in entry.__slots__}
    faults: dict[str, str] = {}
    for name in ("name", "duty"):
        if not 0 < len(fields[name]) <= 200:
            faults[name] = N_("Nội dung này còn thiếu hoặc quá dài.")
    if fields["phone"] and not is_phone(fields["phone"]):
        faults["phone"] = N_("Số điện thoại chưa đúng.")
    if fields["email"] and not is_mailbox(fields["email"]):
        faults["email"] = N_("Địa chỉ thư điện tử chưa đúng.")
    if not fields["phone"] and not fields["email"]:
        faults["phone"] = N_("Hãy ghi số điện thoại hoặc thư điện tử.")
    if len(fields["address"]) > 300:
        faults["address"] = N_("Nội dung này quá dài.")
    if faults:
        raise BadContact(faults)
    return fields


def _record(actor: Actor, act: str, row: Contact, at: datetime) -> None:
    facts = {"name": row.name, "duty": row.duty, "phone": row.phone, "email": row.email}
    audit.record_act(actor=actor, act=act, what=f"agency:{row.agency_id}", at=at, facts=facts)
