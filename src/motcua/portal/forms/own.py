"""Forms about a dossier of one's own."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.theme.forms import FaceForm


class WithdrawForm(FaceForm):
    reason = forms.CharField(
        label=_("Lý do rút hồ sơ"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )
