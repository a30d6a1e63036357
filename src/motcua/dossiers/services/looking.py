"""Reading everything that is stored of one dossier, in one statement: for those who look after every act.

It is always the same statement, so the database prepares it; query sets would be built anew each time, and
each would be a message of its own, which takes longer than reading the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Field, ForeignKey, Model

from motcua.dossiers.models import Dossier, DossierEvent, DossierFile, DossierTask, IssuedSlip
from motcua.dossiers.services import tables

Question = tuple[str, Sequence[Any]]  # SQL of one value and its parameters
_ASKED: tuple[tuple[type[Model], str], ...] = (
    (Dossier, "id = asked.id"),
    (DossierEvent, "dossier_id = asked.id AND seq > asked.after"),
    (DossierTask, "dossier_id = asked.id"),
    (IssuedSlip, "dossier_id = asked.id"),
    (DossierFile, "dossier_id = asked.id"),
)
_ORDERED: dict[type[Model], str] = {DossierEvent: "seq", IssuedSlip: "event"}
_READ: dict[str, Callable[[str], Any]] = {
    "DateTimeField": datetime.fromisoformat,
    "BinaryField": lambda text: bytes.fromhex(text.removeprefix("\\x")),
    "UUIDField": UUID,
}


@dataclass(frozen=True, slots=True)
class Stored:
    """The rows of one dossier; `dossier` is None if there is none, `events` are those after a version.

    `beside` are the answers to what was asked beside it.
    """

    dossier: Dossier | None
    events: list[DossierEvent]
    tasks: list[DossierTask]
    slips: list[IssuedSlip]
    files: list[DossierFile]
    beside: tuple[Any, ...]


def stored(dossier_id: UUID, after: int, beside: Sequence[Question] = ()) -> Stored:
    """Everything that is stored of the dossier; of its events those after the version `after`."""
    statement = _statement(tuple(sql for sql, _ in beside))
    params = [value for _, values in beside for value in values]
    row = tables.run(statement, [*params, dossier_id, after])
    assert row is not None
    count = len(beside)
    parts = [_made(model, found or []) for (model, _), found in zip(_ASKED, row[count:], strict=True)]
    found, events, tasks, slips, files = parts
    return Stored(found[0] if found else None, events, tasks, slips, files, tuple(row[:count]))


@cache
def _statement(beside: tuple[str, ...]) -> str:
    columns = ", ".join([*(f"({sql})" for sql in beside), *(_rows_of(*asked) for asked in _ASKED)])
    return f"SELECT {columns} FROM (SELECT %s::uuid AS id, %s::integer AS after) AS asked"  # noqa: S608 - names of our own


def _rows_of(model: type[Model], where: str) -> str:
    columns = ", ".join(str(field.column) for field in model._meta.concrete_fields)
    row = f"json_build_array({columns})"
    order = f" ORDER BY {_ORDERED[model]}" if model in _ORDERED else ""
    return f"(SELECT json_agg({row}{order}) FROM {model._meta.db_table} WHERE {where})"  # noqa: S608 - as above


def _made(model: type[Model], rows: list[list[Any]]) -> list[Any]:
    """The rows as instances of the model, as a query set would make them."""
    names, readers = _fields(model)
    made = []
    for values in rows:
        for place, read in readers:
            if values[place] is not None:
                values[place] = read(values[place])
        made.append(model.from_db(connection.alias, names, values))
    return made


@cache
def _fields(model: type[Model]) -> tuple[list[str], tuple[tuple[int, Callable[[str], Any]], ...]]:
    """The names of the fields, and by place how those are read that JSON has no kind for."""
    fields = model._meta.concrete_fields
    kinds = [_kind(field) for field in fields]
    readers = tuple((place, _READ[kind]) for place, kind in enumerate(kinds) if kind in _READ)
    return [field.attname for field in fields], readers


def _kind(field: Field[Any, Any]) -> str:
    own = field.target_field if isinstance(field, ForeignKey) else field
    return str(own.get_internal_type())
