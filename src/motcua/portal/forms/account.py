"""What is asked for an account. The services check; the forms only carry and show."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.theme.forms import FaceForm

_NEW_PASSWORD_HINT = _("Ít nhất 10 ký tự, không chỉ gồm chữ số, không giống thông tin cá nhân của bạn.")


class RegisterForm(FaceForm):
    full_name = forms.CharField(label=_("Họ và tên"), help_text=_("Viết đủ dấu, như trên thẻ căn cước."))
    personal_id = forms.CharField(
        label=_("Số định danh cá nhân"),
        help_text=_("12 chữ số in trên thẻ căn cước."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "spellcheck": "false"}),
    )
    phone = forms.CharField(
        label=_("Số điện thoại di động"),
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    email = forms.CharField(
        label=_("Thư điện tử"),
        help_text=_("Chúng tôi gửi mã xác nhận và thông báo về hồ sơ tới địa chỉ này."),
        widget=forms.TextInput(attrs={"type": "email", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Mật khẩu"), help_text=_NEW_PASSWORD_HINT, strip=False, widget=forms.PasswordInput()
    )
    accepts_terms = forms.BooleanField(label=_("Tôi đã đọc và đồng ý với điều khoản sử dụng"), required=False)


class CodeForm(FaceForm):
    code = forms.CharField(
        label=_("Mã xác nhận"),
        help_text=_("6 chữ số trong thư vừa gửi."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class LoginForm(FaceForm):
    identifier = forms.CharField(
        label=_("Số định danh cá nhân, số điện thoại hoặc thư điện tử"),
        widget=forms.TextInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Mật khẩu"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class ForgottenForm(FaceForm):
    identifier = forms.CharField(
        label=_("Số định danh cá nhân, số điện thoại hoặc thư điện tử"),
        widget=forms.TextInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
    )


class ResetForm(CodeForm):
    new = forms.CharField(
        label=_("Mật khẩu mới"),
        help_text=_NEW_PASSWORD_HINT,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
