"""Promises of shorter terms, as an agency's administrator enters and ends them."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.services import PromiseWish
from motcua.kernel.errors import N_
from motcua.kernel.limits import TimeLimit, TimeUnit
from motcua.process import labels
from motcua.theme.day_fields import DayField
from motcua.theme.forms import FaceForm

_NUMBER = re.compile(r"[0-9]{1,3}(?:[.,][0-9])?")  # as people write it
_UNIT = {**labels.TIME_UNIT, TimeUnit.CLOCK_HOUR.value: N_("giờ")}


class MakePromise(FaceForm):
    """The number alone is asked for: the unit is that of the published term, and none is ever converted."""

    limit = forms.CharField(
        label=_("Thời hạn cam kết"),
        max_length=8,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    valid_from = DayField(label=_("Áp dụng cho hồ sơ tiếp nhận từ ngày"))
    decision = forms.CharField(
        label=_("Văn bản cam kết"),
        max_length=200,
        help_text=_("Số, ký hiệu và ngày của văn bản. Ví dụ: Thông báo số 12/TB-UBND ngày 20/11/2026."),
    )

    def __init__(self, *args: Any, code: str, unit: TimeUnit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.code, self.unit = code, unit
        words = {"unit": gettext(_UNIT[unit.value])}
        self.fields["limit"].help_text = gettext("Tính bằng %(unit)s, như thời hạn đã công bố.") % words

    def clean_limit(self) -> TimeLimit:
        typed = str(self.cleaned_data["limit"]).strip()
        value = Fraction(typed.replace(",", ".")) if _NUMBER.fullmatch(typed) else Fraction(0)
        if not value:
            raise forms.ValidationError(
                gettext("Hãy nhập một số lớn hơn 0, nhiều nhất một chữ số sau dấu phẩy. Ví dụ: 2 hoặc 0,5.")
            )
        try:
            return TimeLimit(value, self.unit)
        except ValueError:  # days and months by the calendar are whole
            raise forms.ValidationError(gettext("Hãy nhập một số nguyên. Ví dụ: 2.")) from None

    def wish(self) -> PromiseWish:
        """What the service takes."""
        data = self.cleaned_data
        return PromiseWish(self.code, data["limit"], data["decision"], data["valid_from"])


class EndPromise(FaceForm):
    last_day = DayField(
        label=_("Ngày cuối cùng áp dụng"),
        help_text=_("Hồ sơ tiếp nhận đến hết ngày này vẫn theo cam kết."),
    )
