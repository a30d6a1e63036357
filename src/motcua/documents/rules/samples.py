"""Facts for looking at a form before anybody gets it. Nobody in them exists, and the paper says so."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from motcua.documents.enums import SlipKind
from motcua.documents.rules import register, routing, slips

ROUTING_SLIP, REGISTER = "routing_slip", "register"
_APPLICANT = "Nguyễn Văn Mẫu"
_CODE = "000.00.00.H00-260302-0001"
_PROCEDURE = ("Thủ tục đăng ký khai sinh", "1.001193")
_URL = "https://dichvucong.example.vn/tra-cuu/"


def slip(kind: SlipKind, at: datetime, *, place: str, hotline: str) -> slips.AnySlip:
    """A slip of this kind with sample facts, issued at that moment."""
    common = _common(at, place) | {
        "number": "01/MAU",
        "phone": "0900 000 000",
        "email": "mau@example.vn",
        "personal_id": "000000000000",
        "officer": "Trần Thị Mẫu",
        "hotline": hotline,
    }
    reason = "Bản chụp giấy tờ mờ, không đọc được số và ngày cấp."
    match kind:
        case SlipKind.INTAKE_RECEIPT:
            return slips.IntakeReceipt(
                **common,
                papers=(
                    slips.Paper("Tờ khai đăng ký khai sinh theo mẫu", originals=1),
                    slips.Paper("Giấy chứng sinh", originals=1, electronic=1),
                ),
                sets=1,
                time_limit="03 ngày làm việc",
                received_at=at,
                due_at=at + timedelta(days=3),
                delivery="Trực tiếp tại bộ phận một cửa",
            )
        case SlipKind.SUPPLEMENT_REQUEST:
            items = (
                "Giấy chứng sinh: bản chụp rõ, đủ các trang.",
                "Tờ khai: ghi đủ nơi cư trú của người mẹ.",
            )
            guidance = "Nộp bổ sung trên trang theo dõi hồ sơ hoặc tại quầy."
            return slips.SupplementSlip(**common, items=items, reason=reason, guidance=guidance)
        case SlipKind.DECLINE:
            return slips.DeclineSlip(
                **common, reason=reason, guidance="Đề nghị nộp tại cơ quan có thẩm quyền."
            )
        case SlipKind.APOLOGY:
            return slips.ApologySlip(
                **common,
                sector="Hộ tịch",
                receipt_number="01/BPTNTKQ",
                reason="Phải chờ kết quả xác minh của cơ quan phối hợp.",
                received_at=at - timedelta(days=3),
                was_due_at=at + timedelta(days=1),
                due_at=at + timedelta(days=4),
            )
        case SlipKind.STOP_NOTICE:
            return slips.StopNotice(
                **common,
                receipt_number="01/BPTNTKQ",
                received_at=at - timedelta(days=3),
                requested_on=at.date(),
                request="Đơn đề nghị nộp tại quầy",
                reason="Người nộp chưa thu xếp được giấy tờ gốc và sẽ nộp lại sau.",
                stage="Thẩm định hồ sơ",
                fees="Hồ sơ này không phải nộp phí, lệ phí.",
            )


def routing_slip(at: datetime, *, place: str) -> routing.RoutingSlip:
    common = _common(at, place)
    hands = ("Người nộp hồ sơ", "Bộ phận một cửa: Trần Thị Mẫu", "Phòng chuyên môn: Lê Văn Mẫu")
    return routing.RoutingSlip(
        **common,
        received_at=at,
        due_at=at + timedelta(days=3),
        settled_by="Phòng chuyên môn, Ủy ban nhân dân phường Mẫu",
        rows=(
            routing.Handover(hands[0], hands[1], at, note="Tiếp nhận"),
            routing.Handover(hands[1], hands[2], at + timedelta(hours=2), "Đúng hạn", "Chuyển xử lý"),
        ),
    )


def register_page(at: datetime, *, place: str) -> register.Register:
    common = _common(at, place)
    line = register.Line(
        number="1",
        code=_CODE,
        procedure=_PROCEDURE[0],
        sets=1,
        applicant=_APPLICANT,
        address=common["address"],
        phone="0900 000 000",
        settled_by="Phòng chuyên môn",
        received_at=at,
        due_at=at + timedelta(days=3),
        returned_at=None,
        way="Trực tiếp",
        signed="",
        note="",
    )
    names = ("agency", "desk", "place", "system_name", "issued_at", "is_sample")
    kept = {name: common[name] for name in names}
    return register.Register(**kept, book="01", first=at.date(), last=at.date(), lines=(line,))


def _common(at: datetime, place: str) -> dict[str, Any]:
    return {
        "agency": "Ủy ban nhân dân phường Mẫu",
        "desk": "Bộ phận Tiếp nhận và Trả kết quả",
        "place": place,
        "code": _CODE,
        "applicant": _APPLICANT,
        "address": "Số 1, đường Mẫu, phường Mẫu",
        "procedure": _PROCEDURE[0],
        "procedure_code": _PROCEDURE[1],
        "tracking_url": _URL + _CODE,
        "system_name": "Hệ thống thông tin giải quyết thủ tục hành chính",
        "issued_at": at,
        "is_sample": True,
    }
