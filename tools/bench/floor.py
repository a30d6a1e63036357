"""The floor under the services: the same rows, in the same number of transactions, by plain SQL.

After each service call the rows of its dossier are compared with what they were before. The difference,
written as plain INSERT, UPDATE and DELETE (one for each table touched), is sent over one psycopg connection
to a copy of the database on the same server, one durable commit for each call: no rule, no lock, no read,
no object. Statements repeat, so psycopg prepares them on the server. Afterwards both databases must hold
the same rows.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any, Self

import psycopg
from django.conf import settings
from django.db import connections
from psycopg import sql
from tools.bench import usage

from motcua.config.postgres import Server

Statement = tuple[str, list[Any]]
Row = tuple[Any, ...]
# Every table that an act writes, by the column that leads to its rows, and the primary key.
OF_DOSSIER = {
    "dossiers_dossier": ("id", ("id",)),
    "dossiers_dossierevent": ("dossier_id", ("dossier_id", "seq")),
    "dossiers_dossiertask": ("dossier_id", ("dossier_id", "key")),
    "dossiers_issuedslip": ("dossier_id", ("dossier_id", "event")),
    "dossiers_dossierfile": ("dossier_id", ("dossier_id", "file_id")),
    "notify_outboxmessage": ("about", ("id",)),
}
SHARED = {
    "dossiers_dailyfigure": ("agency_id", "on_day", "figure"),
    "dossiers_settlingtime": ("procedure_version_id", "on_month", "hours"),
    "dossiers_serviceuse": ("procedure_version_id", "on_month", "channel"),
    "dossiers_codeserial": ("agency_code", "on_day"),
}
TABLES = {table: key for table, (_, key) in OF_DOSSIER.items()} | SHARED


def processor_seconds(backend: int) -> float:
    """Processor time used so far by this process and by the server process of its connection."""
    return time.process_time() + usage.seconds_of_thread(backend)


class Rows:
    """The rows of a database, as they can be written again: jsonb is read as text."""

    def __init__(self, dsn: str) -> None:
        self._database = psycopg.connect(dsn, autocommit=True)
        self.columns = {table: _columns(self._database, table) for table in TABLES}
        self.shared = {table: self._read(table, "true", []) for table in SHARED}

    def close(self) -> None:
        self._database.close()

    def of(self, dossier_id: str) -> dict[str, dict[Row, Row]]:
        """Rows of one dossier and of the shared counters, by table and primary key."""
        own = {
            table: self._read(table, f'"{column}" = %s', [dossier_id])
            for table, (column, _) in OF_DOSSIER.items()
        }
        return own | {table: self._read(table, "true", []) for table in SHARED}

    def before_any(self) -> dict[str, dict[Row, Row]]:
        """What there is before a dossier is made."""
        return {table: {} for table in OF_DOSSIER} | self.shared

    def keep(self, found: dict[str, dict[Row, Row]]) -> None:
        """Remember the shared counters: the next life goes on from them."""
        self.shared = {table: found[table] for table in SHARED}

    def _read(self, table: str, where: str, values: list[Any]) -> dict[Row, Row]:
        columns = self.columns[table]
        names = ", ".join(f'"{n}"::text' if kind == "jsonb" else f'"{n}"' for n, kind in columns.items())
        rows = self._database.execute(f"SELECT {names} FROM {table} WHERE {where}", values)  # noqa: S608
        places = [list(columns).index(name) for name in TABLES[table]]
        return {tuple(row[place] for place in places): row for row in rows}


def _columns(database: psycopg.Connection[Any], table: str) -> dict[str, str]:
    rows = database.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s "
        "AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    )
    return dict(rows.fetchall())


def difference(
    columns: dict[str, dict[str, str]], old: dict[str, dict[Row, Row]], new: dict[str, dict[Row, Row]]
) -> list[Statement]:
    """Plain SQL that makes the old rows the new ones."""
    statements: list[Statement] = []
    for table, key in TABLES.items():
        statements += _updates(table, key, columns[table], old[table], new[table])
        added = [row for identity, row in new[table].items() if identity not in old[table]]
        if added:
            statements.append(_insert(table, columns[table], added))
        gone = [identity for identity in old[table] if identity not in new[table]]
        statements += [_delete(table, key, identity) for identity in gone]
    return statements


def _insert(table: str, columns: dict[str, str], rows: list[Row]) -> Statement:
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join("%s::jsonb" if kind == "jsonb" else "%s" for kind in columns.values())
    values = ", ".join([f"({marks})"] * len(rows))
    system = "OVERRIDING SYSTEM VALUE " if table == "notify_outboxmessage" else ""
    text = f"INSERT INTO {table} ({names}) {system}VALUES {values}"
    return text, [value for row in rows for value in row]


def _updates(
    table: str, key: Sequence[str], columns: dict[str, str], old: dict[Row, Row], new: dict[Row, Row]
) -> list[Statement]:
    statements: list[Statement] = []
    for identity in old.keys() & new.keys():
        changed = [
            (name, kind, value)
            for (name, kind), before, value in zip(columns.items(), old[identity], new[identity], strict=True)
            if before != value
        ]
        if changed:
            sets = ", ".join(f'"{n}" = %s{"::jsonb" if kind == "jsonb" else ""}' for n, kind, _ in changed)
            text = f"UPDATE {table} SET {sets} WHERE {_where(key)}"  # noqa: S608 - our own names
            statements.append((text, [*(value for _, _, value in changed), *identity]))
    return statements


def _delete(table: str, key: Sequence[str], identity: Row) -> Statement:
    return f"DELETE FROM {table} WHERE {_where(key)}", list(identity)  # noqa: S608 - our own names


def _where(key: Sequence[str]) -> str:
    return " AND ".join(f'"{name}" = %s' for name in key)


class Floor:
    """A copy of the bench's database on the same server, and the way there."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._source = settings.DATABASES["default"]["NAME"]
        self.name = f"{self._source}_floor"
        self.processor = 0.0

    def __enter__(self) -> Self:
        connections.close_all()  # a template must have no other users
        with psycopg.connect(self._server.dsn(), autocommit=True) as admin:
            admin.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(self.name))
            )
            copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            admin.execute(copy.format(sql.Identifier(self.name), sql.Identifier(self._source)))
        self._connection = psycopg.connect(self._server.dsn(self.name))
        self.rows = Rows(self._server.dsn(self._source))
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()
        self.rows.close()
        with psycopg.connect(self._server.dsn(), autocommit=True) as admin:
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(self.name)))

    def replay(self, transactions: Sequence[Sequence[Statement]]) -> float:
        """Seconds that the writes take, commits included."""
        self._bring_files()
        busy = processor_seconds(self._connection.info.backend_pid)
        start = time.perf_counter()
        for statements in transactions:
            with self._connection.cursor() as cursor:
                for text, values in statements:
                    cursor.execute(text, values)
            self._connection.commit()
        seconds = time.perf_counter() - start
        self.processor += processor_seconds(self._connection.info.backend_pid) - busy
        return seconds

    def _bring_files(self) -> None:
        """Stored files are no part of an act, but its rows point to them: copied outside the clock."""
        with psycopg.connect(self._server.dsn(self._source)) as source:
            for table, key in (("documents_blob", "sha256"), ("documents_storedfile", "id")):
                there = self._connection.execute(f"SELECT {key}::text FROM {table}").fetchall()  # noqa: S608
                query = f"COPY (SELECT * FROM {table} WHERE {key}::text <> ALL ({{}})) TO STDOUT"  # noqa: S608
                wanted = sql.SQL(query).format([one for (one,) in there])
                with (
                    source.cursor().copy(wanted) as rows,
                    self._connection.cursor().copy(f"COPY {table} FROM STDIN") as target,
                ):
                    for block in rows:
                        target.write(block)
        self._connection.commit()

    def differing_tables(self) -> tuple[str, ...]:
        """Tables whose rows are not the same in both databases: there must be none."""
        with psycopg.connect(self._server.dsn(self._source)) as other:
            return tuple(t for t in TABLES if _picture(self._connection, t) != _picture(other, t))


def _picture(database: psycopg.Connection[Any], table: str) -> Any:
    """How many rows, and a sum that any difference would change; bytes and jsonb as their text."""
    query = sql.SQL("SELECT count(*), sum(hashtextextended(t::text, 0)) FROM {} AS t")
    return database.execute(query.format(sql.Identifier(table))).fetchone()
