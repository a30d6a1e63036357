"""Which register and for which days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.agencies import queries as agencies
from motcua.agencies.rules.cards import UnitCard
from motcua.theme.day_fields import DayField
from motcua.theme.forms import FaceForm


class RegisterPeriod(FaceForm):
    desk = forms.ChoiceField(label=_("Bộ phận"))
    first = DayField(label=_("Từ ngày"))
    last = DayField(label=_("Đến ngày"))

    def __init__(self, *args: Any, desks: Sequence[UnitCard], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choice_field("desk").choices = [(str(desk.id), agencies.name_of_unit(desk)) for desk in desks]
        self.initial = {
            "desk": str(desks[0].id) if desks else "",
            "first": today.replace(day=1),
            "last": today,
        }
