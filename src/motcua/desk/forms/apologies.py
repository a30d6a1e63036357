"""Letters of apology for several dossiers, confirmed at once: one reason, a new day for each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.desk.forms.verbs.base import reason_field
from motcua.theme.day_fields import DayField
from motcua.theme.forms import FaceForm

_DAY = "day_"


class ApologiseForSeveral(FaceForm):
    """Fields: `day_<id>` for each dossier that was picked; a day is wanted for those that stay ticked."""

    reason = reason_field(
        _("Lý do chậm"),
        _("Ghi trong mọi phiếu. Người nộp sẽ đọc đoạn này; không ghi thông tin riêng của một hồ sơ."),
    )

    def __init__(
        self, data: Any = None, *, days: Mapping[str, date], ticked: frozenset[str], why: str
    ) -> None:
        super().__init__(data, initial={"reason": why})
        self.ticked = ticked
        for dossier_id, day in days.items():
            self.fields[_DAY + dossier_id] = DayField(
                label=_("Ngày hẹn lại"), required=dossier_id in ticked, initial=day, help_text=""
            )
        self.order_fields([name for name in self.fields if name.startswith(_DAY)])

    @staticmethod
    def name_of(dossier_id: str) -> str:
        """The name of the field of this dossier."""
        return _DAY + dossier_id

    def of(self, dossier_id: str) -> forms.BoundField:
        """The field of this dossier."""
        return self[_DAY + dossier_id]

    def day_of(self, dossier_id: str) -> date:
        """The day that was chosen for it."""
        day: date = self.cleaned_data[_DAY + dossier_id]
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.ticked and not self.errors:
            self.add_error(None, gettext("Hãy chọn ít nhất một hồ sơ."))
        return data
