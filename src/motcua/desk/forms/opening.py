"""The form by which an administrator sets when an agency is open."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.agencies.services import HoursWish
from motcua.kernel.dates import read_clock
from motcua.theme.day_fields import DayField
from motcua.theme.forms import FaceForm
from motcua.worktime.rules import Hours, hours

WEEKDAYS = (
    ("monday", _("Thứ Hai")),
    ("tuesday", _("Thứ Ba")),
    ("wednesday", _("Thứ Tư")),
    ("thursday", _("Thứ Năm")),
    ("friday", _("Thứ Sáu")),
    ("saturday", _("Thứ Bảy")),
    ("sunday", _("Chủ nhật")),
)


class HoursField(forms.CharField):
    """The opening hours of one weekday on a line, as `07:30–11:30; 13:30–17:30`; empty where it is closed."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"class": "govuk-input--width-20", "autocomplete": "off"}
        super().__init__(required=False, max_length=80, widget=forms.TextInput(attrs), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return in_words(value) if isinstance(value, tuple) else value

    def clean(self, value: Any) -> Hours:
        typed = str(super().clean(value) or "")
        ranges = [part for part in re.split(r"[;,]", typed) if part.strip()]
        read = [_range(part) for part in ranges]
        if None in read:
            raise forms.ValidationError(
                gettext("Hãy ghi mở cửa từ giờ nào đến giờ nào, ví dụ 07:30–11:30; 13:30–17:30.")
            )
        try:
            return hours([each for each in read if each])
        except ValueError:
            raise forms.ValidationError(
                gettext("Giờ sau phải muộn hơn giờ trước, và hai khoảng không được liền hay chồng lên nhau.")
            ) from None


class OpeningHours(FaceForm):
    first_day = DayField(label=_("Áp dụng từ ngày"), help_text=_("Sớm nhất từ ngày mai."))
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = (
        HoursField(label=label) for _name, label in WEEKDAYS
    )
    source = forms.CharField(
        label=_("Văn bản quyết định"),
        max_length=200,
        help_text=_("Số, ký hiệu và ngày. Ví dụ: Thông báo số 45/TB-UBND ngày 20/11/2026."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not any(data.get(name) for name, _label in WEEKDAYS):
            self.add_error("monday", gettext("Hãy ghi giờ làm việc của ít nhất một ngày trong tuần."))
        return data

    def weekdays(self) -> list[Any]:
        return [self[name] for name, _label in WEEKDAYS]

    def wish(self, agency_id: int) -> HoursWish:
        data = self.cleaned_data
        days = tuple(data[name] for name, _label in WEEKDAYS)
        return HoursWish(agency_id, data["first_day"], days, data["source"])


def in_words(ranges: Hours) -> str:
    return "; ".join(str(each).replace("-", "–") for each in ranges)


def _range(typed: str) -> str | None:
    ends = [read_clock(part) for part in re.split(r"[-–—]|đến", typed)]
    if len(ends) != 2 or ends[0] is None or ends[1] is None:
        return None
    return f"{ends[0]:%H:%M}-{ends[1]:%H:%M}"
