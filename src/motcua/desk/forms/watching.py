"""The form with which an agency is urged."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.theme.forms import FaceForm


class Urge(FaceForm):
    text = forms.CharField(
        label=_("Nội dung đôn đốc"),
        help_text=_("Nêu rõ việc cần làm và đến khi nào. Không ghi thông tin cá nhân của người nộp."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
