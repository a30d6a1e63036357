"""Which terms of open tasks a closure touches: answers to what was filed, steps, opinions.

None of them moves when the closure is announced: what is shown is what each would be if it counted with the
closure, so that the agency does sooner what falls into it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.db.models.fields.json import KeyTextTransform, KeyTransform

from motcua.agencies import queries as agencies
from motcua.catalogue import queries as catalogue
from motcua.dossiers.enums import TermKind
from motcua.dossiers.models import DossierTask
from motcua.dossiers.queries.lines import goes_out
from motcua.dossiers.rules.closing import kind_of, term_with
from motcua.dossiers.rules.life import CONTROL_STEP
from motcua.dossiers.rules.state import ClockPause
from motcua.kernel.wire import from_wire
from motcua.worktime import rules as worktime
from motcua.worktime.rules import Closure, closed, local

COUNT_UP_TO = 20_000
_COLUMNS = (
    *("dossier_id", "key", "step_key", "kind", "name", "opened_at", "due_at"),
    *("dossier__code", "dossier__filing_number", "dossier__applicant_name", "dossier__procedure_version_id"),
    KeyTextTransform("received_at", "dossier__state"),
    KeyTransform("tasks", "dossier__state"),
    KeyTransform("pauses", "dossier__state"),
)


@dataclass(frozen=True, slots=True)
class TouchedTerm:
    """A term that would end later; `step` is what is done in it. `name`: the applicant's, where asked for."""

    dossier_id: str
    reference: str
    name: str
    procedure: str
    step: str
    due_at: datetime
    new_due_at: datetime
    is_in_vain: bool  # it ends while the agency is closed


@dataclass(frozen=True, slots=True)
class TouchedTerms:
    """Of one kind: how many would end later, how many of them end within the closure, and the first few.

    `is_cut`: there are more open tasks than are looked at.
    """

    kind: TermKind
    moved: int
    in_vain: int
    first: tuple[TouchedTerm, ...]
    is_cut: bool


def touched_terms(
    agency_id: int, closure: Closure, *, limit: int = 10, with_names: bool = False
) -> tuple[TouchedTerms, ...]:
    """By kind, those that the closure touches at all; the earliest due first. One query for all tasks.

    Terms that stand still are left out: they get a new due moment, with the closure, when they run again.

    Basis: DL24-8.1.c#2, PT24-9.2.c#2 (a term runs in office hours only).
    """
    rows = list(_rows(agency_id, closure))
    found: dict[TermKind, list[tuple[_Row, datetime]]] = {kind: [] for kind in TermKind}
    for row, new_due_at in _moved(agency_id, closure, rows[:COUNT_UP_TO]):
        found[row.kind].append((row, new_due_at))
    return tuple(
        TouchedTerms(
            kind,
            len(each),
            sum(closure.takes_in(row.due_at) for row, _ in each),
            tuple(_touched(row, new, closure, with_names=with_names) for row, new in each[:limit]),
            len(rows) > COUNT_UP_TO,
        )
        for kind, each in found.items()
        if each
    )


@dataclass(frozen=True, slots=True)
class _Row:
    dossier_id: UUID
    reference: str
    name: str
    version_id: int
    kind: TermKind
    step: str
    opened_at: datetime
    due_at: datetime
    received_at: datetime | None
    limit: str
    pauses: tuple[ClockPause, ...]


def _moved(agency_id: int, closure: Closure, rows: list[_Row]) -> Iterator[tuple[_Row, datetime]]:
    """With where their terms would end, counted by the calendar by which the dossier is (`facts_for`)."""
    sides = [(days, one, closed(one, [closure])) for days, one in agencies.calendars(agency_id)]
    for row in rows:
        on = (row.received_at or row.opened_at).date()
        before, after = next((one, two) for days, one, two in sides if on in days)
        pauses = tuple(worktime.Pause(each.start, each.end, each.reason) for each in row.pauses if each.end)
        new_due_at = term_with(row.opened_at, row.due_at, row.limit, before, after, pauses)
        if new_due_at > row.due_at:
            yield row, new_due_at


def _rows(agency_id: int, closure: Closure) -> Iterator[_Row]:
    """What was opened after the closure is not touched by it, nor what is due before it. The control of a
    supplement request has the term of the answer, which the task of answering stands for. Once the result is
    at the desk only the return of what nobody comes for has a term."""
    rows = DossierTask.objects.filter(
        Q(dossier__finished_at__isnull=True) | goes_out(),
        agency_id=agency_id,
        is_paused=False,
        due_at__gt=closure.starts_at,
        opened_at__lt=closure.ends_at,
    ).exclude(step_key=CONTROL_STEP)
    piece = rows.order_by("due_at", "dossier_id", "key").values_list(*_COLUMNS)[: COUNT_UP_TO + 1]
    return map(_row, piece)


def _row(values: Any) -> _Row:
    dossier_id, key, step_key, kind, step, opened_at, due_at, code, number, name, version_id = values[:11]
    received_at, tasks, pauses = values[11:]
    return _Row(
        dossier_id,
        code or number or "",
        name,
        version_id,
        kind_of(step_key, kind),
        step,
        local(opened_at),
        local(due_at),
        local(datetime.fromisoformat(received_at)) if received_at else None,
        next((each.get("limit", "") for each in tasks or () if each["key"] == key), ""),
        tuple(from_wire(ClockPause, each) for each in pauses or ()),
    )


def _touched(row: _Row, new_due_at: datetime, closure: Closure, *, with_names: bool) -> TouchedTerm:
    return TouchedTerm(
        str(row.dossier_id),
        row.reference,
        row.name if with_names else "",
        catalogue.sheet(row.version_id).title,
        row.step,
        row.due_at,
        new_due_at,
        closure.takes_in(row.due_at),
    )
