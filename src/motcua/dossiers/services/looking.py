"""Reading everything that is stored of one dossier, in one round trip: for those who look after every act.

The statements are fixed, so the database prepares them; a query set would be built anew each time, which
takes longer than reading the rows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Model
from psycopg import RawCursor

from motcua.dossiers.models import Dossier, DossierEvent, DossierFile, DossierTask, IssuedSlip

_ASKED: tuple[tuple[type[Model], str], ...] = (
    (Dossier, "id = $1 AND $2::integer IS NOT NULL"),
    (DossierEvent, "dossier_id = $1 AND seq > $2 ORDER BY seq"),
    (DossierTask, "dossier_id = $1 AND $2::integer IS NOT NULL"),
    (IssuedSlip, "dossier_id = $1 AND $2::integer IS NOT NULL ORDER BY event"),
    (DossierFile, "dossier_id = $1 AND $2::integer IS NOT NULL"),
)


@dataclass(frozen=True, slots=True)
class Stored:
    """The rows of one dossier; `dossier` is None if there is none, `events` are those after a version."""

    dossier: Dossier | None
    events: list[DossierEvent]
    tasks: list[DossierTask]
    slips: list[IssuedSlip]
    files: list[DossierFile]


def stored(dossier_id: UUID, after: int) -> Stored:
    """Everything that is stored of the dossier; of its events those after the version `after`."""
    connection.ensure_connection()
    database, cursors = connection.connection, []
    with connection.wrap_database_errors:
        with database.pipeline():
            for model, where in _ASKED:
                cursor = RawCursor(database)
                cursor.execute(_select(model, where), [dossier_id, after], prepare=settings.DATABASE_PREPARES)
                cursors.append(cursor)
        rows = [_made(model, cursor.fetchall()) for (model, _), cursor in zip(_ASKED, cursors, strict=True)]
    found, events, tasks, slips, files = rows
    return Stored(found[0] if found else None, events, tasks, slips, files)


@cache
def _select(model: type[Model], where: str) -> str:
    columns = ", ".join(str(field.column) for field in model._meta.concrete_fields)
    return f"SELECT {columns} FROM {model._meta.db_table} WHERE {where}"  # noqa: S608 - names of our own


def _made(model: type[Model], rows: list[tuple[Any, ...]]) -> list[Any]:
    """The rows as instances of the model, as a query set would make them."""
    names = [field.attname for field in model._meta.concrete_fields]
    converters = _converters(model)
    made = []
    for row in rows:
        values = list(row)
        for place, convert in converters:
            values[place] = convert(values[place], None, connection)
        made.append(model.from_db(connection.alias, names, values))
    return made


@cache
def _converters(model: type[Model]) -> tuple[tuple[int, Callable[..., Any]], ...]:
    return tuple(
        (place, convert)
        for place, field in enumerate(model._meta.concrete_fields)
        for convert in field.get_db_converters(connection)
    )
