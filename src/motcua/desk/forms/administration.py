"""An account for an officer."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.theme.forms import FaceForm


class NewOfficer(FaceForm):
    full_name = forms.CharField(label=_("Họ và tên"), max_length=150)
    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=60,
        help_text=_("Chữ thường không dấu, chữ số, dấu chấm. Ví dụ: nguyen.thi.chi."),
    )
    email = forms.CharField(label=_("Thư điện tử công vụ"), required=False, max_length=254)
    phone = forms.CharField(label=_("Số điện thoại"), required=False, max_length=20)
    is_admin = forms.BooleanField(label=_("Là quản trị viên tài khoản"), required=False)


class FindOfficer(FaceForm):
    asked = forms.CharField(label=_("Tìm theo tên hoặc tên đăng nhập"), required=False, max_length=100)
