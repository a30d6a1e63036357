"""One decision on several dossiers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.desk.forms.choices import named
from motcua.desk.forms.verbs.base import REASON_LENGTH
from motcua.kernel.errors import N_
from motcua.theme.forms import FaceForm

WHAT = {
    "approve": N_("Phê duyệt theo đề xuất"),
    "send_back": N_("Trả lại để sửa"),
}


class DecideSeveral(FaceForm):
    what = forms.ChoiceField(
        label=_("Quyết định cho các hồ sơ đã chọn"), choices=named(WHAT), widget=forms.RadioSelect()
    )
    text = forms.CharField(
        label=_("Ý kiến, hoặc lý do trả lại"),
        help_text=_("Khi trả lại, ghi rõ cần sửa gì để người nhận làm được ngay. Ghi chung cho mọi hồ sơ."),
        required=False,
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("what") == "send_back" and not str(data.get("text", "")).strip():
            self.add_error("text", gettext("Hãy ghi lý do trả lại."))
        return data
