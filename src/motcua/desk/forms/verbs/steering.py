"""Verbs of heads and leaders: who does it, until when, whether the clock runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.desk.absent import takers
from motcua.desk.forms.verbs.base import VerbForm, reason_field
from motcua.dossiers import queries, services
from motcua.dossiers.errors import BadNewDate, NewDateTooFar
from motcua.dossiers.rules.decide.lateness import last_new_day
from motcua.dossiers.rules.publishing import public_where_masked
from motcua.dossiers.services import Act, reading
from motcua.theme import wording
from motcua.theme.day_fields import DayField
from motcua.theme.refusals import sentence
from motcua.worktime.rules import local

if TYPE_CHECKING:
    from django.http import QueryDict

    from motcua.kernel.errors import Refusal

WHOLE_CASE = "ca-ho-so"


class Pause(VerbForm):
    reason = reason_field(
        _("Nghĩa vụ phải hoàn thành"),
        _("Người nộp sẽ đọc đoạn này. Ghi khoản phải nộp, số tiền, theo thông báo nào, nộp ở đâu."),
    )

    def send(self) -> Act:
        return services.pause(**self.common, reason=self.cleaned_data["reason"])


class Resume(VerbForm):
    note = reason_field(
        _("Căn cứ tính tiếp"),
        _(
            "Ví dụ: đã nộp đủ, biên lai số 0012345 ngày 12 tháng 11 năm 2024; hoặc đã quá thời gian "
            "hướng dẫn mà chưa nhận được giấy tờ bổ sung."
        ),
    )

    def send(self) -> Act:
        return services.resume(**self.common, note=self.cleaned_data["note"])


class Extend(VerbForm):
    new_day = DayField(
        label=_("Ngày hẹn lại"),
        help_text=_(
            "Ngày làm việc, sau ngày đã hẹn. Kết quả phải có chậm nhất lúc hết giờ làm việc ngày đó."
        ),
    )
    reason = reason_field(
        _("Lý do chậm"),
        _("Người nộp sẽ đọc đoạn này; lý do hiện trên trang tra cứu, không ghi thông tin riêng."),
    )

    @property
    def beyond(self) -> str:
        """How far the new date lies beyond the one that was promised; empty until a day is typed."""
        state = self.occasion.state
        try:
            day = self.fields["new_day"].clean(self["new_day"].value())
        except forms.ValidationError:  # said where it is judged
            day = None
        if state.due_at is None or day is None:
            return ""
        last = last_new_day(state.due_at, self.occasion.at)
        if day > last:
            return sentence(NewDateTooFar(last=last))
        if day < local(state.due_at).date():
            return gettext("Ngày này không sau ngày đang hẹn.")
        calendar = queries.calendar_of(state, self.occasion.at)
        if not calendar.is_working_day(day):
            return gettext("Cơ quan nghỉ ngày này. Hãy chọn ngày làm việc.")
        minutes = calendar.open_minutes(state.due_at, calendar.closing_of(day))
        if minutes <= 0:
            return gettext("Ngày này không sau ngày đang hẹn.")
        length = wording.late_length(minutes, calendar.day_minutes)
        return gettext("Muộn hơn ngày đang hẹn %(length)s.") % {"length": length}

    @property
    def public_reason(self) -> str:
        """What everybody will read of the reason, where it tells of people; else empty."""
        return public_where_masked(str(self["reason"].value() or ""), self.occasion.state)

    def arranged(self, typed: QueryDict) -> bool:
        """Only how far the day lies beyond was asked, or what of the reason everybody will read."""
        if "reckon" not in typed:
            return False
        self.unjudged()
        return True

    def field_of(self, refusal: Refusal) -> str | None:
        return "new_day" if isinstance(refusal, BadNewDate | NewDateTooFar) else None

    def send(self) -> Act:
        return services.extend(
            **self.common, new_day=self.cleaned_data["new_day"], reason=self.cleaned_data["reason"]
        )


class Reassign(VerbForm):
    """What to give, and to whom; the rule refuses an officer who does not fit the task."""

    what = forms.ChoiceField(label=_("Giao việc gì"), widget=forms.RadioSelect())
    officer = forms.ChoiceField(label=_("Người nhận việc"), widget=forms.RadioSelect())
    reason = reason_field(_("Lý do"), _("Ví dụ: người đang phụ trách đã chuyển công tác, nghỉ dài ngày."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        occasion = self.occasion
        found = reading.givable(view=occasion.dossier, at=occasion.at)
        what, officer = self.choice_field("what"), self.choice_field("officer")
        what.choices = [
            (task.key, gettext(task.name)) if task else (WHOLE_CASE, gettext("Cả hồ sơ"))
            for task, _who in found
        ]
        officers = (each for _task, who in found for each in who)
        self.takers = takers(officers, at=occasion.at, due_at=occasion.state.due_at)
        officer.choices = self.takers.choices
        if len(what.choices) == 1:
            what.initial = what.choices[0][0]

    def send(self) -> Act:
        what = self.cleaned_data["what"]
        return services.reassign(
            **self.common,
            officer_id=self.cleaned_data["officer"],
            reason=self.cleaned_data["reason"],
            task_key="" if what == WHOLE_CASE else what,
        )

    def said_beside(self) -> str:
        return self.takers.said_of(self.cleaned_data["officer"])
