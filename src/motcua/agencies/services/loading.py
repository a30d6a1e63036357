"""Loading the agencies of a province that come with the system."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.agencies.rules.imports import ImportReport
from motcua.agencies.rules.reach import SAMPLE
from motcua.agencies.services.importing import DATA, import_agencies, rows_of
from motcua.kernel.actors import Actor


@transaction.atomic
def load_province(
    *, province: str, actor: Actor, at: datetime, keep_closed_open: bool = False, sample_reach: bool = False
) -> ImportReport:
    """Import the agencies of a province from the data folder. Safe to repeat.

    With `keep_closed_open` the agencies that ended with the merger of their province (Kon Tum, 30 June 2025)
    stay open, and their marks say that this is a sample: so a demonstration can play today. Without it they
    exist on their real days only. With `sample_reach` agencies of which no number, mailbox or address is
    known get made-up ones, marked as such; an address says so itself.

    Basis: DL24-2.1.
    """
    body = json.loads((DATA / f"{province}.json").read_text("utf-8"))
    rows = rows_of(body["provinces"])
    if keep_closed_open:
        last_day = body["meta"]["last_day_before_merger"]
        rows = [_opened(row) if row.get("valid_to") == last_day else row for row in rows]
    if sample_reach:
        rows = [_reachable(row, number) for number, row in enumerate(rows, start=100)]
    return import_agencies(rows=rows, actor=actor, at=at)


def _reachable(row: dict[str, Any], number: int) -> dict[str, Any]:
    if not row.get("address"):
        row = {**row, "address": sample_address(str(row["name_vi"]))}
    if row.get("phones") or row.get("email"):
        return row
    phone = f"0900 {number // 1000:03d} {number % 1000:03d}"
    marks = {**(row.get("marks") or {}), "contact": SAMPLE}
    mailbox = f"motcua-{number}@example.vn"
    return {**row, "phones": [phone], "email": mailbox, "marks": marks}


def sample_address(name: str) -> str:
    """`Ủy ban nhân dân xã Ea Kao` → `Số 1, đường Mẫu (địa chỉ mẫu), xã Ea Kao`."""
    return ", ".join(("Số 1, đường Mẫu (địa chỉ mẫu)", name.removeprefix("Ủy ban nhân dân ")))


def _opened(row: dict[str, object]) -> dict[str, object]:
    marks = dict(row.get("marks") or {})  # type: ignore[call-overload]
    marks["validity"] = f"sample: kept open for demonstration; ended on {row['valid_to']}"
    return {**row, "valid_to": None, "marks": marks}
