"""What earlier dossiers of a desk say of a person, so that it need not be typed again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models.fields.json import KeyTextTransform, KeyTransform

from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.state import Applicant
from motcua.kernel.wire import from_wire


@dataclass(frozen=True, slots=True)
class Earlier:
    """The applicant of the newest dossier of a number: as was written then, which may have changed since."""

    dossier_id: str
    reference: str
    name: str
    phone: str
    address: str
    date_of_birth: date | None


def earlier_applicants(numbers: Iterable[str], desk_ids: Iterable[int]) -> dict[str, Earlier]:
    """By personal number, of those who have filed at one of these desks; one query, none for no number."""
    asked, desks = set(numbers), set(desk_ids)
    if not asked or not desks:
        return {}
    applicant = KeyTransform("applicant", KeyTransform("contents", "state"))
    rows = (
        Dossier.objects.annotate(person=KeyTextTransform("personal_id", applicant), applicant=applicant)
        .filter(person__in=asked, filed_at__isnull=False, desk_unit_id__in=desks)
        .order_by("person", "-filed_at", "-id")
        .distinct("person")
    )
    found = {}
    for row in rows.values("person", "id", "code", "filing_number", "applicant"):
        who = from_wire(Applicant, row["applicant"])
        reference = row["code"] or row["filing_number"] or ""
        found[row["person"]] = Earlier(
            str(row["id"]), reference, who.name, who.phone, who.address, who.date_of_birth
        )
    return found
