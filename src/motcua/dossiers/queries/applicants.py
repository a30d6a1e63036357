"""What earlier dossiers of a desk say of a person: who they are, and that the same was asked already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform, KeyTransform

from motcua.accounts.rules import acting
from motcua.dossiers.enums import Status
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.state import Applicant, State
from motcua.kernel.text import fold
from motcua.kernel.wire import from_wire

_KNOWN_BY = ("personal_id", "passport", "organisation_number")  # each has its index
_LOOKED_THROUGH = 20
_REPLACES_NOTHING = (Status.DECLINED, Status.WITHDRAWN, Status.STOPPED)


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


def filed_anew(dossier_id: str, state: State) -> str:
    """The number of the newest filing of the same applicant for the same procedure since this one was
    declined, withdrawn or stopped, at whichever agency, that is still dealt with or was settled; empty if
    there is none. Of who is known by no number their account tells; where there is none either, nothing does.

    What they had filed before is another matter of theirs (a second child); what was withdrawn, stopped or
    declined since takes the place of nothing.
    """
    person = state.contents.applicant
    rows = known_as(person)
    if rows is None and state.owner_id:
        rows = Dossier.objects.filter(owner_id=int(state.owner_id), applicant_name=person.name[:200])
    over = state.declining or state.ending
    if rows is None or over is None:
        return ""
    newer = (
        rows.filter(
            filed_at__gt=over.at,
            procedure_version__procedure__code=state.target.procedure_code,
        )
        .exclude(Q(id=UUID(dossier_id)) | Q(status__in=_REPLACES_NOTHING))
        .order_by("-filed_at", "-id")
        .values_list("code", "filing_number", "state__contents__applicant")[:_LOOKED_THROUGH]
    )
    found = (
        code or number or "" for code, number, who in newer if is_same(person, from_wire(Applicant, who))
    )
    return next(found, "")


def is_known(state: State) -> bool:
    """Whether `filed_anew` can tell: the applicant is known by a number, or by their account."""
    return _field_of(state.contents.applicant) is not None or bool(state.owner_id)


def known_as(person: Applicant) -> QuerySet[Dossier] | None:
    """Dossiers that were filed by an applicant with this number, some of whom may be others (`is_same`);
    None for who is known by none."""
    field = _field_of(person)
    if field is None:
        return None
    path = KeyTextTransform(field, KeyTransform("applicant", KeyTransform("contents", "state")))
    return Dossier.objects.annotate(known_by=path).filter(
        known_by=getattr(person, field), filed_at__isnull=False
    )


def is_same(one: Applicant, other: Applicant) -> bool:
    """Each state numbers its passports by itself: the same number of two states is two people. So does each
    body number the decisions by which it founds organisations: of those the name has to be the same too, and
    of who is known by no number name and birthday."""
    field = _field_of(one)
    if field is None:
        return fold(one.name) == fold(other.name) and one.date_of_birth == other.date_of_birth
    if getattr(one, field) != getattr(other, field):
        return False
    if field == "passport":
        return fold(one.nationality) == fold(other.nationality)
    is_known = field != "organisation_number" or acting.tax_code(one.organisation_number) is not None
    return is_known or fold(one.name) == fold(other.name)


def _field_of(person: Applicant) -> str | None:
    return next((each for each in _KNOWN_BY if getattr(person, each)), None)
