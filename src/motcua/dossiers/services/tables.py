"""The SQL of the hot path: an act reads one row and writes everything it changes in one statement.

The ORM spends more time on building these statements than the database on running them, and an act happens
some hundred times a second in a busy province. All other reading and writing goes through the ORM. Columns
come from `rows`, so the names stand in one place; a test compares them with the models.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import connection
from psycopg import RawCursor
from psycopg.types.json import Jsonb

from motcua.dossiers.rules.figures import Counted

Answer = TypeVar("Answer")

# Our connections plan each question anew (`config.settings`); an act's statements are the same for everybody.
_KEEP_PLANS = "SET LOCAL plan_cache_mode = auto"
_LOCK = "SELECT state::text, last_hash, version FROM dossiers_dossier WHERE id = $1 FOR UPDATE"

_EVENT = """
INSERT INTO dossiers_dossierevent
    (dossier_id, seq, kind, schema, at, actor_kind, actor_id, actor_name, payload, hash)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""

_GONE = "DELETE FROM dossiers_dossiertask WHERE dossier_id = %s AND key = ANY(%s)"

_TASKS = """
INSERT INTO dossiers_dossiertask
    (dossier_id, key, step_key, kind, name, role, unit_id, agency_id, desk_unit_id, settling_unit_id,
     is_assigned, officer_id, opened_at, due_at, sort_at, soon_at, is_paused, is_held)
SELECT %s, t.* FROM jsonb_to_recordset(%s) AS t
    (key text, step_key text, kind text, name text, role text, unit_id bigint, agency_id bigint,
     desk_unit_id bigint, settling_unit_id bigint, is_assigned boolean, officer_id bigint,
     opened_at timestamptz, due_at timestamptz,
     sort_at timestamptz, soon_at timestamptz, is_paused boolean, is_held boolean)
ON CONFLICT (dossier_id, key) DO UPDATE SET
    step_key = excluded.step_key, kind = excluded.kind, name = excluded.name, role = excluded.role,
    unit_id = excluded.unit_id, agency_id = excluded.agency_id, desk_unit_id = excluded.desk_unit_id,
    settling_unit_id = excluded.settling_unit_id, is_assigned = excluded.is_assigned,
    officer_id = excluded.officer_id, opened_at = excluded.opened_at,
    due_at = excluded.due_at, sort_at = excluded.sort_at, soon_at = excluded.soon_at,
    is_paused = excluded.is_paused, is_held = excluded.is_held"""

_SLIPS = """
INSERT INTO dossiers_issuedslip (dossier_id, event, kind, number, issued_at, file_id)
SELECT %s, t.*, NULL FROM jsonb_to_recordset(%s) AS t
    (event integer, kind text, number text, issued_at timestamptz)"""

_FILES = """
INSERT INTO dossiers_dossierfile (dossier_id, file_id, is_result)
SELECT %s, key::uuid, value::boolean FROM jsonb_each_text(%s)
ON CONFLICT (dossier_id, file_id) DO UPDATE SET is_result = excluded.is_result,
    fetched_at = CASE WHEN excluded.is_result THEN dossiers_dossierfile.fetched_at END,
    fetched_by_id = CASE WHEN excluded.is_result THEN dossiers_dossierfile.fetched_by_id END"""

_FILES_GONE = "DELETE FROM dossiers_dossierfile WHERE dossier_id = %s AND file_id = ANY(%s::uuid[])"

_FIGURES = """
INSERT INTO dossiers_dailyfigure (agency_id, on_day, figure, count)
SELECT %s::bigint, %s::date, figure, greatest(%s::integer, 0) FROM unnest(%s::text[]) AS figure
ON CONFLICT (agency_id, on_day, figure) DO UPDATE SET count = dossiers_dailyfigure.count + %s::integer"""

_SETTLING_TIME = """
INSERT INTO dossiers_settlingtime (procedure_version_id, on_month, hours, count)
VALUES (%s, %s, %s, 1)
ON CONFLICT (procedure_version_id, on_month, hours) DO UPDATE SET count = dossiers_settlingtime.count + 1"""

_SERVICE_USE = """
INSERT INTO dossiers_serviceuse (procedure_version_id, on_month, channel, count)
VALUES (%s, %s, %s, 1)
ON CONFLICT (procedure_version_id, on_month, channel) DO UPDATE SET count = dossiers_serviceuse.count + 1"""

_SERIAL = """
INSERT INTO dossiers_codeserial (agency_code, on_day, last) VALUES (%s, %s, 1)
ON CONFLICT (agency_code, on_day) DO UPDATE SET last = dossiers_codeserial.last + 1
RETURNING last"""


def lock(
    dossier_id: UUID, ask: Callable[[], Callable[[], Answer]]
) -> tuple[tuple[Any, bytes, int] | None, Answer]:
    """(state as JSON value, last hash, version) of a dossier, locked until the transaction ends.

    BEGIN, the lock and what `ask` sends travel together; what `ask` answers is read after them, and stands as
    it was once the lock was held.
    """
    connection.ensure_connection()
    database = connection.connection
    with connection.wrap_database_errors, RawCursor(database) as cursor:
        with database.pipeline():
            if settings.DATABASE_PREPARES:
                cursor.execute(_KEEP_PLANS, prepare=False)
            cursor.execute(_LOCK, [dossier_id], prepare=settings.DATABASE_PREPARES)
            answer = ask()
        if settings.DATABASE_PREPARES:
            cursor.nextset()
        row = cursor.fetchone()
        return (json.loads(row[0]), bytes(row[1]), row[2]) if row else None, answer()


def write(
    dossier_id: UUID,
    *,
    is_new: bool,
    columns: Mapping[str, Any],
    event: Sequence[Any],
    gone: Sequence[str],
    tasks: Sequence[Mapping[str, Any]],
    slips: Sequence[Mapping[str, Any]],
    files: Mapping[str, bool],
    files_gone: Sequence[str],
    messages: Sequence[tuple[str, list[Any]]],
    figures: Sequence[Counted | None],
    settling_time: tuple[int, date, int] | None,
    service_use: tuple[int, date, str] | None,
) -> None:
    """Write the dossier, one event and what follows from it, in one statement.

    `event` has the columns after `dossier_id` in the order of the table; `gone` are keys of tasks that are no
    longer open, `tasks` those that are new or changed; `slips` were issued by this event; `files` are file
    ids, new or changed, and whether each is a result, `files_gone` those let go of; `messages` are the
    outbox's own statements; `figures` are what changes, each at one agency on one day; `settling_time` is the
    procedure version, the month and the hours that this dossier took; `service_use` are the procedure
    version, the month and the channel of one that was filed.
    """
    parts: list[tuple[str, list[Any]]] = [(_EVENT, [dossier_id, *event])]
    if gone:
        parts.append((_GONE, [dossier_id, list(gone)]))
    if tasks:
        parts.append((_TASKS, [dossier_id, Jsonb(tasks, dumps=_dumps)]))
    if slips:
        parts.append((_SLIPS, [dossier_id, Jsonb(slips, dumps=_dumps)]))
    if files:
        parts.append((_FILES, [dossier_id, Jsonb(files)]))
    if files_gone:
        parts.append((_FILES_GONE, [dossier_id, list(files_gone)]))
    for changed in figures:
        if changed is not None and changed.figures:
            names, step = [each.value for each in changed.figures], changed.step
            parts.append((_FIGURES, [changed.agency_id, changed.on_day, step, names, step]))
    if settling_time:
        parts.append((_SETTLING_TIME, list(settling_time)))
    if service_use:
        parts.append((_SERVICE_USE, list(service_use)))
    parts += messages
    final = _insert_dossier if is_new else _update_dossier
    last, params = final(dossier_id, columns)
    named = [f"part{number} AS ({sql})" for number, (sql, _) in enumerate(parts)]
    run(f"WITH {', '.join(named)} {last}", [p for _, values in parts for p in values] + params)


def next_serial(agency_code: str, on: date) -> int:
    """The next serial of an agency code on a day; holds its row until the transaction ends."""
    row = run(_SERIAL, [agency_code, on])
    assert row is not None
    return int(row[0])


def jsonb(value: Any) -> Jsonb:
    """A wire value as jsonb, which orders keys in its own way."""
    return Jsonb(value, dumps=_dumps)


def _insert_dossier(dossier_id: UUID, columns: Mapping[str, Any]) -> tuple[str, list[Any]]:
    names = ", ".join(["id", *columns])
    marks = ", ".join(["%s"] * (len(columns) + 1))
    return f"INSERT INTO dossiers_dossier ({names}) VALUES ({marks})", [dossier_id, *columns.values()]  # noqa: S608


def _update_dossier(dossier_id: UUID, columns: Mapping[str, Any]) -> tuple[str, list[Any]]:
    sets = ", ".join(f"{name} = %s" for name in columns)
    return f"UPDATE dossiers_dossier SET {sets} WHERE id = %s", [*columns.values(), dossier_id]  # noqa: S608


def run(sql: str, params: Sequence[Any]) -> Any:
    """Run one statement, prepared on the server once used; answers the first row if there is one."""
    connection.ensure_connection()
    with connection.wrap_database_errors, RawCursor(connection.connection) as cursor:
        sent = [_of_one_kind(value) for value in params]
        cursor.execute(_numbered(sql), sent, prepare=settings.DATABASE_PREPARES)
        return cursor.fetchone() if cursor.description else None


def _of_one_kind(value: Any) -> Any:
    """The value as a literal without a type, which takes that of its column.

    psycopg types a number by its size and nothing by nothing, and a statement is prepared for its types: sent
    as they are, nearly every act would be a statement of its own, and push out what others have prepared.
    """
    if isinstance(value, date):  # a moment is one too
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value


@lru_cache(maxsize=512)
def _numbered(sql: str) -> str:
    """The statement with `$1`, `$2`… for each `%s`: psycopg looks for them anew each time in long ones."""
    numbers = itertools.count(1)
    return re.sub("%s", lambda _: f"${next(numbers)}", sql)


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=datetime.isoformat)
