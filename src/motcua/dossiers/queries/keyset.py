"""A page of open tasks by keyset."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

from motcua.dossiers.models import DossierTask
from motcua.dossiers.queries.cursors import read_cursor


def in_order(
    rows: QuerySet[DossierTask], column: str, after: str | None, limit: int
) -> QuerySet[DossierTask]:
    """The first `limit` of the rows after a cursor, in the order of a column (`-` before it: falling).

    The page is picked by the tasks' keys alone, so that what the caller joins to its lines is joined to one
    page and not to all tasks of a busy desk, whichever plan the database has chosen.
    """
    cursor = read_cursor(after, 3)
    name, sign = column.lstrip("-"), "-" if column.startswith("-") else ""
    if cursor is not None:
        beyond = TupleLessThan if sign else TupleGreaterThan
        moment, dossier_id, key = cursor
        rows = rows.filter(beyond(Tuple(name, "dossier_id", "key"), (moment, UUID(dossier_id), key)))
    order = (column, f"{sign}dossier_id", f"{sign}key")
    picked = rows.order_by(*order).values("pk")[:limit]
    return DossierTask.objects.filter(pk__in=picked).order_by(*order)
