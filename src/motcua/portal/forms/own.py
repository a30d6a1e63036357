"""Forms about a dossier of one's own."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.dossiers.rules import thread
from motcua.theme.forms import FaceForm, LongText


class MessageForm(FaceForm):
    text = LongText(
        label=_("Tin nhắn của bạn"),
        max_length=thread.LONGEST,
        rows=5,
        help_text=_("Không gửi mật khẩu hay mã xác nhận."),
    )


class WithdrawForm(FaceForm):
    reason = LongText(label=_("Lý do rút hồ sơ"), max_length=1000)

    def __init__(self, data: Any = None, *, is_draft: bool) -> None:
        super().__init__(data)
        if is_draft:  # nobody else has it yet: whoever throws it away owes no reason
            del self.fields["reason"]
