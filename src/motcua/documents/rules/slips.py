"""What each slip says, as facts. All texts are in Vietnamese and are set as they are, never as markup.

Basis: KT22-14.2bis.a#1, KT22-14.2bis.a#2, KT22-14.2bis.a#3, KT22-14.2bis.b#2, PT24-9.1.a, PT24-9.1.b,
PT24-9.1.c, PT24-10.3#1, DL24-8.2#1; fields by reference TT 01/2018 Mẫu 01–04 (found), of the notice of
stopping TT 03/2025 Mẫu 05 (found in other software), QR by reference TT 01/2023 Điều 26 (found).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from motcua.documents.enums import SlipKind


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that was received. Numbers of originals and copies; `electronic` counts files."""

    name: str
    originals: int = 0
    copies: int = 0
    electronic: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """What all slips carry. Empty text means: not known, leave a dotted line or leave it out."""

    agency: str  # name over the desk: the province, department, district or commune
    desk: str  # Bộ phận Tiếp nhận và Trả kết quả, or the centre
    place: str  # of "place, date"
    number: str  # number of the slip with its suffix, for example 15/TTPVHCC
    code: str  # dossier code, or empty before acceptance
    applicant: str
    address: str
    phone: str
    email: str
    procedure: str
    procedure_code: str
    personal_id: str = ""  # identifier of the person or organisation, for the QR only
    submitter: str = ""  # who signs; the applicant if empty
    officer: str
    hotline: str
    tracking_url: str
    system_name: str
    issued_at: datetime
    is_sample: bool = False  # printed by a demonstration: says so on the paper


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeReceipt(Slip):
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả."""

    papers: tuple[Paper, ...]
    sets: int  # số lượng hồ sơ (bộ)
    time_limit: str  # as printed, for example "03 ngày làm việc"
    received_at: datetime
    due_at: datetime | None  # None where the procedure names no time limit
    delivery: str  # where the result will be received, for example "Trả trực tiếp tại bộ phận một cửa"
    register_book: str = ""
    register_number: str = ""
    came_at: datetime | None = None  # where it came earlier than it counts: off hours
    fees: str = ""  # fee and payment state in words; left out if empty
    settled_by: str = ""  # the agency that settles, where another one receives; left out if empty


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementSlip(Slip):
    """Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ."""

    items: tuple[str, ...]  # what to supplement or put right, one sentence each
    reason: str
    guidance: str = ""  # how and by when to answer; left out if empty


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineSlip(Slip):
    """Phiếu từ chối tiếp nhận giải quyết hồ sơ."""

    reason: str
    guidance: str = ""  # where to go instead; left out if empty


@dataclass(frozen=True, slots=True, kw_only=True)
class ApologySlip(Slip):
    """Phiếu xin lỗi và hẹn lại ngày trả kết quả: from the settling agency, in its leader's name.

    `receipt_number` is that of the receipt whose date is not kept, empty where none was given. `count` is how
    many letters there are with this one; since 2025 the form says it. `signed_as` is what stands above the
    name, line by line.
    """

    reason: str
    received_at: datetime
    was_due_at: datetime
    due_at: datetime
    came_at: datetime | None = None  # where it came earlier than it counts: off hours
    sector: str = ""  # lĩnh vực
    receipt_number: str = ""
    count: int = 1
    signed_as: tuple[str, ...] = ("Thủ trưởng cơ quan",)
    public_reason: str = ""  # on a preview only: what everybody will read of the reason, where it is masked


@dataclass(frozen=True, slots=True, kw_only=True)
class StopNotice(Slip):
    """Thông báo dừng giải quyết hồ sơ: the applicant asked; the desk tells what became of it.

    By reference TT 03/2025 Mẫu 05: what its fields are about is found in other software, not their wording.
    """

    received_at: datetime
    requested_on: date | None  # the day on which the applicant asked; None where it was not recorded
    request: str  # in which form they asked, for example "đơn viết tay nộp tại quầy"
    reason: str  # why, as the applicant said
    stage: str  # where the handling stood
    fees: str  # what becomes of fees that were paid
    came_at: datetime | None = None  # where it came earlier than it counts: off hours
    receipt_number: str = ""


AnySlip = IntakeReceipt | SupplementSlip | DeclineSlip | ApologySlip | StopNotice


def kind_of(slip: AnySlip) -> SlipKind:
    match slip:
        case IntakeReceipt():
            return SlipKind.INTAKE_RECEIPT
        case SupplementSlip():
            return SlipKind.SUPPLEMENT_REQUEST
        case DeclineSlip():
            return SlipKind.DECLINE
        case ApologySlip():
            return SlipKind.APOLOGY
        case StopNotice():
            return SlipKind.STOP_NOTICE


_TITLES = {
    SlipKind.INTAKE_RECEIPT: "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
    SlipKind.SUPPLEMENT_REQUEST: "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
    SlipKind.APOLOGY: "Phiếu xin lỗi và hẹn lại ngày trả kết quả",
    SlipKind.DECLINE: "Phiếu từ chối tiếp nhận giải quyết hồ sơ",
    SlipKind.STOP_NOTICE: "Thông báo dừng giải quyết hồ sơ",
}


def title(kind: SlipKind) -> str:
    """The legal name of a slip."""
    return _TITLES[kind]


def file_name(slip: AnySlip, named: str = "") -> str:
    """The name under which a slip is saved, with the dossier code if there is one.

    `named` is its legal name on the form of its day, where that is another.
    """
    return " ".join(part for part in (named or title(kind_of(slip)), slip.code) if part) + ".pdf"


def receipt_number(code: str, desk: str) -> str:
    """The number of a receipt with the sign of the desk that issued it: a centre's or another desk's.

    Basis: KT22-14.2bis.a#1; by reference TT 01/2018 Mẫu 01 (found).
    """
    return f"{code}/{'TTPVHCC' if 'trung tâm' in desk.casefold() else 'BPTNTKQ'}"
