"""The answer of the desk to an applicant."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.rules import thread
from motcua.theme.forms import FaceForm


class Answer(FaceForm):
    text = forms.CharField(
        label=_("Trả lời người nộp"),
        max_length=thread.LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Hãy viết câu trả lời.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="id_answer_%s", **kwargs)  # the note on the same page has a text too
