"""The province's own words in letters and slips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from motcua.notify.queries import Words
from motcua.theme.forms import FaceForm

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def _line(label: str | _StrPromise, length: int, hint: str | _StrPromise = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=length, required=False, help_text=hint)


class WriteWords(FaceForm):
    seen = forms.IntegerField(widget=forms.HiddenInput(), min_value=0)
    header = _line(
        _("Dòng đầu thư"), 200, _("Ví dụ: tên cơ quan quản lý hệ thống. Để trống thì thư không có dòng này.")
    )
    closing = _line(_("Câu cuối thư"), 500, _("Ví dụ: lời nhắc không trả lời vào hộp thư tự động."))
    header_english = _line(_("Dòng đầu thư bằng tiếng Anh"), 200)
    closing_english = _line(
        _("Câu cuối thư bằng tiếng Anh"), 500, _("Để trống thì người đọc tiếng Anh thấy câu tiếng Việt.")
    )
    hotline = forms.CharField(
        label=_("Số điện thoại hỗ trợ ghi trên thư và phiếu"),
        max_length=40,
        required=False,
        help_text=_("Để trống thì dùng số của hệ thống, là số hiện trên các trang."),
        validators=[
            RegexValidator(r"^[0-9 ().+\-]{3,40}$", _("Số điện thoại gồm chữ số, ví dụ 0262 3 811 022."))
        ],
    )
    why = forms.CharField(
        label=_("Vì sao thay đổi"),
        max_length=500,
        help_text=_("Ghi số văn bản nếu có. Dòng này ở lại trong lịch sử."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def words(self) -> Words:
        data = self.cleaned_data
        names = ("header", "closing", "header_english", "closing_english", "hotline")
        return Words(**{name: " ".join(data[name].split()) for name in names})
