"""Forms about acting for somebody else: a mandate, an organisation, its people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.accounts.rules import acting
from motcua.accounts.rules.acting import MemberRole, NumberKind
from motcua.portal.procedure_choice import ProcedureChoice
from motcua.theme.day_fields import DayField
from motcua.theme.forms import FaceForm
from motcua.theme.one_paper import SeveralFiles

ALL, SOME = "all", "some"
ROLES = {
    MemberRole.OWNER: _("Người đại diện theo pháp luật: nộp hồ sơ, mời người, phân vai trò"),
    MemberRole.FILER: _("Nộp hồ sơ: soạn, gửi, bổ sung, rút hồ sơ của tổ chức"),
    MemberRole.VIEWER: _("Chỉ xem: đọc hồ sơ đã nộp và kết quả"),
}
ROLE_NAMES = {
    MemberRole.OWNER: _("Người đại diện theo pháp luật"),
    MemberRole.FILER: _("Nộp hồ sơ"),
    MemberRole.VIEWER: _("Chỉ xem"),
}
NUMBER_KINDS = {
    NumberKind.TAX_CODE: _("Mã số thuế hoặc mã số doanh nghiệp"),
    NumberKind.ESTABLISHMENT: _("Số quyết định thành lập"),
}


def _number_field() -> forms.CharField:
    return forms.CharField(
        label=_("Số định danh cá nhân của người đó"),
        help_text=_("12 chữ số in trên thẻ căn cước."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "spellcheck": "false", "autocomplete": "off"}),
    )


class MandateForm(FaceForm):
    name = forms.CharField(
        label=_("Họ và tên người được ủy quyền"),
        help_text=_("Viết đủ dấu, như trên thẻ căn cước."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
    )
    number = _number_field()
    scope = forms.ChoiceField(
        label=_("Người đó được làm thay bạn những thủ tục nào?"),
        choices=[(SOME, _("Chỉ những thủ tục tôi chọn dưới đây")), (ALL, _("Mọi thủ tục"))],
        widget=forms.RadioSelect(),
    )
    procedures = forms.MultipleChoiceField(label=_("Thủ tục được làm thay"), required=False)
    since = DayField(label=_("Từ ngày"))
    until = DayField(label=_("Đến hết ngày"))
    paper = SeveralFiles(label=_("Giấy ủy quyền"), required=False)
    password = forms.CharField(
        label=_("Mật khẩu của bạn"),
        help_text=_("Để chắc rằng chính bạn đang ủy quyền."),
        strip=False,
        widget=forms.PasswordInput(),
    )

    def __init__(self, *args: Any, choice: ProcedureChoice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.choice_field("procedures")
        field.choices = [(card.code, card.title) for card in choice.chosen]
        field.error_messages["invalid_choice"] = gettext(
            "Một thủ tục đã chọn không còn hiệu lực nên đã được bỏ ra. Hãy xem lại rồi gửi lần nữa."
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        data["codes"] = tuple(data.get("procedures") or ()) if data.get("scope") == SOME else ()
        if data.get("scope") == SOME and not data["codes"] and "procedures" not in self.errors:
            self.add_error("procedures", gettext(acting.NO_PROCEDURE))
        return data


class OrganisationContactsForm(FaceForm):
    """How an organisation is reached."""

    address = forms.CharField(label=_("Địa chỉ trụ sở"))
    phone = forms.CharField(
        label=_("Số điện thoại liên hệ"),
        help_text=_("Di động hoặc máy bàn có mã vùng."),
        required=False,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    email = forms.CharField(
        label=_("Thư điện tử của tổ chức"),
        help_text=_("Thông báo về hồ sơ cũng được gửi tới đây, sau khi hộp thư được xác nhận bằng mã."),
        required=False,
        widget=forms.TextInput(attrs={"type": "email", "spellcheck": "false"}),
    )


class OrganisationForm(OrganisationContactsForm):
    field_order = ("name", "number_kind", "number")

    name = forms.CharField(
        label=_("Tên tổ chức"),
        help_text=_("Viết đầy đủ, như trên giấy đăng ký hoặc quyết định thành lập."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    number_kind = forms.ChoiceField(
        label=_("Tổ chức được nhận biết bằng số nào?"),
        choices=[(kind.value, label) for kind, label in NUMBER_KINDS.items()],
        widget=forms.RadioSelect(),
    )
    number = forms.CharField(
        label=_("Mã số của tổ chức"),
        help_text=_("Ví dụ: 6001234567; chi nhánh: 6001234567-001."),
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
    )
    represents = forms.BooleanField(
        label=_("Tôi là người đại diện theo pháp luật của tổ chức này"),
        error_messages={
            "required": _("Chỉ người đại diện theo pháp luật mới khai báo tổ chức. Người khác cần được mời.")
        },
    )


class InviteForm(FaceForm):
    name = forms.CharField(
        label=_("Họ và tên người được mời"),
        help_text=_("Viết đủ dấu, như trên thẻ căn cước."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
    )
    number = _number_field()
    role = forms.ChoiceField(
        label=_("Người đó được làm gì?"),
        choices=[(role.value, label) for role, label in ROLES.items()],
        widget=forms.RadioSelect(),
    )


class RoleForm(FaceForm):
    role = forms.ChoiceField(
        label=_("Vai trò"),
        choices=[(role.value, label) for role, label in ROLES.items()],
        widget=forms.RadioSelect(),
    )
