"""Cursors of keyset paging: where a page ended, as text for an address."""

from __future__ import annotations

import base64
import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive


def cursor_of(*parts: Any) -> str:
    text = json.dumps([part.isoformat() if isinstance(part, datetime) else str(part) for part in parts])
    return base64.urlsafe_b64encode(text.encode()).decode()


def read_cursor(cursor: str | None, length: int) -> tuple[Any, ...] | None:
    """The parts of a cursor of ours; None for anything else that stands in an address."""
    try:
        parts = json.loads(base64.urlsafe_b64decode((cursor or "").encode()))
        moment, _identity = parse_datetime(parts[0]), UUID(parts[1])
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError):
        return None
    if moment is None or is_naive(moment) or len(parts) != length or not all(map(_is_plain, parts)):
        return None
    return (moment, *parts[1:])


def _is_plain(part: Any) -> bool:
    return isinstance(part, str) and part.isprintable()


def page_after(
    rows: QuerySet[Any], keys: tuple[str, str], columns: tuple[str, ...], after: str | None, limit: int
) -> tuple[list[tuple[Any, ...]], str | None]:
    """The rows behind a cursor, in the order of `keys` (a moment and an id), and the cursor of the next page.

    Each row has the values of `keys` first, then those of `columns`. An unreadable cursor gives the first
    page.
    """
    if cursor := read_cursor(after, 2):
        rows = rows.filter(TupleGreaterThan(Tuple(*keys), (cursor[0], UUID(cursor[1]))))
    page = list(rows.order_by(*keys).values_list(*keys, *columns)[: limit + 1])
    return page[:limit], cursor_of(*page[limit - 1][:2]) if len(page) > limit else None
