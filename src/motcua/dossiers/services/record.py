"""Writing what was decided: the events, and in the same transaction every row that is a fold of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db import DataError

from motcua.dossiers.errors import UnusableText
from motcua.dossiers.rules import decide, fold
from motcua.dossiers.rules.commands import Command
from motcua.dossiers.rules.durations import hours_taken
from motcua.dossiers.rules.events import SCHEMA, Event, payload_of
from motcua.dossiers.rules.facts import Facts
from motcua.dossiers.rules.figures import counted, is_a_filing, no_longer_counted
from motcua.dossiers.rules.files import held
from motcua.dossiers.rules.state import State
from motcua.dossiers.services import late, tables
from motcua.dossiers.services.notices import statements, word_done_with
from motcua.dossiers.services.rows import dossier_columns, slip_columns, task_columns
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
    state: State = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Before:
    """The dossier as it was locked; `state` is None for one that is just being made."""

    id: UUID
    state: State | None
    last_hash: bytes


def new(dossier_id: UUID) -> Before:
    return Before(dossier_id, None, GENESIS)


def carry_out(before: Before, command: Command, facts: Facts, actor: Actor, at: datetime) -> Act:
    """Decide, and record what comes of it, within the caller's transaction; nothing is changed if the rule
    refuses.

    The moment is kept to the minute, as terms are (ADR 0004): what is done within the minute in which one
    ends is in time, wherever it is asked.
    """
    minute = local(at)
    return record(before, decide(before.state, command, facts, minute), actor, minute)


def record(before: Before, happened: tuple[Event, ...], actor: Actor, at: datetime) -> Act:
    """Append the events, fold them into the rows and post the messages: each event in one statement.

    Runs inside the caller's transaction. Raises UnusableText for what no column takes: a NUL, half a
    character, more than its length.

    Basis: QN20-21.2#1, QN20-26.1, DL24-11.2#1, PT24-23.2#1, KT22-23.2#2, QN20-21.2#2, DL24-11.2#2,
    PT24-23.2#2.
    """
    try:
        return _record(before, happened, actor, at)
    except (DataError, UnicodeEncodeError) as error:
        raise UnusableText() from error


def _record(before: Before, happened: tuple[Event, ...], actor: Actor, at: datetime) -> Act:
    state, last_hash = before.state, before.last_hash
    log = late.open_log()
    told_at = (
        log.entered_at if log else at
    )  # a letter on what was done on paper is written when it is entered
    who = (actor.kind.value, actor.id, actor.name)
    for event in _with_mark(before, happened, actor, at):
        old = state
        seq = old.version + 1 if old else 1
        payload = payload_of(event, actor)
        body = hash_body(before.id, seq, event.KIND, SCHEMA, at, who, payload)
        state, last_hash = fold(old, event, at), chain_hash(last_hash, body)
        gone, tasks = _task_changes(old, state)
        files, files_gone = _file_changes(old, state)
        tables.write(
            before.id,
            is_new=old is None,
            columns=_stored(dossier_columns(state)) | {"last_hash": last_hash},
            event=[
                seq,
                event.KIND,
                SCHEMA,
                at,
                *who,
                tables.jsonb(payload),
                last_hash,
            ],
            gone=gone,
            tasks=tasks,
            slips=[slip_columns(slip) for slip in state.slips[len(old.slips) if old else 0 :]],
            files=files,
            files_gone=files_gone,
            messages=[
                *statements(before.id, event, old, state, actor, at, told_at),
                *word_done_with(before.id, old, state, actor, told_at),
            ],
            figures=(counted(event, old, state, at), no_longer_counted(event, old, state)),
            settling_time=settling_time(old, state, at),
            service_use=service_use(event, state, at),
        )
    assert state is not None
    return act_of(before.id, state)


def _with_mark(before: Before, happened: tuple[Event, ...], actor: Actor, at: datetime) -> tuple[Event, ...]:
    """The events, and after them the mark that they were entered late, where they are."""
    log = late.open_log()
    if log is None:
        return happened
    target = before.state.target if before.state else fold(None, happened[0], at).target
    return (*happened, late.mark_of(log, target, actor, at))


def settling_time(before: State | None, after: State, at: datetime) -> tuple[int, date, int] | None:
    """Procedure version, month and hours, if the event between these ends the time that the dossier took."""
    hours = hours_taken(before, after)
    if hours is None:
        return None
    return after.target.procedure_version_id, local(at).date().replace(day=1), hours


def service_use(event: Event, after: State, at: datetime) -> tuple[int, date, str] | None:
    """Procedure version, month and channel, if by this event somebody used the service."""
    if not is_a_filing(event):
        return None
    return after.target.procedure_version_id, local(at).date().replace(day=1), after.target.channel


def act_of(dossier_id: UUID, state: State) -> Act:
    return Act(str(dossier_id), state.version, state.status.value, state.reference, state.code or None, state)


def hash_body(
    dossier_id: UUID,
    seq: int,
    kind: str,
    schema: int,
    at: datetime,
    actor: tuple[str, str, str],
    payload: Any,
) -> dict[str, Any]:
    """What the hash of an event covers. `actor` is kind, id and name as they are stored."""
    actor_kind, actor_id, actor_name = actor
    return {
        "dossier": str(dossier_id),
        "seq": seq,
        "kind": kind,
        "schema": schema,
        "at": at.astimezone(UTC).isoformat(),
        "actor": {"kind": actor_kind, "id": actor_id, "name": actor_name},
        "payload": payload,
    }


def _stored(columns: dict[str, Any]) -> dict[str, Any]:
    return columns | {"state": tables.jsonb(columns["state"])}


def _task_changes(old: State | None, state: State) -> tuple[list[str], list[dict[str, Any]]]:
    """Keys of tasks that are no longer open, and the columns of those that are new or changed."""
    before = {task.key: task_columns(task, old) for task in old.tasks} if old else {}
    after = {task.key: task_columns(task, state) for task in state.tasks}
    gone = [key for key in before if key not in after]
    return gone, [columns for key, columns in after.items() if before.get(key) != columns]


def _file_changes(old: State | None, state: State) -> tuple[dict[str, bool], list[str]]:
    """Files that the dossier has come to hold or that became its result, and those taken out of a draft, or
    left out when it was sent."""
    before = held({}, old) if old else {}
    after = held(before, state, old)
    changed = {file_id: is_result for file_id, is_result in after.items() if before.get(file_id) != is_result}
    return changed, [*before.keys() - after]
