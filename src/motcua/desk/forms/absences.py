"""The form by which a head records who is away and who stands in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.agencies import errors
from motcua.agencies.rules.standing_in import Authority
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
    errors.SubstituteDoesNotLead: "substitute",
    errors.SubstituteOfAnotherUnit: "substitute",
    errors.AuthorityUnnumbered: "authority",
    errors.AuthorityUndated: "authority_day",
}
Names = list[tuple[str, str]]
Groups = list[tuple[str, Names]]


class RecordAbsence(FaceForm):
    officer = forms.ChoiceField(label=_("Người vắng mặt"))
    substitute = forms.ChoiceField(label=_("Người thay"))
    first_day = DayField(label=_("Từ ngày"))
    last_day = DayField(label=_("Đến hết ngày"))
    reason = forms.CharField(
        label=_("Lý do"), max_length=500, help_text=_("Ví dụ: nghỉ phép, đi học, công tác.")
    )

    authority = forms.CharField(
        label=_("Số văn bản ủy quyền"),
        max_length=100,
        required=False,
        help_text=_(
            "Chỉ ghi khi người phụ trách một đơn vị thay lãnh đạo, theo văn bản lãnh đạo đã ký. Ví dụ: "
            "05/GUQ-UBND."
        ),
    )
    authority_day = DayField(label=_("Ngày văn bản ủy quyền"), required=False)

    leaves_others = forms.BooleanField(
        label=_("Tôi đã biết những người này chưa có người thay khác, và vẫn ghi nhận"), required=False
    )

    def __init__(self, *args: Any, officers: Names, colleagues: Groups, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asks_to_confirm = "leaves_others" in self.data
        choose = gettext("Chọn cán bộ")
        self.choice_field("officer").choices = first_choice(choose, officers)
        self.choice_field("substitute").choices = [("", choose), *colleagues]

    @property
    def paper(self) -> Authority | None:
        number, day = self.cleaned_data["authority"], self.cleaned_data["authority_day"]
        return Authority(number, day) if number or day else None

    def tell_of_others(self, words: str) -> None:
        """Say for whom the officer stands in, with the box by which that is confirmed."""
        self.asks_to_confirm = True
        self.add_error("leaves_others", words)
