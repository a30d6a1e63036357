"""What officers put right in their own account beside what both faces ask."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.theme.own_account import ByPasswordForm


class ChangePhone(ByPasswordForm):
    phone = forms.CharField(
        label=_("Số điện thoại di động"),
        required=False,
        max_length=20,
        help_text=_("Đồng nghiệp thấy số này khi bạn là người hỗ trợ hệ thống. Để trống để xóa."),
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    field_order = ("phone", "password")
