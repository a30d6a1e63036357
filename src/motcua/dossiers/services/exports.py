"""A list as a spreadsheet: asked for by an officer, written by a worker, fetched by the same officer."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from openpyxl import Workbook
from procrastinate.contrib.django import app

from motcua.accounts import queries as accounts
from motcua.agencies import queries as agencies
from motcua.audit import services as audit
from motcua.documents import services as documents
from motcua.dossiers import labels, queries
from motcua.dossiers.enums import Box, Column, ExportState
from motcua.dossiers.models import ListExport
from motcua.dossiers.queries import WorkItem
from motcua.dossiers.rules.choices import Choice
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden, NotFound
from motcua.kernel.wire import from_wire, to_wire
from motcua.worktime.rules import local

MOST = 20_000
PIECE = 500
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TASK = "dossiers.export_list"


@dataclass(frozen=True, slots=True)
class Export:
    id: int
    box: Box
    state: ExportState
    rows: int
    is_cut: bool
    file_id: str


@transaction.atomic
def ask_for_export(*, actor: Actor, at: datetime, box: Box, choice: Choice) -> int:
    """Put a list in line to be written as a spreadsheet; its number. Raises Forbidden.

    That it was asked for stands in the audit chain: many people's data leave the house in one file.

    Basis: KT18-4.3.
    """
    if not actor.is_officer or not agencies.positions_of(int(actor.id), local(at).date()):
        raise Forbidden()
    row = ListExport.objects.create(
        account_id=int(actor.id), box=box.value, body=to_wire(choice), asked_at=at
    )
    facts = {"box": box.value, "choice": to_wire(choice)}
    audit.record_act(actor=actor, act="list_exported", what=f"export:{row.pk}", at=at, facts=facts)
    app.configure_task(TASK).defer(export_id=row.pk)
    return row.pk


def export_of(*, actor: Actor, export_id: int) -> Export:
    """Raises NotFound, also for somebody else's."""
    row = ListExport.objects.filter(pk=export_id, account_id=int(actor.id)).first()
    if row is None:
        raise NotFound()
    return Export(row.pk, Box(row.box), ExportState(row.state), row.rows, row.is_cut, str(row.file_id or ""))


def write_export(*, export_id: int, at: datetime) -> None:
    """Write the spreadsheet with the rights that the officer has now. What is done is not done again."""
    row = ListExport.objects.filter(pk=export_id).exclude(state=ExportState.DONE).first()
    if row is None:
        return
    ListExport.objects.filter(pk=export_id).update(state=ExportState.RUNNING, rows=0)
    actor = accounts.actor_of(accounts.account_card(row.account_id))
    choice = from_wire(Choice, row.body)
    try:
        content = _workbook(actor, Box(row.box), choice, at, row)
    except Exception:  # whatever went wrong, the officer must not wait for ever; the job fails as well
        ListExport.objects.filter(pk=export_id).update(state=ExportState.FAILED, settled_at=at)
        raise
    name = f"{labels.BOX[Box(row.box)]}.xlsx"
    card = documents.keep(content=content, name=name, media_type=XLSX, actor=actor, at=at)
    _settle(row, actor, at, card.id)


@transaction.atomic
def _settle(row: ListExport, actor: Actor, at: datetime, file_id: str) -> None:
    """How many people's lines left the house is known only now, so it is an entry of its own."""
    ListExport.objects.filter(pk=row.pk).update(
        state=ExportState.DONE, file_id=file_id, settled_at=at, is_cut=row.is_cut, rows=row.rows
    )
    facts = {"box": row.box, "rows": row.rows, "is_cut": row.is_cut}
    audit.record_act(actor=actor, act="list_written", what=f"export:{row.pk}", at=at, facts=facts)


def _workbook(actor: Actor, box: Box, choice: Choice, at: datetime, row: ListExport) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Hồ sơ")
    sheet.append(["Số hồ sơ", "Chủ hồ sơ", *(labels.COLUMN[column] for column in choice.columns)])
    count = 0
    for item in _items(actor, box, choice, at):
        if count == MOST:
            row.is_cut = True
            break
        texts = [item.reference, item.applicant_name, *(_text(item, column) for column in choice.columns)]
        sheet.append([documents.text_cell(sheet, text) for text in texts])
        count += 1
        if count % PIECE == 0:
            ListExport.objects.filter(pk=row.pk).update(rows=count)
    row.rows = count
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _items(actor: Actor, box: Box, choice: Choice, at: datetime) -> Iterator[WorkItem]:
    posts = agencies.positions_of(int(actor.id), local(at).date())
    after: str | None = None
    while True:
        page = queries.listed(actor, box, choice, posts=posts, at=at, after=after, limit=PIECE)
        yield from page.items
        after = page.next_cursor
        if after is None:
            return


def _text(item: WorkItem, column: Column) -> str:
    match column:
        case Column.PROCEDURE:
            return item.procedure
        case Column.WORK:
            return item.step_name or labels.STATUS[item.status]
        case Column.TERM:
            return _moment(item.due_at or item.dossier_due_at)
        case Column.STATUS:
            return labels.STATUS[item.status]
        case Column.UNIT:
            return item.unit_name
        case Column.OFFICER:
            return item.officer_name
        case Column.CHANNEL:
            return labels.CHANNEL.get(item.channel, "")
        case Column.FILED:
            return _moment(item.filed_at)
        case Column.OPENED:
            return _moment(item.opened_at)


def _moment(at: datetime | None) -> str:
    return f"{at:%H:%M %d/%m/%Y}" if at else ""
