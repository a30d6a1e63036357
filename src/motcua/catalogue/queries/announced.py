"""Decisions that announced procedures, and the duties that followed from them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q, QuerySet

from motcua.agencies import queries as agencies
from motcua.catalogue.enums import Change, DutyKind, DutyState
from motcua.catalogue.models import AnnouncedProcedure, Announcement, Duty
from motcua.catalogue.rules import duties as rules
from motcua.kernel.limits import TimeLimit
from motcua.worktime.rules import local


@dataclass(frozen=True, slots=True)
class AnnouncementCard:
    id: int
    number: str
    title: str
    signer: str
    signed_on: date
    effective_on: date
    lead_agency_id: int
    lead_agency: str
    regulation: str
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True)
class DutyCard:
    """A duty with the decision it comes from. `late_days`: working days after the end of the term."""

    id: int
    announcement_id: int
    announcement: str
    signed_on: date
    code: str
    title: str
    change: Change
    kind: DutyKind
    party: str
    agency_id: int | None
    agency: str
    clauses: tuple[str, ...]
    limit: TimeLimit | None
    counted_from: str
    counted_on: date
    due_at: datetime | None
    sort_at: datetime
    done_on: date | None
    done_by: str
    proof: str
    recorded_at: datetime | None
    asked: str
    state: DutyState
    late_days: int

    @property
    def cursor(self) -> str:
        return f"{self.sort_at.isoformat()}~{self.id}"


@dataclass(frozen=True, slots=True)
class Provenance:
    """By which decision the content of a procedure stands, and which agency answers for it."""

    number: str
    signed_on: date
    effective_on: date
    agency_id: int
    agency: str


def announcements(
    province: str, *, before: int | None = None, limit: int = 50
) -> tuple[AnnouncementCard, ...]:
    """The decisions recorded, the newest first."""
    rows = Announcement.objects.filter(province=province).select_related("lead_agency").order_by("-id")
    if before is not None:
        rows = rows.filter(id__lt=before)
    return tuple(_announcement(row) for row in rows[:limit])


def announcement(province: str, announcement_id: int) -> AnnouncementCard | None:
    rows = Announcement.objects.filter(province=province, id=announcement_id).select_related("lead_agency")
    return next((_announcement(row) for row in rows), None)


def duties(
    province: str,
    at: datetime,
    *,
    agency_ids: Collection[int] | None = None,
    is_done: bool = False,
    only_late: bool = False,
    after: str = "",
    limit: int = 50,
) -> tuple[DutyCard, ...]:
    """Duties of the agencies (None: of all), the one that ends first at the top; done ones likewise.

    `after` is the cursor of the last one seen; one that is none is passed over.
    """
    rows = _rows(province).filter(done_on__isnull=not is_done)
    if agency_ids is not None:
        rows = rows.filter(agency_id__in=set(agency_ids))
    if only_late:
        late = Q(done_on__gt=F("due_at__date")) if is_done else Q(due_at__lt=at)
        rows = rows.filter(late)
    rows = _after(rows, after)
    return tuple(duty_card(row, at) for row in rows.order_by("sort_at", "id")[:limit])


def duties_of_announcement(announcement_id: int, at: datetime, *, limit: int = 2500) -> tuple[DutyCard, ...]:
    """All duties of a decision, by procedure and in the order in which they are done."""
    order = {kind: place for place, kind in enumerate(DutyKind)}
    rows = _all_rows().filter(announced__announcement_id=announcement_id).order_by("announced_id", "id")
    found = [(row.announced_id, duty_card(row, at)) for row in rows[:limit]]
    return tuple(card for _, card in sorted(found, key=lambda pair: (pair[0], order[pair[1].kind])))


def duty(province: str, duty_id: int, at: datetime) -> DutyCard | None:
    return next((duty_card(row, at) for row in _rows(province).filter(id=duty_id)), None)


def count_overdue(province: str, at: datetime, agency_ids: Collection[int] | None) -> int:
    """How many open duties are past their term; asked of the index of what is open, which stays short."""
    rows = Duty.objects.filter(province=province, done_on__isnull=True, due_at__lt=at)
    if agency_ids is not None:
        rows = rows.filter(agency_id__in=set(agency_ids))
    return rows.count()


def provenance(province: str, code: str) -> Provenance | None:
    """The newest decision of the province that announced or changed the procedure.

    Basis: KT22-4.2#1, DL24-3.3#1, PT24-3.3, QN20-6.1.c.
    """
    row = (
        AnnouncedProcedure.objects.filter(code=code, announcement__province=province)
        .exclude(change=Change.REPEALED)
        .select_related("announcement__lead_agency")
        .order_by("-announcement__signed_on", "-id")
        .first()
    )
    if row is None:
        return None
    decision = row.announcement
    lead = decision.lead_agency
    return Provenance(decision.number, decision.signed_on, decision.effective_on, lead.pk, lead.name)


def _all_rows() -> QuerySet[Duty]:
    return Duty.objects.select_related("announced__announcement", "agency")


def _rows(province: str) -> QuerySet[Duty]:
    return _all_rows().filter(province=province)


def _after(rows: QuerySet[Duty], cursor: str) -> QuerySet[Duty]:
    moment, _, number = cursor.partition("~")
    try:
        at, last = datetime.fromisoformat(moment), int(number)
    except ValueError:
        return rows
    if at.tzinfo is None or not 0 <= last < 2**62:
        return rows
    return rows.filter(Q(sort_at__gt=at) | Q(sort_at=at, id__gt=last))


def _announcement(row: Announcement) -> AnnouncementCard:
    return AnnouncementCard(
        row.pk,
        row.number,
        row.title,
        row.signer,
        row.signed_on,
        row.effective_on,
        row.lead_agency_id,
        row.lead_agency.name,
        row.regulation,
        row.recorded_at,
        row.recorded_by,
    )


def duty_card(row: Duty, at: datetime) -> DutyCard:
    """The row, with its decision and agency, as others see it at that moment."""
    announced, decision = row.announced, row.announced.announcement
    return DutyCard(
        id=row.pk,
        announcement_id=decision.pk,
        announcement=decision.number,
        signed_on=decision.signed_on,
        code=announced.code,
        title=announced.title,
        change=Change(announced.change),
        kind=DutyKind(row.kind),
        party=row.party,
        agency_id=row.agency_id,
        agency=row.agency.name if row.agency else "",
        clauses=tuple(row.clauses),
        limit=TimeLimit.parse(row.limit) if row.limit else None,
        counted_from=row.counted_from,
        counted_on=row.counted_on,
        due_at=row.due_at,
        sort_at=row.sort_at,
        done_on=row.done_on,
        done_by=row.done_by,
        proof=row.proof,
        recorded_at=row.recorded_at,
        asked=row.asked,
        state=rules.state_of(row.due_at, row.done_on, at),
        late_days=_late_days(row, decision.lead_agency_id, at),
    )


def _late_days(row: Duty, lead_agency_id: int, at: datetime) -> int:
    if row.due_at is None:
        return 0
    last = row.done_on or local(at).date()
    due_on = local(row.due_at).date()
    if last <= due_on:
        return 0
    calendar = agencies.calendar_of(row.agency_id or lead_agency_id, due_on)
    return rules.working_days_after(calendar, due_on, last)
