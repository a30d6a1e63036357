"""Words of the documents app."""

from __future__ import annotations

from enum import StrEnum


class SlipKind(StrEnum):
    """The slips of the one-stop desk, by meaning; the numbers they bear belong to the template set."""

    INTAKE_RECEIPT = "intake_receipt"  # giấy tiếp nhận hồ sơ và hẹn trả kết quả (Mẫu 01)
    SUPPLEMENT_REQUEST = "supplement_request"  # phiếu yêu cầu bổ sung, hoàn thiện hồ sơ (Mẫu 02)
    DECLINE = "decline"  # phiếu từ chối tiếp nhận giải quyết hồ sơ (Mẫu 03)
    APOLOGY = "apology"  # phiếu xin lỗi và hẹn lại ngày trả kết quả (Mẫu 04)
    STOP_NOTICE = "stop_notice"  # thông báo dừng giải quyết hồ sơ (Mẫu 05 of 2025; none before)


class Origin(StrEnum):
    UPLOADED = "uploaded"  # somebody sent it
    PRODUCED = "produced"  # the house made it
