"""Dossiers that were brought to a desk in one visit."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, F
from django.db.models.fields.tuple_lookups import Tuple, TupleLessThan

from motcua.documents.enums import SlipKind
from motcua.dossiers.enums import Status
from motcua.dossiers.models import Bundle, BundledDossier, IssuedSlip
from motcua.dossiers.queries.boxes import desks_of
from motcua.dossiers.queries.cursors import cursor_of, read_cursor
from motcua.dossiers.queries.lines import local_or_none
from motcua.kernel.errors import NotFound
from motcua.worktime.rules import local

if TYPE_CHECKING:
    from motcua.agencies.rules.cards import Post


@dataclass(frozen=True, slots=True)
class BundleLine:
    """One dossier of a bundle; `receipt` is the event that gave the intake receipt, None without one."""

    dossier_id: str
    number: int
    reference: str
    procedure: str
    applicant_name: str
    status: Status
    due_at: datetime | None
    receipt: int | None


@dataclass(frozen=True, slots=True)
class BundleView:
    """Who brought it, who took it in and when. `lines` in the order of the sheet."""

    id: str
    unit_id: int
    brought_by: str
    officer_name: str
    at: datetime
    lines: tuple[BundleLine, ...]

    @property
    def receipts(self) -> int:
        return sum(line.receipt is not None for line in self.lines)


@dataclass(frozen=True, slots=True)
class BundleCard:
    """A bundle in the list of a desk."""

    id: str
    brought_by: str
    officer_name: str
    at: datetime
    dossiers: int


@dataclass(frozen=True, slots=True)
class BundlePage:
    cards: tuple[BundleCard, ...]
    next_cursor: str | None


def bundle(bundle_id: str) -> BundleView:
    """Raises NotFound. A dossier that was passed on to another desk meanwhile is left out."""
    row = Bundle.objects.select_related("officer").filter(pk=UUID(bundle_id)).first()
    if row is None:
        raise NotFound()
    laid = list(
        BundledDossier.objects.filter(bundle_id=row.pk, dossier__desk_unit_id=row.unit_id)
        .select_related("dossier__procedure_version")
        .only(
            "number",
            *(f"dossier__{name}" for name in ("code", "filing_number", "applicant_name", "status", "due_at")),
            "dossier__procedure_version__title",
        )
        .order_by("number", "dossier_id")
    )
    slips = IssuedSlip.objects.filter(
        dossier_id__in=[each.dossier_id for each in laid], kind=SlipKind.INTAKE_RECEIPT.value
    )
    receipts = dict(slips.values_list("dossier_id", "event"))
    return BundleView(
        id=str(row.pk),
        unit_id=row.unit_id,
        brought_by=row.brought_by,
        officer_name=row.officer.full_name,
        at=local(row.at),
        lines=tuple(_line(each, receipts.get(each.dossier_id)) for each in laid),
    )


def bundles_at(posts: Collection[Post], *, after: str | None = None, limit: int = 30) -> BundlePage:
    """The bundles of the desks at which these posts work, the newest first."""
    desks = desks_of(posts)
    rows = Bundle.objects.filter(unit_id__in=desks)
    cursor = read_cursor(after, 2)
    if cursor is not None:
        rows = rows.filter(TupleLessThan(Tuple("at", "id"), (cursor[0], UUID(cursor[1]))))
    page = list(
        rows.order_by("-at", "-id").values("id", "brought_by", "at", name=F("officer__full_name"))[
            : limit + 1
        ]
    )
    shown = page[:limit]
    counted = BundledDossier.objects.filter(bundle_id__in=[row["id"] for row in shown])
    sizes = dict(counted.values_list("bundle_id").annotate(size=Count("pk")))
    cards = tuple(
        BundleCard(str(row["id"]), row["brought_by"], row["name"], local(row["at"]), sizes.get(row["id"], 0))
        for row in shown
    )
    last = shown[-1] if len(page) > limit else None
    return BundlePage(cards, cursor_of(last["at"], last["id"]) if last else None)


def _line(row: BundledDossier, receipt: int | None) -> BundleLine:
    dossier = row.dossier
    return BundleLine(
        dossier_id=str(dossier.id),
        number=row.number,
        reference=dossier.code or dossier.filing_number or "",
        procedure=dossier.procedure_version.title,
        applicant_name=dossier.applicant_name,
        status=Status(dossier.status),
        due_at=local_or_none(dossier.due_at),
        receipt=receipt,
    )
