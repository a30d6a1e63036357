"""A list as a spreadsheet: asked for by an officer, written by a worker, fetched by the same officer.

Whoever asked for it may stop it: the writer looks at it with each piece. Its file is thrown away after some
days, as it holds many people's data and the list can be written anew.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from procrastinate.contrib.django import app

from motcua.accounts import queries as accounts
from motcua.agencies import queries as agencies
from motcua.audit import services as audit
from motcua.documents import services as documents
from motcua.dossiers import labels, queries
from motcua.dossiers.enums import Box, Column, Decision, ExportState, Status
from motcua.dossiers.models import ListExport
from motcua.dossiers.queries import WorkItem
from motcua.dossiers.rules.choices import Choice
from motcua.dossiers.rules.life import CONSULT_STEP
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden, NotFound
from motcua.kernel.wire import from_wire, to_wire
from motcua.worktime.rules import local

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from motcua.worktime.rules import Calendar

# What one sheet of the format holds below its headings; read and written piece by piece.
MOST = 1_048_575
PIECE = 500
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TASK = "dossiers.export_list"
_OPEN = (ExportState.WAITING, ExportState.RUNNING)
_WITHOUT_FILE = (ExportState.FAILED, ExportState.STOPPED, ExportState.CLEARED)
_CLEARED_AT_ONCE = 100
_STEP, _STATUS, _UNIT, _HOLDER = (
    labels.COLUMN[each] for each in (Column.WORK, Column.STATUS, Column.UNIT, Column.OFFICER)
)
_WITH_WARNINGS = (Box.SOON, Box.PRESSING)  # where what is about to be late is marked
_WITH_WAITING = queries.DOSSIER_BOXES - {Box.DONE, Box.UNCLOSED}  # there nobody is waited for
_WITH_QUESTIONS = frozenset(Box) - {Box.APPROVALS, Box.RETURNS}
_Value = str | datetime | float | None
_Part = tuple[str, _Value]
_WIDTHS = {"Mã hồ sơ": 28, "Chủ hồ sơ": 26, "Thủ tục": 48}


@dataclass(frozen=True, slots=True)
class Export:
    id: int
    box: Box
    state: ExportState
    rows: int
    is_cut: bool
    file_id: str
    name: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for; `name` is that of the kept list, empty for a list that nobody named."""

    choice: Choice
    name: str = ""


@transaction.atomic
def ask_for_export(*, actor: Actor, at: datetime, box: Box, choice: Choice, name: str = "") -> int:
    """Put a list in line to be written as a spreadsheet; its number. Raises Forbidden.

    `name` is what the officer calls the list; the file is called so too.

    That it was asked for stands in the audit chain: many people's data leave the house in one file.

    Basis: KT18-4.3.
    """
    _check_may_export(actor, at)
    row = ListExport.objects.create(
        account_id=int(actor.id), box=box.value, body=to_wire(Asked(choice, name)), asked_at=at
    )
    _put_in_line(row, choice, actor, at)
    return row.pk


@transaction.atomic
def export_again(*, actor: Actor, at: datetime, export_id: int) -> None:
    """Put a list of which there is no file in line again, as it was asked for. Raises Forbidden, NotFound.

    One that waits, is being written or is done stays as it is: whoever presses twice gets one file.

    Basis: KT18-4.3.
    """
    row = _locked(actor, export_id)
    _check_may_export(actor, at)
    if row.state not in _WITHOUT_FILE:
        return
    anew = {"state": ExportState.WAITING, "rows": 0, "asked_at": at, "settled_at": None}
    ListExport.objects.filter(pk=row.pk).update(**anew)
    _put_in_line(row, _asked(row).choice, actor, at)


@transaction.atomic
def stop_export(*, actor: Actor, at: datetime, export_id: int) -> None:
    """Have a list that waits or is being written not written after all. Raises NotFound.

    What was written of it is kept nowhere. One that is done or was stopped stays as it is.

    Basis: KT18-4.3.
    """
    row = _locked(actor, export_id)
    if row.state not in _OPEN:
        return
    ListExport.objects.filter(pk=row.pk).update(state=ExportState.STOPPED, settled_at=at)
    facts = {"box": row.box}
    audit.record_act(actor=actor, act="list_stopped", what=f"export:{row.pk}", at=at, facts=facts)


def clear_exports(*, at: datetime) -> int:
    """Throw away the files of lists that were written long enough ago; how many. Their rows stay, and each
    can be asked for again.

    No text says for how long they are kept: the days are a setting of ours.

    Basis: KT18-4.3.
    """
    before, count = at - timedelta(days=settings.EXPORTS_KEPT_DAYS), 0
    while found := _clear_some(before):
        count += found
    return count


@transaction.atomic
def _clear_some(before: datetime) -> int:
    rows = ListExport.objects.select_for_update().filter(
        state=ExportState.DONE, settled_at__lt=before, file__isnull=False
    )
    files = dict(rows.order_by("pk").values_list("pk", "file_id")[:_CLEARED_AT_ONCE])
    ListExport.objects.filter(pk__in=files).update(state=ExportState.CLEARED, file=None)
    documents.throw_away([str(each) for each in files.values()])
    return len(files)


def _locked(actor: Actor, export_id: int) -> ListExport:
    """Raises NotFound, also for somebody else's."""
    row = ListExport.objects.select_for_update().filter(pk=export_id, account_id=int(actor.id)).first()
    if row is None:
        raise NotFound()
    return row


def _check_may_export(actor: Actor, at: datetime) -> None:
    if not actor.is_officer or not agencies.positions_of(int(actor.id), local(at).date()):
        raise Forbidden()


def _put_in_line(row: ListExport, choice: Choice, actor: Actor, at: datetime) -> None:
    """To be written by the worker; that it was asked for is kept for ever."""
    facts = {"box": row.box, "choice": to_wire(choice)}
    audit.record_act(actor=actor, act="list_exported", what=f"export:{row.pk}", at=at, facts=facts)
    app.configure_task(TASK).defer(export_id=row.pk)


def export_of(*, actor: Actor, export_id: int) -> Export:
    """Raises NotFound, also for somebody else's."""
    row = ListExport.objects.filter(pk=export_id, account_id=int(actor.id)).first()
    if row is None:
        raise NotFound()
    file_id, name = str(row.file_id or ""), _asked(row).name
    state = ExportState(row.state)
    return Export(row.pk, Box(row.box), state, row.rows, row.is_cut, file_id, name, row.asked_at)


@transaction.atomic
def fetch_export(*, actor: Actor, at: datetime, export_id: int) -> str:
    """The file of a list, to be handed out to whoever asked for it; empty as long as there is none. That it
    was fetched is kept for ever.

    It holds what was seen from the posts of the day on which it was written: whoever has lost one of them
    asks for the list anew. Raises NotFound, Forbidden.

    Basis: KT18-4.3, DL24-3.4, PT24-3.6.
    """
    found = export_of(actor=actor, export_id=export_id)
    _check_may_export(actor, at)
    if found.file_id:
        written_at = ListExport.objects.values_list("settled_at", flat=True).get(pk=export_id) or at
        then, now = (agencies.positions_of(int(actor.id), local(day).date()) for day in (written_at, at))
        if not then <= now:
            raise Forbidden()
        audit.record_act(actor=actor, act="list_fetched", what=f"export:{export_id}", at=at, facts={})
    return found.file_id


def _asked(row: ListExport) -> Asked:
    """What was asked for before lists had names is the choice alone."""
    if "choice" in row.body:
        return from_wire(Asked, row.body)
    return Asked(from_wire(Choice, row.body))


class _Stopped(Exception):
    """Whoever asked for the list has stopped it, or another worker writes it by now."""


def write_export(*, export_id: int, at: datetime) -> None:
    """Write the spreadsheet with the rights that the officer has now. What is done is not done again, and
    what was stopped is not written."""
    begun = ListExport.objects.filter(pk=export_id, state__in=(*_OPEN, ExportState.FAILED)).update(
        state=ExportState.RUNNING, rows=0, turn=F("turn") + 1
    )
    if not begun:
        return
    row = ListExport.objects.get(pk=export_id)
    actor = accounts.actor_of(accounts.account_card(row.account_id))
    asked = _asked(row)
    try:
        content = _workbook(actor, Box(row.box), asked.choice, at, row)
        name = f"{asked.name or labels.BOX[Box(row.box)]}.xlsx"
        card = documents.keep(content=content, name=name, media_type=XLSX, actor=actor, at=at)
        _settle(row, actor, at, card.id)
    except _Stopped:
        return
    except Exception:  # whatever went wrong, the officer must not wait for ever; the job fails as well
        _of_this_turn(row).update(state=ExportState.FAILED, settled_at=at)
        raise


def _of_this_turn(row: ListExport) -> QuerySet[ListExport]:
    """The row, unless it was stopped or somebody else writes it by now."""
    return ListExport.objects.filter(pk=row.pk, turn=row.turn, state=ExportState.RUNNING)


def _settle(row: ListExport, actor: Actor, at: datetime, file_id: str) -> None:
    """How many people's lines left the house is known only now, so it is an entry of its own. Of a list that
    was stopped at the last moment no file is kept; then raises _Stopped."""
    with transaction.atomic():
        is_wanted = _of_this_turn(row).update(
            state=ExportState.DONE, file_id=file_id, settled_at=at, is_cut=row.is_cut, rows=row.rows
        )
        if not is_wanted:
            documents.throw_away([file_id])
        else:
            facts = {"box": row.box, "rows": row.rows, "is_cut": row.is_cut}
            audit.record_act(actor=actor, act="list_written", what=f"export:{row.pk}", at=at, facts=facts)
    if not is_wanted:
        raise _Stopped


def _workbook(actor: Actor, box: Box, choice: Choice, at: datetime, row: ListExport) -> bytes:
    """Raises _Stopped once the list is not wanted any more."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Hồ sơ")
    try:
        _fill(sheet, actor, box, choice, at, row)
    except Exception:  # whatever ended it is raised on, once what was written so far is off the disk
        with suppress(Exception):
            sheet.close()
            sheet._writer.cleanup()
        raise
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _fill(sheet: Any, actor: Actor, box: Box, choice: Choice, at: datetime, row: ListExport) -> None:
    columns = queries.shown_columns(choice.columns, box)
    headings = _headings(box, columns, at)
    for number, heading in enumerate(headings, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(heading, 22)
    sheet.freeze_panes = "A2"
    sheet.append(headings)
    calendar = _calendar(actor, at)
    count = 0
    for item in _items(actor, box, choice, at):
        if count == MOST:
            row.is_cut = True
            break
        values: dict[str, _Value] = {}
        for heading, value in _parts(item, box, columns, calendar, at):
            values.setdefault(heading, value)
        sheet.append([_cell(sheet, value) for value in values.values()])
        count += 1
        if count % PIECE == 0 and not _of_this_turn(row).update(rows=count):
            raise _Stopped
    row.rows = count
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{count + 1}"


_NOTHING = WorkItem("", "", "", "", Status.DRAFT, "", "", "", None, None, None, False)


def _headings(box: Box, columns: tuple[Column, ...], at: datetime) -> list[str]:
    """As the screen names its columns, but for those of several parts; each once."""
    return list(dict.fromkeys(heading for heading, _ in _parts(_NOTHING, box, columns, None, at)))


def _cell(sheet: Any, value: _Value) -> Any:
    if isinstance(value, datetime):
        return documents.moment_cell(sheet, value)
    if isinstance(value, float):
        return value
    return documents.text_cell(sheet, value or "")


def _calendar(actor: Actor, at: datetime) -> Calendar | None:
    """Of the officer's own agency, as on the screen; None once the last post has ended."""
    posts = agencies.positions_of(int(actor.id), local(at).date())
    return agencies.calendar_of(min(post.agency_id for post in posts), local(at).date()) if posts else None


def _items(actor: Actor, box: Box, choice: Choice, at: datetime) -> Iterator[WorkItem]:
    posts = agencies.positions_of(int(actor.id), local(at).date())
    after: str | None = None
    while True:
        page = queries.listed(actor, box, choice, posts=posts, at=at, after=after, limit=PIECE)
        yield from page.items
        after = page.next_cursor
        if after is None:
            return


def _parts(
    item: WorkItem, box: Box, columns: tuple[Column, ...], calendar: Calendar | None, at: datetime
) -> Iterator[_Part]:
    """What the file says of a line, under its headings; which these are hangs on list and columns alone."""
    yield "Mã hồ sơ", item.reference
    yield "Chủ hồ sơ", item.applicant_name
    for column in columns:
        match column:
            case Column.WORK:
                yield from _work(item, box)
            case Column.TERM:
                yield from _term(item, box, calendar, at)
            case Column.STATUS:
                yield _STATUS, item.stands
                if box in _WITH_WAITING:
                    yield _named(labels.WAITED_SINCE), item.waits_since
            case _:
                yield labels.COLUMN[column], _plain(item, column)


def _plain(item: WorkItem, column: Column) -> _Value:
    match column:
        case Column.PROCEDURE:
            return item.procedure
        case Column.UNIT:
            return item.unit_name
        case Column.OFFICER:
            return item.officer_name
        case Column.CHANNEL:
            return labels.CHANNEL.get(item.channel, "")
        case Column.FILED:
            return item.filed_at
        case _:
            return item.opened_at


def _work(item: WorkItem, box: Box) -> Iterator[_Part]:
    """What the screen stacks below the step, each in a column of its own."""
    is_question = item.kind == CONSULT_STEP
    yield _STEP, item.step_name
    yield _STATUS, item.stands
    yield "Trả lại", item.came_back
    yield _named(labels.PROPOSED), labels.DECISION[Decision(item.proposal)] if item.proposal else ""
    yield "Quyết định", labels.DECIDED[Decision(item.decision)] if item.decision else ""
    if box in _WITH_QUESTIONS:
        yield _named(labels.ASKED_OF), item.unit_name if is_question else ""
    if box is Box.ASKED:
        yield _named(labels.ASKED_BY), item.asked_by
    if box is Box.PRESSING:
        yield _UNIT, item.unit_name
    yield _HOLDER, item.officer_name
    if box is Box.PRESSING:
        yield "Vướng mắc", labels.STUCK if item.is_stuck else ""


def _term(item: WorkItem, box: Box, calendar: Calendar | None, at: datetime) -> Iterator[_Part]:
    """The dates that were promised, each by its name, and how the terms stand: in words, and late ones as a
    number that can be sorted and added up."""
    pause = item.of_pause(at)
    dossier, dossier_hours = _dossier_stands(item, calendar, at)
    step, step_hours = _step_stands(item, calendar, at)
    yield "Hạn của bước", item.due_at if item.has_step_term else None
    if box in _WITH_WARNINGS:
        yield "Đã qua thời hạn của bước", labels.WARNED.get(item.warning, "")
    yield _named(labels.PROMISED), None if pause else item.first_promise
    yield _named(labels.PROMISED_BEFORE_PAUSE), item.first_promise if pause else None
    yield _named(labels.PROMISED_ANEW), item.renewed_at
    yield "Về ngày hẹn trả", pause
    yield "Thời hạn của hồ sơ", dossier
    yield "Hồ sơ trễ hạn (giờ làm việc)", dossier_hours
    yield "Thời hạn của bước", step
    yield "Bước trễ hạn (giờ làm việc)", step_hours


def _named(said: str) -> str:
    """Words of the screen as a heading."""
    return said[0].upper() + said[1:].rstrip(":")


_Stands = tuple[str, float | None]
_STANDS_STILL: _Stands = (labels.STANDS_STILL, None)


def _dossier_stands(item: WorkItem, calendar: Calendar | None, at: datetime) -> _Stands:
    """How the dossier's term ended, with a result or without one; as long as it runs, whether it is late."""
    due_at, end = item.dossier_due_at, item.finished_at or item.broken_off_at
    if end is None or due_at is None:
        return _STANDS_STILL if item.stands_still else _lateness(item.running_terms[1], at, calendar)
    late, hours = _lateness(due_at, end, calendar)
    if item.broken_off_at is not None:
        return (labels.BROKEN_OFF_LATE % {"late": late}, hours) if late else ("", None)
    if item.goes_out and not late:  # what is left to keep is the step of handing it over
        return "", None
    said = labels.finished(end, due_at, item.promised_at)
    return (said % {"late": late} if said == labels.DONE_LATE else said), hours


def _step_stands(item: WorkItem, calendar: Calendar | None, at: datetime) -> _Stands:
    if item.undone_by is not None and item.ended_at is not None:  # what the desk had not done at the end
        return _lateness(item.undone_by, item.ended_at, calendar)
    if item.is_over or not item.has_step_term:
        return "", None
    return _STANDS_STILL if item.is_paused else _lateness(item.running_terms[0], at, calendar)


def _lateness(due: datetime | None, until: datetime, calendar: Calendar | None) -> _Stands:
    """By how much the term was missed, in words and in opening hours; empty where it was kept, or still can
    be."""
    if due is None or calendar is None or until <= due:
        return "", None
    minutes = calendar.open_minutes(due, until)
    return labels.lateness(minutes, calendar.day_minutes), round(minutes / 60, 2)
