"""A field for a moment as people write it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.worktime.rules import ZONE

_FORMATS = ["%H:%M %d/%m/%Y", "%d/%m/%Y %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]


class Moment(forms.DateTimeField):
    """A moment as people write it, `08:30 24/03/2022`, in Vietnamese time."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Giờ và ngày, ví dụ 08:30 24/03/2022."))
        widget = forms.TextInput(attrs={"autocomplete": "off"})
        super().__init__(input_formats=_FORMATS, widget=widget, **kwargs)
        self.error_messages["invalid"] = _("Hãy nhập giờ và ngày, ví dụ 08:30 24/03/2022.")

    def to_python(self, value: Any) -> datetime | None:
        at = super().to_python(value)
        return at.replace(tzinfo=ZONE) if at is not None else None
