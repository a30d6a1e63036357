"""Verbs of the settling unit and its leaders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.desk.absent import takers
from motcua.desk.forms.choices import named
from motcua.desk.forms.verbs.base import FormWithCases, VerbForm, note_field, reason_field
from motcua.dossiers import labels, services
from motcua.dossiers.enums import Decision, Verb
from motcua.dossiers.errors import OpinionAwaited, OpinionNotChased, VerificationAwaited
from motcua.dossiers.rules.appointments import expected
from motcua.dossiers.rules.awaiting import opinions_awaited, verifications_awaited
from motcua.dossiers.rules.life import STEP_KINDS
from motcua.dossiers.services import Act, reading
from motcua.kernel.text import visible

if TYPE_CHECKING:
    from motcua.dossiers.rules.state import OpenTask
    from motcua.kernel.errors import Refusal
    from motcua.process.rules.definitions import Step


class Assign(FormWithCases):
    officer = forms.ChoiceField(
        label=_("Người thụ lý"),
        widget=forms.RadioSelect(),
    )
    note = note_field(_("Ý kiến chỉ đạo"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.occasion.task is not None and self.occasion.task.kind not in STEP_KINDS[Verb.ASSIGN]:
            self.fields.pop("outcome", None)  # the step goes on, so no case of it is chosen yet
        officers = reading.candidates(
            actor=self.occasion.actor, at=self.occasion.at, dossier_id=self.occasion.dossier.id
        )
        self.takers = takers(officers, at=self.occasion.at, due_at=self.occasion.state.due_at)
        choice = self.choice_field("officer")
        choice.choices = self.takers.choices
        if not officers:
            choice.help_text = gettext("Đơn vị này chưa có công chức thụ lý nào. Hãy báo quản trị viên.")

    def send(self) -> Act:
        return services.assign(
            **self.common,
            task_key=self.task_key,
            officer_id=self.cleaned_data["officer"],
            note=self.cleaned_data["note"],
            outcome=self.case,
        )

    def said_beside(self) -> str:
        return self.takers.said_of(self.cleaned_data["officer"])


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
        choice.choices = [(step.key, self._named(task, step)) for step in reversed(steps) if task]

    def _named(self, task: OpenTask, step: Step) -> str:
        """The step, and which parts of other agencies would end with it."""
        ended = reading.ended_by_sending_back(self.occasion.state, task, step.key)
        if not ended:
            return gettext(step.name)
        parts = "; ".join(f"{each.elsewhere}: {gettext(each.name)}" for each in ended)
        values = {"step": gettext(step.name), "parts": parts}
        return gettext("%(step)s (phần việc đang giao cũng kết thúc, nơi làm được báo: %(parts)s)") % values

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

    taken_back = note_field(
        _("Lý do rút lại câu hỏi chưa có trả lời"),
        _("Chỉ ghi khi không chờ ý kiến nữa; đơn vị được hỏi không phải trả lời, lý do lưu trong hồ sơ."),
    )
    called_off = note_field(
        _("Lý do hủy lịch xác minh"), _("Chỉ ghi khi không xác minh nữa; lý do được lưu trong hồ sơ.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        state = self.occasion.state
        if not opinions_awaited(state, self.occasion.at):
            del self.fields["taken_back"]
        if not verifications_awaited(state):
            del self.fields["called_off"]
        elif expected(state, self.occasion.at):
            self.fields["called_off"].help_text = gettext(
                "Chỉ ghi khi không xác minh nữa; lý do được lưu trong hồ sơ và ghi trong thư báo người nộp."
            )

    def field_of(self, refusal: Refusal) -> str | None:
        """Where to give up what the proposal would pass over."""
        fields: dict[type[Refusal], str] = {
            OpinionAwaited: "taken_back",
            OpinionNotChased: "taken_back",
            VerificationAwaited: "called_off",
        }
        name = fields.get(type(refusal))
        return name if name in self.fields else super().field_of(refusal)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        is_silent = "text" in data and not visible(data["text"])  # what is wrong with it has been said
        if data.get("decision") == Decision.REFUSE and is_silent:
            self.add_error("text", gettext("Hãy ghi lý do đề xuất từ chối."))
        return data

    def send(self) -> Act:
        return services.propose(
            **self.common,
            task_key=self.task_key,
            decision=Decision(self.cleaned_data["decision"]),
            text=self.cleaned_data["text"],
            outcome=self.case,
            taken_back=self.cleaned_data.get("taken_back", ""),
            called_off=self.cleaned_data.get("called_off", ""),
        )


class Approve(VerbForm):
    note = note_field(_("Ý kiến của người phê duyệt"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.occasion.state.proposal is Decision.REFUSE:
            hint = _("Người thụ lý đề xuất từ chối. Lý do được lưu trong hồ sơ và ở mục kết quả.")
            self.fields["note"] = reason_field(_("Lý do quyết định khác với đề xuất"), hint)

    def send(self) -> Act:
        return services.approve(**self.common, task_key=self.task_key, note=self.cleaned_data["note"])


class Refuse(VerbForm):
    reason = reason_field(
        _("Lý do từ chối giải quyết"),
        _("Đây là nội dung trả lời chính thức cho người nộp. Nêu rõ căn cứ pháp luật."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.occasion.state.proposal is Decision.GRANT:
            hint = _("Người thụ lý đề xuất đồng ý. Ghi lý do của chính bạn; người nộp đọc được.")
            self.fields["reason"].help_text = hint

    def send(self) -> Act:
        return services.refuse(**self.common, task_key=self.task_key, reason=self.cleaned_data["reason"])
