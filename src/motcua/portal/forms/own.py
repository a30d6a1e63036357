"""Forms about a dossier of one's own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.rules import thread
from motcua.theme.forms import FaceForm


class MessageForm(FaceForm):
    text = forms.CharField(
        label=_("Tin nhắn của bạn"),
        max_length=thread.LONGEST,
        help_text=_("Nhiều nhất 2.000 ký tự. Không gửi mật khẩu hay mã xác nhận."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class WithdrawForm(FaceForm):
    reason = forms.CharField(
        label=_("Lý do rút hồ sơ"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, data: Any = None, *, is_draft: bool) -> None:
        super().__init__(data)
        if is_draft:  # nobody else has it yet: whoever throws it away owes no reason
            del self.fields["reason"]
