"""What kinds of clauses and the issues that bring open ones are called where people read."""

from __future__ import annotations

from django.utils.translation import gettext

from motcua.config.coverage.proof import Proof
from motcua.kernel.errors import N_
from motcua.law.labels import ISSUES

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


# What the mutation run knows of a shown clause.
PROOF = {
    Proof.PROVED: N_("Đã thử làm hỏng quy tắc: kiểm thử phát hiện"),
    Proof.EARLIER: N_(
        "Kiểm thử từng phát hiện khi quy tắc bị làm hỏng; sau đó mã nguồn hoặc kiểm thử đã đổi, hoặc chưa "
        "đối chứng, nên phải thử lại mới biết nay còn phát hiện không"
    ),
    Proof.NOT: N_("Đã thử làm hỏng quy tắc: chưa thấy kiểm thử của điều khoản này phát hiện"),
    None: N_("Nằm ngoài lần thử làm hỏng quy tắc"),
}


def proof_named(proof: Proof | None) -> str:
    return gettext(PROOF[proof])


def kind_named(kind: str) -> str:
    return gettext(KIND[kind])


def issue_named(issue: str) -> str:
    """Its name in words; one that nobody has named yet shows as it is called among its makers."""
    return gettext(ISSUES.get(issue, issue))
