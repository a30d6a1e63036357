"""The routing slip: from hand to hand, how long each step took.

Basis: KT22-14.2bis.a#4; fields by reference TT 01/2018 Mẫu 05 (found).
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.documents.rules import wording


@dataclass(frozen=True, slots=True)
class Handover:
    """One row: who gave the dossier to whom and when, and how the giver's step ended (empty: no term)."""

    giver: str
    taker: str
    at: datetime
    verdict: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingSlip:
    """Phiếu kiểm soát quá trình giải quyết hồ sơ."""

    agency: str
    desk: str
    place: str
    code: str
    applicant: str
    address: str
    procedure: str
    procedure_code: str
    received_at: datetime | None
    due_at: datetime | None
    settled_by: str
    rows: tuple[Handover, ...]
    tracking_url: str
    system_name: str
    issued_at: datetime
    is_sample: bool = False
    came_at: datetime | None = None  # where it came earlier than it counts: off hours
    paused_since: datetime | None = None  # since when the clock stands still, and what for
    paused_for: str = ""


_LINES = (
    "agency", "desk", "place", "code", "applicant", "address", "procedure", "procedure_code", "settled_by",
    "tracking_url", "system_name",
)  # fmt: skip


def texts(slip: RoutingSlip, drawn: AbstractSet[int]) -> dict[str, Any]:
    """The texts of the slip by name, ready for JSON."""
    lines = {name: wording.line(getattr(slip, name), drawn) for name in _LINES}
    return lines | {
        "hotline": "",
        "received_at": wording.receipt(slip.received_at, slip.came_at) if slip.received_at else "",
        "due_at": _due(slip),
        "rows": [
            {
                "giver": wording.narrow(row.giver, drawn),
                "taker": wording.narrow(row.taker, drawn),
                "at": wording.moment(row.at),
                "verdict": wording.narrow(row.verdict, drawn),
                "note": wording.narrow(row.note, drawn),
            }
            for row in slip.rows
        ],
        "issued_on": wording.day(slip.issued_at),
        "issued_at": wording.moment(slip.issued_at),
        "is_sample": slip.is_sample,
    }


def _due(slip: RoutingSlip) -> str:
    """The date that was given; while the clock stands still it is none, and the slip says so."""
    due = wording.moment(slip.due_at) if slip.due_at else ""
    if slip.paused_since is None:
        return due
    stands = f"tạm dừng từ {wording.moment(slip.paused_since)} ({slip.paused_for})"
    return f"{stands}; trước đó hẹn {due}" if due else stands
