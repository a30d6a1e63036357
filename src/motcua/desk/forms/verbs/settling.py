"""Verbs of the settling unit and its leaders."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.desk.forms.choices import named
from motcua.desk.forms.verbs.base import FormWithCases, VerbForm, note_field, reason_field
from motcua.desk.forms.verbs.with_file import FormWithFile
from motcua.dossiers import labels, services
from motcua.dossiers.enums import Decision
from motcua.dossiers.services import Act, reading
from motcua.theme.day_fields import DayField


class Assign(FormWithCases):
    officer = forms.ChoiceField(
        label=_("Người thụ lý"),
        widget=forms.RadioSelect(),
    )
    note = note_field(_("Ý kiến chỉ đạo"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        officers = reading.candidates(
            actor=self.occasion.actor, at=self.occasion.at, dossier_id=self.occasion.dossier.id
        )
        self.names = {str(officer.account_id): officer.full_name for officer in officers}
        choice = self.choice_field("officer")
        choice.choices = list(self.names.items())
        if not self.names:
            choice.help_text = gettext("Đơn vị này chưa có công chức thụ lý nào. Hãy báo quản trị viên.")

    def send(self) -> Act:
        return services.assign(
            **self.common,
            task_key=self.task_key,
            officer_id=self.cleaned_data["officer"],
            note=self.cleaned_data["note"],
            outcome=self.case,
        )


class CompleteStep(VerbForm):
    outcome = forms.ChoiceField(
        label=_("Kết quả xử lý"),
        widget=forms.RadioSelect(),
    )
    note = note_field(_("Ý kiến xử lý"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        task = self.occasion.task
        outcomes = reading.endings_of(self.occasion.state, task) if task else ()
        choice = self.choice_field("outcome")
        choice.choices = [(outcome.key, gettext(outcome.label)) for outcome in outcomes]
        if len(outcomes) == 1:
            choice.initial = outcomes[0].key

    def send(self) -> Act:
        return services.complete_step(
            **self.common,
            task_key=self.task_key,
            outcome=self.cleaned_data["outcome"],
            note=self.cleaned_data["note"],
        )


class SendBack(VerbForm):
    to_step = forms.ChoiceField(
        label=_("Trả lại cho bước"),
        widget=forms.RadioSelect(),
    )
    reason = reason_field(_("Lý do trả lại"), _("Ghi rõ cần sửa gì để người nhận làm được ngay."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.choice_field("to_step")
        task = self.occasion.task
        steps = reading.send_back_targets(self.occasion.state, task) if task else ()
        choice.choices = [(step.key, gettext(step.name)) for step in reversed(steps)]

    def send(self) -> Act:
        return services.send_back(
            **self.common,
            task_key=self.task_key,
            to_step=self.cleaned_data["to_step"],
            reason=self.cleaned_data["reason"],
        )


class Propose(FormWithCases):
    filled_from_templates = ("text",)

    decision = forms.ChoiceField(
        label=_("Đề xuất"),
        choices=named(labels.DECISION),
        widget=forms.RadioSelect(),
    )
    text = note_field(
        _("Nội dung đề xuất"), _("Kết quả thẩm định và căn cứ. Bắt buộc ghi lý do khi đề xuất từ chối.")
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("decision") == Decision.REFUSE and not str(data.get("text", "")).strip():
            self.add_error("text", gettext("Hãy ghi lý do đề xuất từ chối."))
        return data

    def send(self) -> Act:
        return services.propose(
            **self.common,
            task_key=self.task_key,
            decision=Decision(self.cleaned_data["decision"]),
            text=self.cleaned_data["text"],
            outcome=self.case,
        )


class Approve(VerbForm):
    note = note_field(_("Ý kiến của người phê duyệt"))

    def send(self) -> Act:
        return services.approve(**self.common, task_key=self.task_key, note=self.cleaned_data["note"])


class Refuse(VerbForm):
    reason = reason_field(
        _("Lý do từ chối giải quyết"),
        _("Đây là nội dung trả lời chính thức cho người nộp. Nêu rõ căn cứ pháp luật."),
    )

    def send(self) -> Act:
        return services.refuse(**self.common, task_key=self.task_key, reason=self.cleaned_data["reason"])


class Stop(FormWithFile):
    requested_on = DayField(
        label=_("Ngày người nộp đề nghị dừng"), help_text=_("Từ ngày nộp hồ sơ đến hôm nay.")
    )
    request = forms.CharField(
        label=_("Đề nghị được đưa ra thế nào"),
        help_text=_("Ví dụ: đơn viết tay nộp tại quầy, công văn số 12/CV-HTX, thư điện tử."),
        max_length=200,
    )
    reason = reason_field(_("Lý do người nộp nêu"), _("Ghi vào hồ sơ và vào thông báo gửi người nộp."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"].label = gettext("Giấy đề nghị của người nộp")

    def send(self) -> Act:
        return services.stop(
            **self.common,
            reason=self.cleaned_data["reason"],
            requested_on=self.cleaned_data["requested_on"],
            request=self.cleaned_data["request"],
            file_id=self.file_id,
        )
