"""Cursors of keyset paging: where a page ended, as text for an address."""

from __future__ import annotations

import base64
import json
from datetime import datetime
from typing import Any
from uuid import UUID

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
