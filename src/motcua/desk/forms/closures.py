"""The form by which a head of desk says when the agency is closed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.agencies.services import ClosureWish
from motcua.theme.day_fields import ClockField, DayField
from motcua.theme.forms import FaceForm
from motcua.worktime.rules import ZONE

_FIRST, _LAST = date(2000, 1, 1), date(2100, 1, 1)  # beyond: nobody's closure, and no arithmetic on days


class AnnounceClosure(FaceForm):
    """Whole days, or a part of one day. `seen` is what the preview was drawn with."""

    first_day = DayField(label=_("Nghỉ từ ngày"), help_text=_("Nghỉ hôm nay thì tính từ lúc thông báo."))
    last_day = DayField(
        label=_("Đến hết ngày"), required=False, help_text=_("Bỏ trống nếu chỉ nghỉ một ngày.")
    )
    from_hour = ClockField(
        label=_("Từ giờ"), required=False, help_text=_("Ví dụ: 13:30. Bỏ trống nếu nghỉ cả ngày.")
    )
    to_hour = ClockField(label=_("Đến giờ"), required=False, help_text=_("Ví dụ: 17:30."))
    reason = forms.CharField(
        label=_("Lý do"),
        max_length=200,
        help_text=_("Người dân sẽ đọc được. Ví dụ: tránh bão số 12; chuyển trụ sở."),
    )
    source = forms.CharField(
        label=_("Văn bản quyết định"),
        max_length=200,
        help_text=_(
            "Số, ký hiệu và ngày của văn bản cho nghỉ. Ví dụ: Thông báo số 45/TB-UBND ngày 20/11/2026."
        ),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("first_day"), data.get("last_day")
        for name, day in (("first_day", first), ("last_day", last)):
            if day is not None and not _FIRST <= day <= _LAST:
                self.add_error(name, gettext("Hãy nhập một ngày trong thời gian sắp tới."))
        if first and last and last < first:
            self.add_error("last_day", gettext("Ngày kết thúc không được trước ngày bắt đầu."))
        self._clean_hours(data, first, last)
        return data

    def _clean_hours(self, data: dict[str, Any], first: date | None, last: date | None) -> None:
        opens, closes = data.get("from_hour"), data.get("to_hour")
        if {"from_hour", "to_hour"} & self.errors.keys():
            return
        if (opens is None) != (closes is None):
            name = "from_hour" if opens is None else "to_hour"
            self.add_error(name, gettext("Hãy nhập cả giờ bắt đầu và giờ kết thúc, hoặc bỏ trống cả hai."))
        elif opens is not None and closes is not None:
            if closes <= opens:
                self.add_error("to_hour", gettext("Giờ kết thúc phải sau giờ bắt đầu."))
            if last is not None and last != first:
                self.add_error("last_day", gettext("Nghỉ theo giờ chỉ ghi được cho từng ngày một."))

    def wish(self, agency_id: int) -> ClosureWish:
        """What the service takes: whole days run from midnight to midnight."""
        data = self.cleaned_data
        first, last = data["first_day"], data["last_day"] or data["first_day"]
        if data["from_hour"] is None:
            starts, ends = _at(first, time()), _at(last + timedelta(days=1), time())
        else:
            starts, ends = _at(first, data["from_hour"]), _at(first, data["to_hour"])
        return ClosureWish(agency_id, starts, ends, data["reason"], data["source"])


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour.replace(second=0, microsecond=0), ZONE)
