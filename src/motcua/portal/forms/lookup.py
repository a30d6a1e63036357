"""Looking for dossiers without their codes, and adding one that was brought to a desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.theme.forms import FaceForm
from motcua.theme.own_account import CodeForm


class LookupForm(FaceForm):
    """Whose dossiers, and the mailbox that they carry. Browsers are asked to remember neither."""

    named = forms.CharField(
        label=_("Số định danh hoặc họ và tên chủ hồ sơ"),
        max_length=200,
        help_text=_("12 chữ số trên thẻ căn cước, hoặc họ và tên đầy đủ như đã ghi khi nộp."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    email = forms.CharField(
        label=_("Thư điện tử đã để lại khi nộp"),
        max_length=254,
        help_text=_("Mã xác nhận chỉ gửi tới địa chỉ này, khi hồ sơ có ghi nó."),
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "off", "spellcheck": "false"}),
    )


class SentPerhapsForm(CodeForm):
    """The code, where nobody may learn whether one was sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = _("6 chữ số, nếu bạn nhận được thư.")


class JoinForm(FaceForm):
    reference = forms.CharField(
        label=_("Mã hồ sơ"),
        max_length=60,
        help_text=_("In trên giấy tiếp nhận hồ sơ và hẹn trả kết quả."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
