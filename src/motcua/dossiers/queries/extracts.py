"""The days that were written out, and what is written out of a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models.fields.json import KeyTextTransform

from motcua.agencies import queries as agencies
from motcua.dossiers import labels
from motcua.dossiers.enums import Figure, Status
from motcua.dossiers.models import DailyExtract, DossierEvent
from motcua.dossiers.queries.lines import broken_off_of
from motcua.dossiers.rules.events import (
    Accepted,
    Declined,
    HandedOver,
    Redirected,
    Stopped,
    SupplementRequested,
    Withdrawn,
)
from motcua.dossiers.rules.extracts import Line
from motcua.kernel.dates import ZONE
from motcua.worktime.rules import local

LATE_WITHIN = timedelta(days=60)  # what was done on paper is entered within days; outages last no months
_PIECE = 500
_ANSWERS = {each.KIND for each in (Accepted, Declined, Redirected, SupplementRequested)}
_ENDINGS = {each.KIND for each in (Withdrawn, Stopped)}


@dataclass(frozen=True, slots=True)
class ExtractCard:
    """A day that was written out; `sha256` is the hash of its file."""

    day: date
    file_id: str
    sha256: str
    events: int
    filed: int
    accepted: int
    settled: int
    made_at: datetime


def extracts(province: str, *, before: date | None, limit: int) -> tuple[ExtractCard, ...]:
    """The newest days first, by keyset: those before `before`."""
    rows = DailyExtract.objects.filter(province=province)
    if before is not None:
        rows = rows.filter(day__lt=before)
    return tuple(_card(row) for row in rows.order_by("-day")[:limit])


def extract(province: str, day: date) -> ExtractCard | None:
    row = DailyExtract.objects.filter(province=province, day=day).first()
    return _card(row) if row else None


def last_extracted(province: str) -> date | None:
    return (
        DailyExtract.objects.filter(province=province).order_by("-day").values_list("day", flat=True).first()
    )


def lines_of(province: str, day: date) -> Iterator[Line]:
    """What was done to dossiers of the province that day, in the order of time. Preparing a draft is nothing
    that an agency did or knows of.

    What was entered afterwards from a paper log belongs to the day on which it was entered: the day on which
    it happened may have been written out before. It says both.
    """
    begin = datetime.combine(day, datetime.min.time(), ZONE)
    end = begin + timedelta(days=1)
    late = _entered_late(province, begin, end)
    today = {key for key, entered_at in late.items() if begin <= entered_at < end}
    rows = (
        DossierEvent.objects.filter(at__gte=begin, at__lt=end, dossier__agency__province=province)
        .exclude(kind__in=("draft_saved", "entered_late"))
        .order_by("at", "dossier_id", "seq")
    )
    earlier = DossierEvent.objects.filter(
        pk__in=list(today), at__lt=begin, dossier__agency__province=province
    ).order_by("at", "dossier_id", "seq")
    for found in (earlier, rows):
        for row in found.values(*_FIELDS, **_computed()).iterator(chunk_size=_PIECE):
            key = (row["dossier_id"], row["seq"])
            if key not in late or key in today:
                yield _line(row, late.get(key))


_FIELDS = (
    "at", "kind", "seq", "dossier_id", "dossier__agency_id", "dossier__channel", "dossier__code",
    "dossier__filing_number", "dossier__status", "dossier__due_at", "dossier__finished_at",
    "dossier__ended_at", "dossier__procedure_version__title", "dossier__procedure_version__procedure__code",
    "payload__is_on_its_way", "payload__move__opened",
)  # fmt: skip


def _computed() -> dict[str, Any]:
    state = "dossier__state"
    return {
        "broken_off": broken_off_of("dossier__"),
        "handed_late": KeyTextTransform("is_late", "payload"),
        "answered_late": KeyTextTransform("answered_late_at", state),
        "unanswered": KeyTextTransform("unanswered_by", state),
        "unforwarded": KeyTextTransform("unforwarded_by", state),
    }


def _entered_late(province: str, begin: datetime, end: datetime) -> dict[tuple[UUID, int], datetime]:
    """When each act was entered that happened before the end of the day and was entered afterwards."""
    rows = DossierEvent.objects.filter(
        kind="entered_late",
        at__gte=begin - LATE_WITHIN,
        at__lt=end,
        dossier__agency__province=province,
    )
    return {
        (dossier_id, seq - 1): datetime.fromisoformat(entered_at)
        for dossier_id, seq, entered_at in rows.values_list("dossier_id", "seq", "payload__entered_at")
    }


def _line(row: dict[str, Any], entered_at: datetime | None) -> Line:
    """The due moment is the one by which lateness is measured: a letter that came too late moves nothing.

    Basis: QN20-23.7#2, PT24-10.3#1; reading A12.
    """
    due_at, finished_at = row["dossier__due_at"], row["dossier__finished_at"]
    end = finished_at or row["broken_off"]
    return Line(
        at=local(row["at"]),
        entered_at=local(entered_at) if entered_at else None,
        agency=agencies.agency(row["dossier__agency_id"]).name,
        procedure_code=row["dossier__procedure_version__procedure__code"],
        procedure=row["dossier__procedure_version__title"],
        channel=labels.CHANNEL.get(row["dossier__channel"], ""),
        reference=row["dossier__code"] or row["dossier__filing_number"] or "",
        kind=row["kind"],
        done=labels.EVENT.get(row["kind"], row["kind"]),
        status=labels.STATUS[Status(row["dossier__status"])],
        due_at=local(due_at) if due_at else None,
        finished_at=local(finished_at) if finished_at else None,
        is_late=due_at is not None and end is not None and end > due_at,
        desk_late=labels.DESK_LATE.get(_desk_late(row), ""),
        settles=row["at"] == finished_at and _brings_result(row),
    )


def _brings_result(row: dict[str, Any]) -> bool:
    """Whether a result came to the desk with this event, as the fold has it: it got its number there, or the
    step after which it is handed over was done."""
    if row["kind"] == "result_issued":
        return not row["payload__is_on_its_way"]
    opened = row["payload__move__opened"] or ()
    return row["kind"] == "step_completed" and any(task["kind"] == "return" for task in opened)


def _desk_late(row: dict[str, Any]) -> Figure | None:
    """Which term of the desk this act broke, as it counts: what was taken back since broke none.

    Basis: KT18-14.4, DL24-8.1.b, DL24-19.1.d, PT24-9.2.b#2, DL24-8.1.a#1; reading A74.
    """
    if row["kind"] == HandedOver.KIND:
        return Figure.FORWARDED_LATE if row["handed_late"] == "true" else None
    if row["kind"] in _ENDINGS and row["at"] == row["dossier__ended_at"]:
        if row["unanswered"]:
            return Figure.ANSWERED_LATE
        return Figure.FORWARDED_LATE if row["unforwarded"] else None
    is_answer = row["kind"] in _ANSWERS and row["answered_late"]
    if is_answer and datetime.fromisoformat(row["answered_late"]) == row["at"]:
        return Figure.ANSWERED_LATE
    return None


def _card(row: DailyExtract) -> ExtractCard:
    return ExtractCard(
        row.day, str(row.file_id), row.sha256, row.events, row.filed, row.accepted, row.settled, row.made_at
    )
