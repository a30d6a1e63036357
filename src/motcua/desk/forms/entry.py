"""Log in, the change of a password, and the way back in when it is forgotten."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.theme.forms import FaceForm
from motcua.theme.own_account import CodeForm


class LogIn(FaceForm):
    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=60,
    )
    password = forms.CharField(
        label=_("Mật khẩu"),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(),
    )


class Forgotten(FaceForm):
    username = forms.CharField(label=_("Tên đăng nhập"), max_length=60)


class _NewPassword(FaceForm):
    """Typed twice: nobody sees it."""

    new = forms.CharField(
        label=_("Mật khẩu mới"),
        strip=False,
        help_text=_("Ít nhất 10 ký tự, không chỉ gồm chữ số, không giống tên của bạn."),
        widget=forms.PasswordInput(),
    )
    again = forms.CharField(
        label=_("Nhập lại mật khẩu mới"),
        error_messages={"required": _("Hãy nhập mật khẩu mới lần thứ hai.")},
        strip=False,
        widget=forms.PasswordInput(),
    )

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if data.get("new") and data.get("again") and data["new"] != data["again"]:
            self.add_error("again", _("Hai lần nhập mật khẩu mới chưa giống nhau."))
        return data


class ChangePassword(_NewPassword):
    current = forms.CharField(
        label=_("Mật khẩu hiện tại"),
        strip=False,
        widget=forms.PasswordInput(),
    )
    field_order = ("current", "new", "again")


class Reset(_NewPassword, CodeForm):
    field_order = ("code", "new", "again")
