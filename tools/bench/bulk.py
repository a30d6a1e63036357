"""Many dossiers, quickly but consistently: dossiers that were really played, copied with new ids and codes.

Every copy gets an id, a code and filing number of its own wherever they occur, and its hash chain is computed
anew, so that `motcua verify` finds the same order in it as in its original. Serials and daily figures are
raised to what the copies would have made of them. Moments and people stay those of the original.
"""

from __future__ import annotations

import json
import secrets
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg

from motcua.dossiers.services.record import hash_body
from motcua.kernel.canonical import GENESIS, chain_hash
from motcua.kernel.ids import uuid7

_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_TABLES = {
    "dossiers_dossier": "id",
    "dossiers_dossierevent": "dossier_id",
    "dossiers_dossiertask": "dossier_id",
    "dossiers_issuedslip": "dossier_id",
    "dossiers_dossierfile": "dossier_id",
    "notify_outboxmessage": "about",
}
Row = dict[str, Any]
Names = dict[str, str]


@dataclass(frozen=True, slots=True)
class Original:
    """All rows of one dossier, jsonb as text."""

    dossier: Row
    events: Sequence[Row]
    others: Mapping[str, Sequence[Row]]


def multiply(dsn: str, wanted: int, progress: Callable[[int], None]) -> int:
    """Copy all dossiers until there are about `wanted`; returns how many there are."""
    with psycopg.connect(dsn) as connection:
        connection.execute("UPDATE notify_outboxmessage SET state = 'sent', settled_at = posted_at")
        columns = {table: _columns(connection, table) for table in _TABLES}
        originals = list(_originals(connection, columns))
        figures = connection.execute(
            "SELECT agency_id, on_day, figure, count FROM dossiers_dailyfigure"
        ).fetchall()
        rows = connection.execute("SELECT agency_code, on_day, last FROM dossiers_codeserial")
        serials = {(code, day): last for code, day, last in rows}
        copies = max(0, round(wanted / len(originals)) - 1)
        for number in range(copies):
            _copy_all(connection, originals, columns, serials)
            connection.commit()
            progress((number + 2) * len(originals))
        _raise_counters(connection, figures, serials, copies)
    return len(originals) * (copies + 1)


def _columns(connection: psycopg.Connection[Any], table: str) -> dict[str, str]:
    """Columns that are not given by the database, with their types."""
    rows = connection.execute(
        "SELECT column_name, data_type FROM information_schema.columns "
        "WHERE table_name = %s AND is_identity = 'NO' AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    )
    return dict(rows.fetchall())


def _originals(connection: psycopg.Connection[Any], columns: dict[str, dict[str, str]]) -> Iterator[Original]:
    rows: dict[str, dict[str, list[Row]]] = {}
    for table, key in _TABLES.items():
        names = ", ".join(
            f'"{name}"::text' if kind == "jsonb" else f'"{name}"' for name, kind in columns[table].items()
        )
        grouped: dict[str, list[Row]] = defaultdict(list)
        with connection.cursor(row_factory=psycopg.rows.dict_row) as cursor:
            order = {"dossiers_dossierevent": "seq", "notify_outboxmessage": "id"}.get(table, f'"{key}"')
            for row in cursor.execute(f"SELECT {names} FROM {table} ORDER BY {order}"):  # noqa: S608 - our own names
                grouped[str(row[key])].append(row)
        rows[table] = grouped
    for identity, (dossier,) in rows["dossiers_dossier"].items():
        others = {
            table: rows[table].get(identity, [])
            for table in _TABLES
            if table not in ("dossiers_dossier", "dossiers_dossierevent")
        }
        yield Original(dossier, rows["dossiers_dossierevent"][identity], others)


def _copy_all(
    connection: psycopg.Connection[Any],
    originals: Sequence[Original],
    columns: dict[str, dict[str, str]],
    serials: dict[tuple[str, Any], int],
) -> None:
    made: dict[str, list[Row]] = {table: [] for table in _TABLES}
    for original in originals:
        for table, rows in _copy(original, serials).items():
            made[table] += rows
    with connection.cursor() as cursor:
        for table, rows in made.items():
            names = list(columns[table])
            quoted = ", ".join(f'"{name}"' for name in names)
            with cursor.copy(f"COPY {table} ({quoted}) FROM STDIN") as target:
                for row in rows:
                    target.write_row([row[name] for name in names])


def _copy(original: Original, serials: dict[tuple[str, Any], int]) -> dict[str, list[Row]]:
    first = original.events[0]["at"]
    identity = uuid7(first)
    change = _renaming(original.dossier, identity, serials)
    events = _chained(original.events, identity, change)
    fresh = {"id": identity, "last_hash": events[-1]["hash"]}
    dossier = {name: _changed(value, change) for name, value in original.dossier.items()} | fresh
    made: dict[str, list[Row]] = {"dossiers_dossier": [dossier], "dossiers_dossierevent": events}
    for table, rows in original.others.items():
        key = _TABLES[table]
        made[table] = [
            {name: _changed(value, change) for name, value in row.items()}
            | {key: str(identity) if key == "about" else identity}
            for row in rows
        ]
    return made


def _renaming(dossier: Row, identity: UUID, serials: dict[tuple[str, Any], int]) -> Names:
    """Old text to new text: the id, the code, the filing number and the submission key."""
    change = {str(dossier["id"]): str(identity)}
    if dossier["code"]:
        place = _place(dossier["code"])
        serials[place] += 1
        change[dossier["code"]] = f"{dossier['code'].rpartition('-')[0]}-{serials[place]:04d}"
    if dossier["filing_number"]:
        letters = "".join(secrets.choice(_LETTERS) for _ in range(8))
        change[dossier["filing_number"]] = f"YC-{letters[:4]}-{letters[4:]}"
    if dossier["submission_key"]:
        change[dossier["submission_key"]] = secrets.token_hex(16)
    return change | {old.lower(): new.lower() for old, new in change.items()}


def _place(code: str) -> tuple[str, Any]:
    """The serial that a code was taken from; codes are `agency-yymmdd-nnnn`."""
    agency, day, _ = code.rsplit("-", 2)
    return agency, datetime.strptime(day, "%y%m%d").date()  # noqa: DTZ007 - a date


def _chained(events: Sequence[Row], identity: UUID, change: Names) -> list[Row]:
    rows, previous = [], GENESIS
    for event in events:
        payload = _changed(event["payload"], change)
        actor = (event["actor_kind"], event["actor_id"], event["actor_name"])
        body = hash_body(
            identity, event["seq"], event["kind"], event["schema"], event["at"], actor, json.loads(payload)
        )
        previous = chain_hash(previous, body)
        rows.append(event | {"dossier_id": identity, "payload": payload, "hash": previous})
    return rows


def _changed(value: Any, change: Names) -> Any:
    if isinstance(value, str):
        for old, new in change.items():
            if old in value:
                value = value.replace(old, new)
    return value


def _raise_counters(
    connection: psycopg.Connection[Any],
    figures: Sequence[tuple[Any, ...]],
    serials: dict[tuple[str, Any], int],
    copies: int,
) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE dossiers_dailyfigure SET count = count + %s "
            "WHERE agency_id = %s AND on_day = %s AND figure = %s",
            [(count * copies, agency, day, figure) for agency, day, figure, count in figures],
        )
        cursor.execute("UPDATE dossiers_settlingtime SET count = count * %s", [copies + 1])
        cursor.execute("UPDATE dossiers_serviceuse SET count = count * %s", [copies + 1])
        cursor.executemany(
            "UPDATE dossiers_codeserial SET last = %s WHERE agency_code = %s AND on_day = %s",
            [(last, code, day) for (code, day), last in serials.items()],
        )


def settle(dsn: str) -> None:
    """What autovacuum would have done by and by."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("VACUUM (ANALYZE)")
        connection.execute("CHECKPOINT")


def sizes(dsn: str, dossiers: int) -> dict[str, float]:
    """Bytes for each dossier by table, indexes and TOAST included, and all together."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        found = {
            table: connection.execute("SELECT pg_total_relation_size(%s::regclass)", [table]).fetchone()
            for table in _TABLES
        }
    each = {table: round(row[0] / dossiers) for table, row in found.items() if row}
    return {"total": sum(each.values()), **each}
