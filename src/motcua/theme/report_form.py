"""The form by which whoever finds something wrong reports it: the same at the portal and at the desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.incidents.enums import ReportKind
from motcua.incidents.labels import REPORT_KIND
from motcua.incidents.rules.reports import CONTACT, PAGE, WHAT
from motcua.theme.forms import FaceForm, LongText


class ReportForm(FaceForm):
    kind = forms.ChoiceField(label=_("Bạn báo việc gì"), widget=forms.RadioSelect())
    what = LongText(
        label=_("Điều bạn gặp"),
        max_length=WHAT,
        rows=5,
        help_text=_("Ví dụ: không mở được trang nộp hồ sơ từ 9 giờ sáng. Đừng ghi mật khẩu."),
    )
    page = forms.CharField(label=_("Trang hoặc việc đang làm"), max_length=PAGE, required=False)
    contact = forms.CharField(
        label=_("Số điện thoại hoặc thư điện tử để hỏi thêm"), max_length=CONTACT, required=False
    )

    def __init__(self, *args: Any, kinds: Sequence[ReportKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choice_field("kind").choices = [(each.value, gettext(REPORT_KIND[each])) for each in kinds]
        self.initial.setdefault("kind", kinds[0].value)

    def said(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        return self.cleaned_data | {"kind": ReportKind(self.cleaned_data["kind"])}
