"""What those who answer for agencies follow: how often terms were missed, and what is being missed now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from motcua.agencies import queries as agencies
from motcua.dossiers.enums import Figure, Status
from motcua.dossiers.models import DailyFigure, Dossier, DossierTask
from motcua.dossiers.queries.cursors import page_after
from motcua.dossiers.queries.lines import goes_out
from motcua.dossiers.rules.life import CHECK_STEP, CONSULT_STEP
from motcua.dossiers.rules.state import State
from motcua.kernel.wire import from_wire
from motcua.law import queries as law
from motcua.process.enums import StepKind
from motcua.worktime.rules import local

_KINDS = {CONSULT_STEP: CONSULT_STEP, StepKind.RETURN.value: "return"}
LOOKED_BACK = timedelta(days=7)  # how long workers may be down without losing a reminder


@dataclass(frozen=True, slots=True)
class Followed:
    """How often things happened at an agency in a time, and how often too late.

    `overdue` is how many dossiers are open now whose term has passed, whenever that was. `letter_missed`
    counts what is certain: a letter that came too late, or a result without one. As long as neither has
    come, the dossier stands among those that are `overdue`.
    """

    agency_id: int
    agency_name: str
    filed: int
    settled: int
    answered_late: int
    forwarded_late: int
    asked_again: int
    finished_late: int
    letter_missed: int
    sent_late: int
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class Overdue:
    """An open task whose term has passed. `kind` is `consult`, `check` (by the desk), `forward` (from it),
    `return` (of a result that goes out) or `letter` (of apology, `due_at` until when); `whose` names who was
    asked."""

    dossier_id: str
    reference: str
    procedure: str
    agency_id: int
    agency_name: str
    kind: str
    whose: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class NotClosed:
    """A dossier whose result was returned, and that nobody has closed yet."""

    dossier_id: str
    reference: str
    procedure: str
    agency_id: int
    agency_name: str
    returned_at: datetime


def followed(
    province: str, agency_ids: Collection[int] | None, first: date, last: date, at: datetime
) -> tuple[Followed, ...]:
    """The figures of agencies (None: of the province) on days from `first` to `last`, and what is open and
    overdue there at `at`; in Vietnamese order.

    Agencies at which nothing happened and nothing is overdue are left out.

    Basis: DL24-24.1, KT22-22.4#1, QN20-22.3#1, QN20-21.2#3, KT18-9.6, DL24-14.2, DL24-14.4#1.
    """
    rows = DailyFigure.objects.filter(agency__province=province, on_day__range=(first, last))
    if agency_ids is not None:
        rows = rows.filter(agency_id__in=agency_ids)
    sums: dict[int, Counter[str]] = {}
    for agency_id, figure, total in (
        rows.values("agency_id", "figure")
        .annotate(total=Sum("count"))
        .values_list("agency_id", "figure", "total")
    ):
        sums.setdefault(agency_id, Counter())[figure] += total
    overdue = overdue_by_agency(province, at, agency_ids)
    return tuple(
        _followed(card.id, card.name, sums.get(card.id, Counter()), overdue.get(card.id, 0))
        for card in agencies.cards({*sums, *overdue})
    )


def overdue_by_agency(
    province: str, at: datetime, agency_ids: Collection[int] | None = None
) -> dict[int, int]:
    """How many dossiers are open and past their term, by agency (`State.is_overdue`). The index
    `dossier_open_by_due` holds all that is counted.

    Basis: DL24-5.6, DL24-24.1.
    """
    rows = Dossier.objects.filter(
        finished_at__isnull=True,
        ended_at__isnull=True,
        stands_still=False,
        due_at__lt=local(at),
        agency__province=province,
    )
    if agency_ids is not None:
        rows = rows.filter(agency_id__in=agency_ids)
    return dict(rows.values("agency_id").annotate(total=Count("id")).values_list("agency_id", "total"))


def _followed(agency_id: int, name: str, sums: Counter[str], overdue: int) -> Followed:
    return Followed(
        agency_id,
        name,
        filed=sums[Figure.SUBMITTED],
        settled=sums[Figure.GRANTED] + sums[Figure.REFUSED],
        answered_late=sums[Figure.ANSWERED_LATE],
        forwarded_late=sums[Figure.FORWARDED_LATE],
        asked_again=sums[Figure.ASKED_AGAIN],
        finished_late=sums[Figure.FINISHED_LATE],
        letter_missed=sums[Figure.LETTER_MISSED],
        sent_late=sums[Figure.SENT_LATE],
        overdue=overdue,
    )


def overdue_at_the_desk(
    province: str,
    agency_ids: Collection[int] | None,
    at: datetime,
    *,
    after: str | None = None,
    limit: int = 20,
) -> tuple[tuple[Overdue, ...], str | None]:
    """Filings not answered, dossiers not handed over, and results that nobody comes for and that were not
    sent, whose term has passed; the longest overdue first.

    A return with a term of its own at the counter is a step like others, and not listed here.

    Basis: KT18-14.4, DL24-8.1.b, DL24-19.1.d, PT24-9.2.b#2, DL24-14.4#1, QN20-21.2#3, DL24-9.1.e,
    PT24-10.1.e, QN20-28.2, KT18-8.1.b; reading A73.
    """
    rows = DossierTask.objects.filter(Q(kind="intake") | goes_out())
    return _page(_late(rows, province, agency_ids, at), after, limit)


def overdue_questions(
    province: str,
    agency_ids: Collection[int] | None,
    at: datetime,
    *,
    after: str | None = None,
    limit: int = 20,
) -> tuple[tuple[Overdue, ...], str | None]:
    """Questions to others that were not answered in time; the longest overdue first.

    Basis: DL24-9.1.b#2, PT24-10.1.b#2, DL24-14.4#1.
    """
    rows = DossierTask.objects.filter(kind=CONSULT_STEP)
    return _page(_late(rows, province, agency_ids, at), after, limit)


def returned_not_closed(
    province: str,
    agency_ids: Collection[int] | None,
    *,
    after: str | None = None,
    limit: int = 20,
) -> tuple[tuple[NotClosed, ...], str | None]:
    """Dossiers whose result was returned and that wait to be closed, where the regulation has them closed.

    The longest returned first.

    Basis: QN20-13.5.
    """
    closing = [
        each.short_name for each in law.law().regulations.values() if each.flag("result.explicit_close")
    ]
    rows = Dossier.objects.filter(
        status=Status.RETURNED.value,
        agency__province=province,
        state__target__regulation__in=closing,
    )
    if agency_ids is not None:
        rows = rows.filter(agency_id__in=agency_ids)
    page, following = page_after(
        rows, ("ended_at", "id"), ("code", "agency_id", "procedure_version__title"), after, limit
    )
    names = {card.id: card.name for card in agencies.cards({row[3] for row in page})}
    found = tuple(
        NotClosed(str(dossier_id), code or "", title, agency_id, names[agency_id], returned_at)
        for returned_at, dossier_id, code, agency_id, title in page
    )
    return found, following


def dossiers_with_overdue_questions(at: datetime) -> tuple[str, ...]:
    """Ids of dossiers with a question whose term has passed in the last days, the longest overdue first."""
    rows = DossierTask.objects.filter(kind=CONSULT_STEP, due_at__lt=at, due_at__gt=at - LOOKED_BACK)
    ids = rows.order_by("due_at").values_list("dossier_id", flat=True)
    return tuple(dict.fromkeys(str(each) for each in ids))


def _late(
    rows: QuerySet[DossierTask], province: str, agency_ids: Collection[int] | None, at: datetime
) -> QuerySet[DossierTask]:
    whose = Q(dossier__agency__province=province)
    if agency_ids is not None:
        whose = Q(dossier__agency_id__in=agency_ids)
    return rows.filter(whose, due_at__lt=at, is_paused=False)


def _page(
    rows: QuerySet[DossierTask], after: str | None, limit: int
) -> tuple[tuple[Overdue, ...], str | None]:
    columns = ("kind", "step_key", "dossier__state", "dossier__procedure_version__title")
    page, following = page_after(rows, ("due_at", "dossier_id"), columns, after, limit)
    names = {card.id: card.name for card in agencies.cards(_agencies_of(page))}
    return tuple(_overdue(row, names) for row in page), following


def _agencies_of(page: list[tuple[Any, ...]]) -> set[int]:
    return {state["target"]["agency_id"] for *_, state, _ in page}


def _overdue(row: tuple[Any, ...], names: dict[int, str]) -> Overdue:
    due_at, dossier_id, task_kind, step_key, stored, title = row
    state = from_wire(State, stored)
    number = step_key.removeprefix(f"{CONSULT_STEP}-")
    asked = state.consultation(int(number)) if number.isdigit() else None
    agency_id = state.target.agency_id
    return Overdue(
        dossier_id=str(dossier_id),
        reference=state.reference,
        procedure=title,
        agency_id=agency_id,
        agency_name=names[agency_id],
        kind=_KINDS.get(task_kind) or (CHECK_STEP if step_key == CHECK_STEP else "forward"),
        whose=asked.to_name if asked else "",
        due_at=due_at,
    )
