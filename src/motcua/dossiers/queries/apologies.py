"""Letters of apology as everybody may read them: folded from the events, nothing personal in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models.fields.tuple_lookups import Tuple, TupleLessThan

from motcua.agencies import queries as agencies
from motcua.documents.enums import SlipKind
from motcua.dossiers.models import IssuedSlip
from motcua.dossiers.queries.cursors import cursor_of, read_cursor
from motcua.dossiers.rules.publishing import masked_name, masked_reason, publishes_apologies
from motcua.dossiers.rules.state import State
from motcua.kernel.wire import from_wire
from motcua.law import queries as law

PAGE = 20


@dataclass(frozen=True, slots=True)
class PublicApology:
    """One letter. `initials` stand for the applicant; `is_timely`: it came with the notice that is due."""

    number: str
    agency_name: str
    procedure: str
    initials: str
    at: datetime
    was_due_at: datetime
    due_at: datetime
    reason: str
    is_timely: bool


def public_apologies(
    province: str, at: datetime, after: str | None = None, limit: int = PAGE
) -> tuple[tuple[PublicApology, ...], str | None]:
    """The newest letters of a province that its regulations publish, and the next cursor.

    A letter stays for as many days as the installation sets; no text gives the number. A page may be shorter
    than `limit` and have another behind it: letters are read along their index, and those of a regulation
    that publishes none are left out afterwards, for the database cannot guess how many these are.

    Basis: DL24-5.10; reading A23.
    """
    publishing = [each.short_name for each in law.law().regulations.values() if publishes_apologies(each)]
    rows = IssuedSlip.objects.filter(
        kind=SlipKind.APOLOGY.value,
        issued_at__gt=at - timedelta(days=settings.APOLOGIES_PUBLIC_DAYS),
        issued_at__lte=at,
        dossier__agency__province=province,
    )
    if cursor := read_cursor(after, 2):
        rows = rows.filter(TupleLessThan(Tuple("issued_at", "dossier_id"), (cursor[0], UUID(cursor[1]))))
    page = list(
        rows.order_by("-issued_at", "-dossier_id").values_list(
            "issued_at", "dossier_id", "dossier__state", "dossier__procedure_version__title"
        )[: limit + 1]
    )
    folded = [(from_wire(State, state), issued, title) for issued, _, state, title in page[:limit]]
    shown = tuple(_public(*each) for each in folded if each[0].target.regulation in publishing)
    return shown, cursor_of(*page[limit - 1][:2]) if len(page) > limit else None


def _public(state: State, issued_at: datetime, title: str) -> PublicApology:
    letter = next(each for each in state.apologies if each.at == issued_at)
    return PublicApology(
        number=state.reference,
        agency_name=agencies.agency(state.target.agency_id).name,
        procedure=title,
        initials=masked_name(state.contents.applicant.name),
        at=issued_at,
        was_due_at=letter.was_due_at,
        due_at=letter.due_at,
        reason=masked_reason(letter.reason, state),
        is_timely=letter.is_timely,
    )
