"""What kinds of clauses and the issues that bring open ones are called where people read."""

from __future__ import annotations

from django.utils.translation import gettext

from motcua.kernel.errors import N_

KIND = {
    "data": N_("Dữ liệu"),
    "rule": N_("Quy tắc"),
    "role": N_("Vai trò"),
    "function": N_("Chức năng"),
    "operation": N_("Vận hành"),
    "security": N_("An toàn thông tin"),
    "deadline": N_("Thời hạn"),
    "organisational": N_("Tổ chức"),
    "report": N_("Báo cáo"),
}
ISSUE = {
    "Connections to other systems": N_("Kết nối với hệ thống khác"),
    "Documents with legal force": N_("Giấy tờ có giá trị pháp lý"),
    "Faces that people love": N_("Giao diện dễ dùng"),
    "Feedback": N_("Phản ánh, kiến nghị, đánh giá"),
    "Five regulations, clause by clause": N_("Năm quy chế, từng điều khoản"),
    "Identity": N_("Định danh và đăng nhập"),
    "Operation": N_("Vận hành và an toàn"),
    "Payments and messages": N_("Thanh toán và tin nhắn"),
    "Statistics and reports": N_("Thống kê và báo cáo"),
}


def kind_named(kind: str) -> str:
    return gettext(KIND[kind])


def issue_named(issue: str) -> str:
    """Its name in words; one that nobody has named yet shows as it is called among its makers."""
    return gettext(ISSUE.get(issue, issue))
