"""From facts to the words that a template sets. The template knows only texts, never moments or rules."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Any
from urllib.parse import urlsplit

from motcua.documents.rules import slips, wording


def sheet(slip: slips.AnySlip, drawn: AbstractSet[int]) -> dict[str, Any]:
    """The texts of a slip by name, ready for JSON. `drawn` are the code points that the font can set."""
    match slip:
        case slips.IntakeReceipt():
            own = _intake_receipt(slip, drawn)
        case slips.SupplementSlip():
            own = {
                "items": [wording.line(item, drawn) for item in slip.items],
                "reason": wording.paragraphs(slip.reason, drawn),
                "guidance": wording.paragraphs(slip.guidance, drawn),
            }
        case slips.DeclineSlip():
            own = {
                "reason": wording.paragraphs(slip.reason, drawn),
                "guidance": wording.paragraphs(slip.guidance, drawn),
            }
        case slips.ApologySlip():
            own = {
                "reason": wording.paragraphs(slip.reason, drawn),
                "received_at": wording.receipt(slip.received_at, slip.came_at),
                "was_due_at": wording.moment(slip.was_due_at),
                "due_at": wording.moment(slip.due_at),
                "sector": wording.line(slip.sector, drawn),
                "receipt_number": wording.line(slip.receipt_number, drawn),
                "count": wording.count(slip.count),
                "signed_as": [wording.line(each, drawn) for each in slip.signed_as],
                "public_reason": wording.line(slip.public_reason, drawn),
            }
        case slips.StopNotice():
            own = {
                "received_at": wording.receipt(slip.received_at, slip.came_at),
                "receipt_number": wording.line(slip.receipt_number, drawn),
                "requested_on": wording.date_words(slip.requested_on) if slip.requested_on else "",
                "request": wording.line(slip.request, drawn),
                "reason": wording.paragraphs(slip.reason, drawn),
                "stage": wording.line(slip.stage, drawn),
                "fees": wording.line(slip.fees, drawn),
            }
    return _common(slip, drawn) | own


_LINES = (
    "agency", "desk", "place", "number", "code", "applicant", "address", "phone", "email", "procedure",
    "procedure_code", "officer", "hotline", "tracking_url", "system_name",
)  # fmt: skip


_SIGNED = 120  # characters of a name under a signature; the whole name stands above


def _common(slip: slips.Slip, drawn: AbstractSet[int]) -> dict[str, Any]:
    lines = {name: wording.line(getattr(slip, name), drawn) for name in _LINES}
    return lines | {
        "submitter": wording.line(slip.submitter or slip.applicant, drawn)[:_SIGNED],
        "website": _website(slip.tracking_url),
        "issued_on": wording.day(slip.issued_at),
        "issued_at": wording.moment(slip.issued_at),
        "is_sample": slip.is_sample,
    }


def _website(address: str) -> str:
    """The portal, as people type it."""
    return urlsplit(address).netloc


def _intake_receipt(slip: slips.IntakeReceipt, drawn: AbstractSet[int]) -> dict[str, Any]:
    return {
        "papers": [
            {
                "name": wording.line(paper.name, drawn),
                "note": wording.line(paper.note, drawn),
                "originals": wording.count(paper.originals) if paper.originals else "",
                "copies": wording.count(paper.copies) if paper.copies else "",
                "electronic": wording.count(paper.electronic) if paper.electronic else "",
            }
            for paper in slip.papers
        ],
        "sets": wording.count(slip.sets),
        "time_limit": wording.line(slip.time_limit, drawn),
        "received_at": wording.receipt(slip.received_at, slip.came_at),
        "due_at": wording.moment(slip.due_at) if slip.due_at else "",
        "delivery": wording.line(slip.delivery, drawn),
        "register_book": wording.line(slip.register_book, drawn),
        "register_number": wording.line(slip.register_number, drawn),
        "fees": wording.line(slip.fees, drawn),
        "settled_by": wording.line(slip.settled_by, drawn),
    }
