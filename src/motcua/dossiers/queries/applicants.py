"""What earlier dossiers of a desk say of a person: who they are, and that the same was asked already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F
from django.db.models.fields.json import KeyTextTransform, KeyTransform

from motcua.dossiers.enums import Status
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


@dataclass(frozen=True, slots=True)
class Twin:
    """A dossier of the same person and procedure that has not ended."""

    dossier_id: str
    reference: str
    status: Status
    filed_at: datetime


def open_twins(
    wanted: Iterable[tuple[str, str]], desk_ids: Iterable[int], *, but: Iterable[str] = ()
) -> dict[tuple[str, str], tuple[Twin, ...]]:
    """By personal number and procedure code, what lies open at these desks, the newest first; one query,
    none for nothing. `but` are submission keys: what a page itself has made is no twin of it."""
    asked, desks = set(wanted), set(desk_ids)
    if not asked or not desks:
        return {}
    applicant = KeyTransform("applicant", KeyTransform("contents", "state"))
    rows = (
        Dossier.objects.annotate(
            person=KeyTextTransform("personal_id", applicant),
            asks_for=F("procedure_version__procedure__code"),
        )
        .filter(
            person__in={number for number, _ in asked},
            asks_for__in={code for _, code in asked},
            filed_at__isnull=False,
            ended_at__isnull=True,
            desk_unit_id__in=desks,
        )
        .exclude(submission_key__in=set(but))
        .order_by("-filed_at", "-id")
    )
    found: dict[tuple[str, str], tuple[Twin, ...]] = {}
    for row in rows.values("person", "asks_for", "id", "code", "filing_number", "status", "filed_at"):
        which = row["person"], row["asks_for"]
        if which in asked and row["filed_at"] is not None:
            reference = row["code"] or row["filing_number"] or ""
            twin = Twin(str(row["id"]), reference, Status(row["status"]), row["filed_at"])
            found[which] = (*found.get(which, ()), twin)
    return found


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
