"""The form by which a head records who is away and who stands in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.agencies import errors
from motcua.desk.forms.choices import first_choice
from motcua.kernel.errors import Refusal
from motcua.theme.day_fields import DayField
from motcua.theme.forms import FaceForm

FIELD_OF: dict[type[Refusal], str] = {
    errors.AbsenceUnexplained: "reason",
    errors.AbsenceEndsFirst: "last_day",
    errors.AbsenceIsOver: "last_day",
    errors.AbsenceTooLong: "last_day",
    errors.AbsenceOverlaps: "first_day",
    errors.SubstituteIsAbsent: "substitute",
    errors.SubstituteUnknown: "substitute",
    errors.OwnSubstitute: "substitute",
    errors.SubstituteAway: "substitute",
}
Names = list[tuple[str, str]]


class RecordAbsence(FaceForm):
    officer = forms.ChoiceField(label=_("Người vắng mặt"))
    substitute = forms.ChoiceField(label=_("Người thay"))
    first_day = DayField(label=_("Từ ngày"))
    last_day = DayField(label=_("Đến hết ngày"))
    reason = forms.CharField(
        label=_("Lý do"), max_length=500, help_text=_("Ví dụ: nghỉ phép, đi học, công tác.")
    )

    leaves_others = forms.BooleanField(
        label=_("Tôi đã biết những người này chưa có người thay khác, và vẫn ghi nhận"), required=False
    )

    def __init__(self, *args: Any, officers: Names, colleagues: Names, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asks_to_confirm = "leaves_others" in self.data
        for name, choices in (("officer", officers), ("substitute", colleagues)):
            field = self.choice_field(name)
            field.choices = first_choice(gettext("Chọn cán bộ"), choices)

    def tell_of_others(self, words: str) -> None:
        """Say for whom the officer stands in, with the box by which that is confirmed."""
        self.asks_to_confirm = True
        self.add_error("leaves_others", words)
