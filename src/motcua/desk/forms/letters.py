"""One kind of letter to applicants in the province's own words."""

from __future__ import annotations

import json
from dataclasses import asdict
from hashlib import sha256

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.notify.queries import LetterText
from motcua.theme.forms import FaceForm


class RewordLetter(FaceForm):
    """`looked_at` names the text that was previewed: only that one may be written."""

    seen = forms.IntegerField(widget=forms.HiddenInput(), min_value=0)
    looked_at = forms.CharField(widget=forms.HiddenInput(), max_length=64, required=False)
    subject = forms.CharField(label=_("Tiêu đề"), max_length=150)
    body = forms.CharField(label=_("Nội dung"), max_length=4500, widget=forms.Textarea(attrs={"rows": 16}))
    subject_english = forms.CharField(label=_("Tiêu đề bằng tiếng Anh"), max_length=150, required=False)
    body_english = forms.CharField(
        label=_("Nội dung bằng tiếng Anh"),
        max_length=4500,
        required=False,
        help_text=_("Để trống cả tiêu đề và nội dung thì người đọc tiếng Anh nhận thư mẫu của hệ thống."),
        widget=forms.Textarea(attrs={"rows": 16}),
    )
    why = forms.CharField(
        label=_("Vì sao thay đổi"),
        max_length=500,
        help_text=_("Ghi số văn bản nếu có. Dòng này ở lại trong lịch sử."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def text(self) -> LetterText:
        data = self.cleaned_data
        names = ("subject", "body", "subject_english", "body_english")
        return LetterText(**{name: data[name] for name in names})


class TakeOurLetter(FaceForm):
    """Going back to our own letter."""

    seen = forms.IntegerField(widget=forms.HiddenInput(), min_value=0)
    why = RewordLetter.base_fields["why"]


def fingerprint(text: LetterText) -> str:
    """Names one text, so that what is written is what was looked at."""
    return sha256(json.dumps(asdict(text)).encode()).hexdigest()
