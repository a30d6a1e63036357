"""Whom the public may ask at an agency."""

from __future__ import annotations

from collections.abc import Collection

from motcua.agencies.models import Contact
from motcua.agencies.rules.cards import ContactCard


def contacts(agency_ids: Collection[int]) -> dict[int, tuple[ContactCard, ...]]:
    """Whom to ask at each of these agencies, in the order in which they were put up; one query.

    Basis: DL24-5.7, DL24-11.3, QN20-18.
    """
    found: dict[int, tuple[ContactCard, ...]] = {}
    for row in Contact.objects.filter(agency_id__in=set(agency_ids)).order_by("agency_id", "id"):
        card = ContactCard(
            row.pk, row.agency_id, row.name, row.duty, row.phone, row.email, row.address, row.changed_at
        )
        found[row.agency_id] = (*found.get(row.agency_id, ()), card)
    return found
