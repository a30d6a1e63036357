"""The form of a notice to everybody."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.notify.enums import NoticeKind
from motcua.theme.day_fields import MomentField
from motcua.theme.forms import FaceForm


class GiveNotice(FaceForm):
    """In Vietnamese, and in English if it is given in English; shown at once if no beginning is named."""

    kind = forms.ChoiceField(
        label=_("Loại thông báo"),
        choices=NoticeKind.choices,
        widget=forms.RadioSelect(),
        initial=NoticeKind.STOP.value,
        help_text=_("Tạm ngừng phục vụ đứng trên cùng và nổi bật."),
    )
    title = forms.CharField(
        label=_("Tiêu đề"), max_length=200, help_text=_("Ví dụ: Cổng tạm ngừng tối thứ Bảy để nâng cấp.")
    )
    body = forms.CharField(
        label=_("Nội dung"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Ghi rõ từ lúc nào đến lúc nào, việc gì không làm được, và người dân nên làm gì."),
    )
    shown_from = MomentField(label=_("Hiện từ lúc"), required=False, help_text=_("Bỏ trống để hiện ngay."))
    shown_to = MomentField(label=_("Hiện đến lúc"))
    title_english = forms.CharField(label=_("Tiêu đề tiếng Anh"), required=False, max_length=200)
    body_english = forms.CharField(
        label=_("Nội dung tiếng Anh"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def given(self, now: datetime) -> dict[str, Any]:
        """What the service takes."""
        data = self.cleaned_data
        return data | {"kind": NoticeKind(data["kind"]), "shown_from": data["shown_from"] or now}
