"""Django's PostgreSQL engine, on which savepoints cost no round trip of their own.

A run is a transaction of many steps in which every act has a savepoint, and the service's own transaction is
another. Setting and releasing them took as long as the acts' own statements. Here they wait until something
is asked, and all that waits goes in one message before it, in the order in which it came. What nothing was
asked in is never sent.

A rollback is not told to psycopg, which would forget all statements that it has prepared: it fears that
tables were undone, and a run makes none.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, TypeVar

import psycopg
from django.db.backends.postgresql import base
from psycopg.pq import ExecStatus, TransactionStatus

Answer = TypeVar("Answer")
_CHECK = ("SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL DEFERRED")


class Connection(psycopg.Connection[Any]):
    """A connection that sends what waits before anything that could fail within it.

    In `waiting` are statements without answer. A savepoint is released as late as the next one is set: until
    then that changes nothing.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.waiting: list[str] = []
        super().__init__(*args, **kwargs)

    def wait(self, gen: Generator[Any, Any, Answer], *args: Any, **kwargs: Any) -> Answer:
        if any(each.startswith("SAVEPOINT") for each in self.waiting):
            self.send_waiting()
        return super().wait(gen, *args, **kwargs)

    def commit(self) -> None:
        self.waiting.clear()  # all savepoints end with their transaction
        super().commit()

    def rollback(self) -> None:
        self.waiting.clear()
        super().rollback()

    def send_waiting(self) -> None:
        """Run what waits. Raises psycopg.Error."""
        statements, self.waiting = self.waiting, []
        if self.info.transaction_status == TransactionStatus.IDLE:
            statements.insert(0, "BEGIN")
        result = self.pgconn.exec_("; ".join(statements).encode())
        if result.status == ExecStatus.FATAL_ERROR:
            raise psycopg.errors.error_from_result(result, self.info.encoding)


class _Driver:
    """psycopg, but for the kind of its connections."""

    connect = Connection.connect

    def __getattr__(self, name: str) -> Any:
        return getattr(psycopg, name)


class DatabaseWrapper(base.DatabaseWrapper):
    Database = _Driver()  # type: ignore[assignment]

    def _savepoint(self, sid: str) -> None:
        self._later(f"SAVEPOINT {sid}")

    def _savepoint_commit(self, sid: str) -> None:
        waiting = self._waiting()
        if waiting and waiting[-1] == f"SAVEPOINT {sid}":  # nothing was asked in it
            waiting.pop()
        else:
            self._later(f"RELEASE SAVEPOINT {sid}")

    def _savepoint_rollback(self, sid: str) -> None:
        waiting = self._waiting()
        if f"SAVEPOINT {sid}" in waiting:  # nothing was asked in it
            del waiting[waiting.index(f"SAVEPOINT {sid}") + 1 :]
            return
        waiting[:] = [f"ROLLBACK TO SAVEPOINT {sid}"]
        with self.wrap_database_errors:
            self.connection.send_waiting()

    def check_constraints(self, table_names: Any = None) -> None:
        """Let the database check now what it would check at the end of a transaction."""
        with self.wrap_database_errors:
            self._waiting().extend(_CHECK)
            self.connection.send_waiting()

    def _later(self, statement: str) -> None:
        self._waiting().append(statement)

    def _waiting(self) -> list[str]:
        self.ensure_connection()
        waiting: list[str] = self.connection.waiting
        return waiting
