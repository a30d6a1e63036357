"""The acknowledgement of what was sent online, a filing or a supplement: what, when, and what comes next.

Basis: QN20-11.1#2, KT22-6.2#1; by reference NĐ 45/2020 Đ11 (secondary).
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.documents.rules import wording

TITLE = "Xác nhận đã nhận hồ sơ gửi trực tuyến"
SUPPLEMENT_TITLE = "Xác nhận đã nhận phần bổ sung gửi trực tuyến"


@dataclass(frozen=True, slots=True)
class SentPaper:
    """A paper as it was sent: the names of its files in their order, or the reason why there is none."""

    name: str
    files: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    """Xác nhận đã nhận hồ sơ gửi trực tuyến. Empty text means: leave it out.

    `receipt` tells when the dossier counts as received, as the regulation has it. `reply_by` is until when
    the desk answers. `receipt_form` is the number of the form that the receipt bears, which this paper is
    not. Of a supplement, `asked` is what the agency had asked for, and `due_at` when the result is due once
    it is there, None before acceptance. `post_to` is where certified papers go that have to follow by post,
    empty where none have.
    """

    agency: str
    desk: str
    place: str
    number: str  # the filing number, by which the dossier is followed before it has a code
    applicant: str
    submitter: str  # who sent it, where that is somebody else
    address: str
    phone: str
    email: str
    procedure: str
    procedure_code: str
    papers: tuple[SentPaper, ...]
    delivery: str
    fees: str  # what is to be paid, or that nothing is
    receipt: str
    reply_by: datetime | None
    receipt_form: str
    hotline: str
    tracking_url: str
    system_name: str
    issued_at: datetime  # when it was sent
    is_sample: bool = False
    asked: tuple[str, ...] = ()
    due_at: datetime | None = None
    post_to: str = ""

    @property
    def title(self) -> str:
        return SUPPLEMENT_TITLE if self.asked else TITLE


_LINES = (
    "agency", "desk", "place", "applicant", "submitter", "address", "phone", "email", "procedure",
    "procedure_code", "delivery", "fees", "receipt", "receipt_form", "hotline", "tracking_url",
    "system_name", "post_to",
)  # fmt: skip


def texts(slip: Acknowledgement, drawn: AbstractSet[int]) -> dict[str, Any]:
    """The texts of the slip by name, ready for JSON. `drawn` are the code points that the font can set."""
    lines = {name: wording.line(getattr(slip, name), drawn) for name in _LINES}
    return lines | {
        "title": slip.title,
        "asked": [wording.line(each, drawn) for each in slip.asked],
        "due_at": wording.moment(slip.due_at) if slip.due_at else "",
        "code": wording.line(slip.number, drawn),
        "papers": [
            {
                "name": wording.line(paper.name, drawn),
                "files": [wording.line(name, drawn) for name in paper.files],
                "count": wording.count(len(paper.files)) if paper.files else "",
                "note": wording.line(paper.note, drawn),
            }
            for paper in slip.papers
        ],
        "reply_by": wording.moment(slip.reply_by) if slip.reply_by else "",
        "sent_at": wording.moment(slip.issued_at),
        "issued_on": wording.day(slip.issued_at),
        "issued_at": wording.moment(slip.issued_at),
        "is_sample": slip.is_sample,
    }


def file_name(slip: Acknowledgement) -> str:
    """The name under which the slip is saved."""
    return f"{slip.title} {slip.number}.pdf"
