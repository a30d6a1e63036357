"""Every way in which declaring or ending an incident can be refused."""

from __future__ import annotations

from motcua.accounts.errors import FieldErrors
from motcua.kernel.errors import N_, Refusal, Technical


class WhatHappened(Refusal):
    code = "incidents.what_happened"
    message = N_("Cần ghi rõ sự cố gì và đã làm gì để khắc phục.")


class NotYet(Refusal):
    """An incident begins and ends before it is written down, and ends after it began."""

    code = "incidents.not_yet"
    message = N_("Thời điểm xảy ra và khắc phục sự cố phải theo thứ tự và không ở tương lai.")


class TooLongAgo(Technical):
    """What nobody declared soon after it was over opens no door into the past. The limit is ours: no text
    gives one, so no clause stands beside it (ADR 0014)."""

    code = "incidents.too_long_ago"
    message = N_(
        "Sự cố phải được khai báo trong vòng %(hours)s giờ kể từ khi hệ thống hoạt động trở lại, không kể "
        "ngày nghỉ. Thời hạn này do hệ thống đặt, quy chế không quy định."
    )


class EndsBeforeEntry(Technical):
    """Its paper log holds what was done at that `moment`, and would lie outside of every outage. Ours: no
    text speaks of it (ADR 0014)."""

    code = "incidents.ends_before_entry"
    message = N_(
        "Từ sổ giấy của sự cố này đã nhập việc làm lúc %(moment)s: hệ thống không thể hoạt động trở lại "
        "trước lúc đó."
    )


class EvidenceRequired(Technical):
    """What began long ago is declared on something that shows it. Ours: no text asks for it (ADR 0014)."""

    code = "incidents.evidence_required"
    message = N_(
        "Sự cố bắt đầu đã quá %(hours)s giờ, không kể ngày nghỉ: cần ghi căn cứ cho thấy hệ thống ngừng từ "
        "lúc đó. Yêu cầu này do hệ thống đặt, quy chế không quy định."
    )


class ForLeaders(Technical):
    """What began long ago is declared by who answers for the agency or the system. Ours: no text says who
    (ADR 0014)."""

    code = "incidents.for_leaders"
    message = N_(
        "Sự cố bắt đầu đã quá %(hours)s giờ, không kể ngày nghỉ, do lãnh đạo hoặc quản trị của cơ quan, hoặc "
        "nơi vận hành hệ thống khai báo. Yêu cầu này do hệ thống đặt, quy chế không quy định."
    )


class BadScope(Refusal):
    code = "incidents.bad_scope"
    message = N_("Cần chọn đúng phạm vi của sự cố.")


class AlreadyDeclared(Refusal):
    """The same place has an incident that has not ended: one clock is enough."""

    code = "incidents.already_declared"
    message = N_("Phạm vi này đang có một sự cố chưa kết thúc.")


class AlreadyEnded(Refusal):
    code = "incidents.already_ended"
    message = N_("Sự cố này đã được ghi nhận là đã khắc phục.")


class BadReport(FieldErrors):
    """A report that says nothing, or more than it may; the fields say which."""

    code = "incidents.bad_report"


class TooManyReports(Technical):
    """So many reports came from one place within the hour. The limit is ours."""

    code = "incidents.too_many_reports"
    message = N_(
        "Vừa có nhiều lượt báo từ mạng bạn đang dùng, nên lượt này chưa được gửi. Hãy gọi đường dây nóng "
        "hoặc thử lại sau một giờ."
    )


class ReportNotOffered(Technical):
    """The regulation in force does not speak of such reports."""

    code = "incidents.report_not_offered"
    message = N_("Quy chế đang áp dụng ở tỉnh không quy định việc báo loại này tại đây.")


class BadGround(Refusal):
    """An outage is declared on a report of one, and as long as it may be declared."""

    code = "incidents.bad_ground"
    message = N_("Lượt báo được chọn không còn dùng làm căn cứ được. Hãy chọn lại.")
