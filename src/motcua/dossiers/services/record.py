"""Writing what was decided: the events, and in the same transaction every row that is a fold of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.dossiers.models import Dossier, DossierEvent, DossierFile, DossierTask, IssuedSlip
from motcua.dossiers.rules import fold
from motcua.dossiers.rules.events import SCHEMA, Event, ResultIssued, payload_of
from motcua.dossiers.rules.figures import figures_of
from motcua.dossiers.rules.state import State
from motcua.dossiers.services.notices import post_notices
from motcua.dossiers.services.rows import dossier_columns, slip_row, task_columns, task_row
from motcua.kernel.actors import Actor
from motcua.kernel.canonical import GENESIS, chain_hash
from motcua.worktime.rules import local


@dataclass(frozen=True, slots=True)
class Act:
    """What a service answers: the dossier, its new version and where it stands now."""

    dossier_id: str
    version: int
    status: str
    reference: str
    code: str | None


@dataclass(frozen=True, slots=True)
class Before:
    """The dossier as it was locked; `state` is None for one that is just being made."""

    id: UUID
    state: State | None
    last_hash: bytes


def new(dossier_id: UUID) -> Before:
    return Before(dossier_id, None, GENESIS)


def record(before: Before, happened: tuple[Event, ...], actor: Actor, at: datetime) -> Act:
    """Append the events, fold them into the rows, post the messages. Runs inside the caller's transaction."""
    state, last_hash = before.state, before.last_hash
    rows: list[DossierEvent] = []
    for event in happened:
        row = _event_row(before.id, state.version + 1 if state else 1, event, actor, at, last_hash)
        state, last_hash = fold(state, event, at), bytes(row.hash)
        rows.append(row)
    assert state is not None
    _write_dossier(before, state, last_hash)
    DossierEvent.objects.bulk_create(rows)
    _write_tasks(before, state)
    _write_slips(before, state)
    _write_files(before, state, happened)
    for event in happened:
        _count(event, state, at)
    post_notices(before.id, happened, state, at)
    return act_of(before.id, state)


def act_of(dossier_id: UUID, state: State) -> Act:
    return Act(str(dossier_id), state.version, state.status.value, state.reference, state.code or None)


def hash_body(
    dossier_id: UUID, seq: int, kind: str, schema: int, at: datetime, actor: Actor, payload: Any
) -> dict[str, Any]:
    """What the hash of an event covers."""
    return {
        "dossier": str(dossier_id),
        "seq": seq,
        "kind": kind,
        "schema": schema,
        "at": at.astimezone(UTC).isoformat(),
        "actor": {"kind": actor.kind.value, "id": actor.id, "name": actor.name},
        "payload": payload,
    }


def _event_row(
    dossier_id: UUID, seq: int, event: Event, actor: Actor, at: datetime, previous: bytes
) -> DossierEvent:
    payload = payload_of(event)
    return DossierEvent(
        dossier_id=dossier_id,
        seq=seq,
        kind=event.KIND,
        schema=SCHEMA,
        at=at,
        actor_kind=actor.kind.value,
        actor_id=actor.id,
        actor_name=actor.name,
        payload=payload,
        hash=chain_hash(previous, hash_body(dossier_id, seq, event.KIND, SCHEMA, at, actor, payload)),
    )


def _write_dossier(before: Before, state: State, last_hash: bytes) -> None:
    columns = dossier_columns(state) | {"last_hash": last_hash}
    if before.state is None:
        Dossier.objects.bulk_create([Dossier(id=before.id, **columns)])
    else:
        Dossier.objects.filter(id=before.id).update(**columns)


def _write_tasks(before: Before, state: State) -> None:
    old = {task.key: task_columns(task, before.state) for task in before.state.tasks} if before.state else {}
    new_ones = {task.key: task_columns(task, state) for task in state.tasks}
    gone = [key for key, columns in old.items() if new_ones.get(key) != columns]
    added = [
        task_row(before.id, task, state) for task in state.tasks if old.get(task.key) != new_ones[task.key]
    ]
    if gone:
        DossierTask.objects.filter(dossier_id=before.id, key__in=gone).delete()
    if added:
        DossierTask.objects.bulk_create(added)


def _write_slips(before: Before, state: State) -> None:
    known = len(before.state.slips) if before.state else 0
    if len(state.slips) > known:
        IssuedSlip.objects.bulk_create([slip_row(before.id, slip) for slip in state.slips[known:]])


def _write_files(before: Before, state: State, happened: tuple[Event, ...]) -> None:
    """Link every file the dossier has come to hold; a draft may have let go of one, its link stays."""
    old = {d.file_id for d in before.state.contents.documents} if before.state else set()
    papers = {d.file_id for d in state.contents.documents if d.file_id} - old
    results = {event.file_id for event in happened if isinstance(event, ResultIssued) and event.file_id}
    links = [
        DossierFile(dossier_id=before.id, file_id=UUID(file_id), is_result=file_id in results)
        for file_id in sorted(papers | results)
    ]
    if links:
        DossierFile.objects.bulk_create(links, ignore_conflicts=True)


def _count(event: Event, state: State, at: datetime) -> None:
    figures = figures_of(event, state)
    if not figures:
        return
    with connection.cursor() as cursor:
        for figure in figures:
            cursor.execute(
                "INSERT INTO dossiers_dailyfigure (agency_id, on_day, figure, count) VALUES (%s, %s, %s, 1) "
                "ON CONFLICT (agency_id, on_day, figure) DO UPDATE "
                "SET count = dossiers_dailyfigure.count + 1",
                [state.target.agency_id, local(at).date(), figure.value],
            )
