"""Loading the agencies of a province that come with the system."""

from __future__ import annotations

import json
from datetime import datetime

from django.db import transaction

from motcua.agencies.rules.imports import ImportReport
from motcua.agencies.services.importing import DATA, import_agencies, rows_of
from motcua.kernel.actors import Actor


@transaction.atomic
def load_province(
    *, province: str, actor: Actor, at: datetime, keep_closed_open: bool = False
) -> ImportReport:
    """Import the agencies of a province from the data folder. Safe to repeat.

    With `keep_closed_open` the agencies that ended with the merger of their province (Kon Tum, 30 June 2025)
    stay open, and their marks say that this is a sample: so a demonstration can play today. Without it they
    exist on their real days only.
    """
    body = json.loads((DATA / f"{province}.json").read_text("utf-8"))
    rows = rows_of(body["provinces"])
    if keep_closed_open:
        last_day = body["meta"]["last_day_before_merger"]
        rows = [_opened(row) if row.get("valid_to") == last_day else row for row in rows]
    return import_agencies(rows=rows, actor=actor, at=at)


def _opened(row: dict[str, object]) -> dict[str, object]:
    marks = dict(row.get("marks") or {})  # type: ignore[call-overload]
    marks["validity"] = f"sample: kept open for demonstration; ended on {row['valid_to']}"
    return {**row, "valid_to": None, "marks": marks}
