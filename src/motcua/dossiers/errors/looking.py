"""Lists, registers and slips that cannot be shown so."""

from __future__ import annotations

from motcua.kernel.errors import N_, Technical


class TooManyLines(Technical):
    """A register is printed in one request only as far as a request can bear."""

    code = "dossiers.too_many_lines"
    message = N_("Khoảng thời gian này có nhiều hơn %(limit)s hồ sơ. Hãy chọn khoảng ngắn hơn.")


class PeriodNotUsable(Technical):
    """A register is kept by the year."""

    code = "dossiers.period_not_usable"
    message = N_("Cần chọn từ ngày đến ngày trong cùng một năm.")


class NameTaken(Technical):
    """A comfort of the desk: two filters of one name could not be told apart."""

    code = "dossiers.kept_list_name_taken"
    message = N_("Bạn đã có bộ lọc mang tên này.")


class TooManyKept(Technical):
    """A comfort of the desk, kept within what a page can show."""

    code = "dossiers.too_many_kept_lists"
    message = N_("Mỗi người giữ được nhiều nhất %(most)s bộ lọc. Hãy bỏ bớt bộ lọc không còn dùng.")


class NoSlipYet(Technical):
    """Something was to be looked at before it is issued, and nothing would be issued."""

    code = "dossiers.no_slip_yet"
    message = N_(
        "Việc này không phát hành phiếu ngay nên chưa có gì để xem trước. Yêu cầu bổ sung phải được đồng ý "
        "trước khi gửi; giấy tiếp nhận có thể không cần khi thủ tục trả kết quả trong ngày."
    )
