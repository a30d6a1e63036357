"""The clock: pauses and a new date."""

from __future__ import annotations

from motcua.kernel.errors import N_, Refusal, Technical


class PauseNotAllowed(Refusal):
    """The regulation binds to the announced time without an exception: this ground is ours."""

    code = "dossiers.pause_not_allowed"
    message = N_("Quy chế áp dụng cho hồ sơ này không cho tạm dừng tính thời hạn vì lý do đã chọn.")


class NoTerm(Refusal):
    code = "dossiers.no_term"
    message = N_("Thủ tục này không có thời hạn giải quyết nên không có ngày hẹn để lùi.")


class AlreadyExtended(Refusal):
    """A new date is set at most as often as the regulation lets."""

    code = "dossiers.already_extended"
    message = N_("Hồ sơ này đã được xin lỗi và hẹn lại ngày trả kết quả; không hẹn lại thêm lần nữa.")


class BadNewDate(Refusal):
    code = "dossiers.bad_new_date"
    message = N_("Ngày hẹn lại phải là ngày làm việc, sau hôm nay và sau ngày đã hẹn.")


class NewDateTooFar(Technical):
    """A mistyped year would hide for decades that the dossier is late. The bound is ours."""

    code = "dossiers.new_date_too_far"
    message = N_(
        "Ngày hẹn lại quá xa: muộn nhất là %(last)s. Hãy kiểm tra năm vừa nhập. Giới hạn này do hệ thống "
        "đặt, quy chế không quy định."
    )
