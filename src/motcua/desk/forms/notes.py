"""A note inside the office."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.services.beside import NOTE_LENGTH
from motcua.theme.forms import FaceForm


class WriteNote(FaceForm):
    text = forms.CharField(
        label=_("Ghi chú mới"),
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Hãy viết ghi chú.")},
    )
