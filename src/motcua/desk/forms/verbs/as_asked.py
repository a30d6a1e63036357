"""What the desk records for an applicant who asked for it: that a dossier is withdrawn, or stopped."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.desk.forms.verbs.base import reason_field
from motcua.desk.forms.verbs.with_file import FormWithFile
from motcua.dossiers import services
from motcua.dossiers.services import Act
from motcua.theme.day_fields import DayField


class AsAsked(FormWithFile):
    """The day and the form of the request, why, and the paper or the minutes of it."""

    requested_on = DayField(label=_("Ngày người nộp đề nghị"), help_text=_("Từ ngày nộp hồ sơ đến hôm nay."))
    request = forms.CharField(
        label=_("Đề nghị được đưa ra thế nào"),
        help_text=_(
            "Ví dụ: đơn viết tay nộp tại quầy; nói trực tiếp tại quầy, có biên bản; công văn số 12/CV-HTX; "
            "thư điện tử."
        ),
        max_length=200,
    )
    reason = reason_field(_("Lý do người nộp nêu"), _("Ghi vào hồ sơ và vào thông báo gửi người nộp."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"].label = gettext("Giấy đề nghị hoặc biên bản ghi lời đề nghị")

    @property
    def asked(self) -> dict[str, Any]:
        """What is recorded of the request."""
        data = self.cleaned_data
        return {
            "reason": data["reason"],
            "requested_on": data["requested_on"],
            "request": data["request"],
            "file_id": self.file_id,
        }


class Withdraw(AsAsked):
    filled_from_templates = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = gettext("Ghi vào hồ sơ.")

    def send(self) -> Act:
        return services.withdraw(**self.common, **self.asked)


class Stop(AsAsked):
    def send(self) -> Act:
        return services.stop(**self.common, **self.asked)
