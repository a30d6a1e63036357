"""Mandates and organisations between people of the tests, made by the services as people make them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.contrib.auth.hashers import make_password
from tests.accounts.people import PASSWORD

from motcua.accounts import services
from motcua.accounts.models import Account, Membership
from motcua.accounts.queries import actor_of
from motcua.accounts.rules.acting import MemberRole, NumberKind


def mandate(giver: Account, receiver: Account, at: datetime, *, accepted: bool = True, **changes: Any) -> int:
    """A mandate from one to the other for a month, for all procedures; accepted unless told otherwise."""
    if not giver.has_usable_password() or not giver.password:
        giver.password = make_password(PASSWORD)
        giver.save(update_fields=["password"])
    today = at.date()
    given: dict[str, Any] = {
        "number": receiver.personal_id,
        "name": receiver.full_name,
        "since": today,
        "until": today + timedelta(days=30),
        "procedures": (),
        "paper": str(uuid4()),
    }
    offer = services.Offer(**given | changes)
    made = services.offer_mandate(actor=actor_of(giver), offer=offer, password=PASSWORD, at=at)
    if accepted:
        services.accept_mandate(actor=actor_of(receiver), mandate_id=made, at=at)
    return made


def organisation(owner: Account, at: datetime, **changes: Any) -> int:
    given: dict[str, Any] = {
        "name": "Công ty TNHH Hạt Cà Phê",
        "number_kind": NumberKind.TAX_CODE,
        "number": "6001234567",
        "address": "12 Lê Duẩn, phường Buôn Ma Thuột",
        "phone": "",
        "email": "",
    }
    return services.declare_organisation(actor=actor_of(owner), at=at, **given | changes)


def join(
    organisation_id: int, owner: Account, person: Account, at: datetime, role: MemberRole = MemberRole.FILER
) -> int:
    """The person is invited and accepts; the id of the membership."""
    services.invite_member(
        actor=actor_of(owner),
        organisation_id=organisation_id,
        number=person.personal_id or "",
        name=person.full_name,
        role=role,
        at=at,
    )
    row = Membership.objects.get(
        organisation_id=organisation_id, number=person.personal_id, ended_at__isnull=True
    )
    services.accept_invitation(actor=actor_of(person), membership_id=row.pk, at=at)
    return int(row.pk)


def day(text: str) -> date:
    return date.fromisoformat(text)
