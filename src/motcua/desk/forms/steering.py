"""The forms by which a head urges on several dossiers, or gives them to another officer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.desk.absent import takers
from motcua.desk.forms.choices import first_choice
from motcua.desk.forms.verbs.base import reason_field
from motcua.dossiers.services import Steered
from motcua.theme.forms import FaceForm


class SteerSeveral(FaceForm):
    """One text for all dossiers that were picked."""

    reason = reason_field(_("Lý do"), "")

    def __init__(self, data: Any = None, *, found: Sequence[Steered], at: datetime) -> None:
        super().__init__(data)

    @property
    def dead_end(self) -> str:
        """Why none of the dossiers can be dealt with, so that nothing is asked; empty if some can."""
        return ""

    def said_beside(self) -> str:
        """What is to be known once it was done, beside that it was."""
        return ""


class UrgeSeveral(SteerSeveral):
    reason = reason_field(
        _("Nội dung đôn đốc"),
        _("Nêu rõ việc cần làm và đến khi nào. Không ghi thông tin cá nhân của người nộp."),
    )


class GiveSeveral(SteerSeveral):
    """Whoever fits at least one of the dossiers can be chosen; the others are refused one by one."""

    officer = forms.ChoiceField(label=_("Người nhận việc"))
    reason = reason_field(
        _("Lý do"), _("Ghi vào lịch sử của mọi hồ sơ. Ví dụ: người đang phụ trách nghỉ dài ngày.")
    )
    field_order = ("officer", "reason")

    def __init__(self, data: Any = None, *, found: Sequence[Steered], at: datetime) -> None:
        super().__init__(data, found=found, at=at)
        officers = (officer for each in found for _key, who in each.choices for officer in who)
        last_due = max((each.state.due_at for each in found if each.state.due_at), default=None)
        self.takers = takers(officers, at=at, due_at=last_due)
        self.is_theirs_to_give = any(each.choices for each in found)
        self.choice_field("officer").choices = first_choice(gettext("Chọn cán bộ"), self.takers.choices)

    @property
    def dead_end(self) -> str:
        if self.takers.choices:
            return ""
        if self.is_theirs_to_give:
            return gettext(
                "Hiện chưa có ai giữ vị trí để nhận việc của các hồ sơ bạn chọn. Hãy báo người quản trị của "
                "cơ quan giao vị trí trước."
            )
        return gettext(
            "Việc của các hồ sơ bạn chọn đang ở đơn vị không do bạn phụ trách: trưởng đơn vị ấy hoặc lãnh "
            "đạo cơ quan mới giao được cho người khác. Bạn vẫn đôn đốc được."
        )

    def said_beside(self) -> str:
        return self.takers.said_of(self.cleaned_data["officer"])
