"""The form of a template of a reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.desk.forms.choices import named
from motcua.dossiers import labels
from motcua.dossiers.enums import Verb
from motcua.dossiers.rules.reasons import VERBS
from motcua.theme.forms import FaceForm


class ReasonForm(FaceForm):
    """For a new template; with `verb` for one that is there, whose verb stays."""

    verb = forms.ChoiceField(
        label=_("Dùng cho việc"), choices=named({verb: labels.VERB[verb] for verb in VERBS})
    )
    title = forms.CharField(
        label=_("Tên mẫu"),
        max_length=80,
        help_text=_("Ngắn, để chọn nhanh. Ví dụ: Thiếu chữ ký trên tờ khai."),
    )
    text = forms.CharField(
        label=_("Nội dung"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Chỗ cán bộ phải điền thêm thì ghi […]. Chưa điền hết, hệ thống nhắc và chưa gửi."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput(), min_value=0, max_value=10**9)

    def __init__(self, *args: Any, verb: Verb | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if verb is None:
            del self.fields["version"]
        else:
            del self.fields["verb"]
            self.fields["version"].required = True
