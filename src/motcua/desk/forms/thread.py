"""The answer of the desk to an applicant."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.rules import thread
from motcua.theme.forms import FaceForm


class Answer(FaceForm):
    text = forms.CharField(
        label=_("Trả lời người nộp"), max_length=thread.LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )
