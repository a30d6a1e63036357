"""Which register and for which days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.agencies.rules.cards import UnitCard
from motcua.theme.forms import FaceForm

_DAY = {"placeholder": "", "inputmode": "numeric", "autocomplete": "off"}
_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d"]


class RegisterPeriod(FaceForm):
    desk = forms.ChoiceField(label=_("Bộ phận"))
    first = forms.DateField(
        label=_("Từ ngày"),
        input_formats=_FORMATS,
        widget=forms.TextInput(attrs=_DAY),
        help_text=_("Ví dụ 01/03/2024."),
    )
    last = forms.DateField(label=_("Đến ngày"), input_formats=_FORMATS, widget=forms.TextInput(attrs=_DAY))

    def __init__(self, *args: Any, desks: Sequence[UnitCard], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choice_field("desk").choices = [(str(desk.id), desk.name) for desk in desks]
        self.initial = {
            "desk": str(desks[0].id) if desks else "",
            "first": f"{today.replace(day=1):%d/%m/%Y}",
            "last": f"{today:%d/%m/%Y}",
        }
        for name in ("first", "last"):
            self.fields[name].error_messages["invalid"] = _("Hãy nhập ngày theo dạng ngày/tháng/năm.")
