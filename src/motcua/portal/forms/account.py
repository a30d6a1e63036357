"""What is asked for an account. The services check; the forms only carry and show."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.accounts import services
from motcua.accounts.errors import TERMS_NOT_ACCEPTED
from motcua.accounts.rules import entries, identifiers
from motcua.theme.day_fields import BirthField
from motcua.theme.forms import FaceForm
from motcua.theme.own_account import ByPasswordForm, CodeForm

_NEW_PASSWORD_HINT = _("Ít nhất 10 ký tự, không chỉ gồm chữ số, không giống thông tin cá nhân của bạn.")


class _Screen(FaceForm):
    """One screen of the registration: what it asks is judged before the next one is shown."""

    def faults(self, typed: dict[str, str]) -> dict[str, str]:
        """The sentence for each entry of this screen that cannot be taken."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        typed = {name: str(data[name]) for name in self.fields if name in data}
        self.take_sentences({name: text for name, text in self.faults(typed).items() if name in typed})
        return data


class WhoForm(_Screen):
    """Who you are."""

    full_name = forms.CharField(
        label=_("Họ và tên"),
        help_text=_("Viết đủ dấu, như trên thẻ căn cước."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "autocapitalize": "words"}),
    )
    personal_id = forms.CharField(
        label=_("Số định danh cá nhân"),
        help_text=_("12 chữ số in trên thẻ căn cước."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "spellcheck": "false"}),
    )

    def faults(self, typed: dict[str, str]) -> dict[str, str]:
        found = entries.check_name(typed.get("full_name", ""))
        if identifiers.personal_id(typed.get("personal_id", "")) is None:
            found["personal_id"] = entries.BAD_PERSONAL_ID
        return found


class ReachForm(_Screen):
    """How we reach you."""

    phone = forms.CharField(
        label=_("Số điện thoại di động"),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    email = forms.CharField(
        label=_("Thư điện tử"),
        help_text=_("Chúng tôi gửi mã xác nhận và thông báo về hồ sơ tới địa chỉ này."),
        widget=forms.TextInput(attrs={"type": "email", "spellcheck": "false", "autocomplete": "email"}),
    )

    def faults(self, typed: dict[str, str]) -> dict[str, str]:
        given = {"phone": "", "email": "", **typed}
        return entries.check_person(full_name="An", address="", **given)


class SecretForm(_Screen):
    """How you log in, and what you agree to. A password is judged with the terms, not after them."""

    password = forms.CharField(
        label=_("Mật khẩu"),
        help_text=_NEW_PASSWORD_HINT,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    accepts_terms = forms.BooleanField(
        label=_("Tôi đã đọc và đồng ý với điều khoản sử dụng"),
        error_messages={"required": _(TERMS_NOT_ACCEPTED)},
    )

    def faults(self, typed: dict[str, str]) -> dict[str, str]:
        person = {name: self.data.get(name, "") for name in ("full_name", "personal_id", "phone", "email")}
        fault = services.password_fault(password=typed.get("password", ""), **person)
        return {"password": fault} if fault else {}


class OwnDetailsForm(FaceForm):
    """What I may correct without further proof."""

    full_name = forms.CharField(
        label=_("Họ và tên"),
        help_text=_("Viết đủ dấu, như trên thẻ căn cước."),
        widget=forms.TextInput(attrs={"autocapitalize": "words"}),
    )
    date_of_birth = BirthField(label=_("Ngày sinh"), required=False)
    address = forms.CharField(label=_("Địa chỉ liên hệ"), required=False)


class ChangePhoneForm(ByPasswordForm):
    phone = forms.CharField(
        label=_("Số điện thoại di động mới"),
        help_text=_("Chúng tôi gửi mã xác nhận tới thư điện tử của bạn."),
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    field_order = ("phone", "password")


class ChangePasswordForm(FaceForm):
    current = forms.CharField(label=_("Mật khẩu hiện tại"), strip=False, widget=forms.PasswordInput())
    new = forms.CharField(
        label=_("Mật khẩu mới"), help_text=_NEW_PASSWORD_HINT, strip=False, widget=forms.PasswordInput()
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
        help_text=_(
            "Nếu nhiều người dùng chung số điện thoại, nên nhập số định danh cá nhân hoặc thư điện tử."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
    )


class ResetForm(CodeForm):
    new = forms.CharField(
        label=_("Mật khẩu mới"),
        help_text=_NEW_PASSWORD_HINT,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
