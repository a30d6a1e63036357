"""Verbs by which the agency finds out: opinions of others, verifications."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.desk.forms.choices import first_choice
from motcua.desk.forms.verbs.base import VerbForm, ground_of_visit, note_field, reason_field
from motcua.desk.forms.verbs.with_file import FormWithFile
from motcua.dossiers import queries, services
from motcua.dossiers.enums import Verb
from motcua.dossiers.errors import (
    AppointmentUnchanged,
    BadVerificationTime,
    NobodyToAsk,
    NoSuchAppointment,
    PartAlreadyThere,
    ReasonOfOursRequired,
    ReasonRequired,
    TooManyVisits,
    VerificationFileRequired,
    VisitWhenClosed,
)
from motcua.dossiers.rules.appointments import known_as
from motcua.dossiers.rules.awaiting import verifications_awaited
from motcua.dossiers.rules.decide.asking import makes_a_file
from motcua.dossiers.rules.decide.people import part_until
from motcua.dossiers.rules.life import CONSULT_STEP, STEP_KINDS
from motcua.dossiers.rules.state import Consultation, OpenTask, State, Verification
from motcua.dossiers.services import Act, reading
from motcua.law import queries as law
from motcua.theme import wording
from motcua.theme.day_fields import MomentField
from motcua.worktime.rules import local

if TYPE_CHECKING:
    from motcua.kernel.errors import Refusal

_ELSEWHERE = "elsewhere"
_MOVE = "move"


class Consult(VerbForm):
    unit = forms.ChoiceField(label=_("Hỏi cơ quan, đơn vị nào"))
    question = reason_field(_("Nội dung cần lấy ý kiến"))
    days = forms.IntegerField(
        label=_("Thời hạn trả lời (ngày làm việc)"), min_value=1, max_value=60, initial=3
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.choice_field("unit")
        field.choices = _units(self)
        if due := self.occasion.state.due_at:
            self.fields["days"].help_text = gettext(
                "Hồ sơ hẹn trả kết quả %(due)s: hỏi lâu hơn thì hồ sơ dễ bị trễ."
            ) % {"due": wording.short_moment(due)}
        if not queries.asks_for_a_term(self.occasion.state):
            self.fields["days"].required = False
            self.fields["days"].help_text = gettext(
                "Để trống thì là %(usual)s, và không muộn hơn ngày hẹn trả kết quả."
            ) % {"usual": wording.time_limit(queries.usual_consult_term(self.occasion.state))}

    def send(self) -> Act:
        days = self.cleaned_data["days"]
        return services.consult(
            **self.common,
            unit_id=int(self.cleaned_data["unit"]),
            question=self.cleaned_data["question"],
            limit=f"{days}wd" if days else "",
        )


class Entrust(VerbForm):
    step = forms.ChoiceField(label=_("Phần việc"), widget=forms.RadioSelect())
    unit = forms.ChoiceField(label=_("Giao cho cơ quan, đơn vị nào"))
    duty = reason_field(_("Nhiệm vụ cụ thể"), _("Việc phải làm, nội dung và kết quả phải gửi lại."))
    days = forms.IntegerField(
        label=_("Thời hạn của phần việc (ngày làm việc)"),
        help_text=_(
            "Để trống nếu theo thời hạn của bước; phần việc phải xong không muộn hơn lúc ghi ở từng phần "
            "việc."
        ),
        min_value=1,
        max_value=60,
        required=False,
    )
    reason = note_field(
        _("Lý do giao lại hoặc lấy lại"),
        _("Ghi khi phần việc đang ở cơ quan khác; cơ quan đó được báo, kèm lý do."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        step, unit = self.choice_field("step"), self.choice_field("unit")
        kinds = STEP_KINDS[Verb.ENTRUST]
        tasks = [
            task for task in self.occasion.state.tasks if task.kind in kinds and not task.is_of_the_process
        ]
        step.choices = [(task.key, self._named(task)) for task in tasks]
        if len(tasks) == 1:
            step.initial = tasks[0].key
        self._out = {task.key for task in tasks if task.is_given_away}
        self._own_unit = str(self.occasion.state.target.posting.settling)
        unit.choices = _units(self)
        if not self._out:
            del self.fields["reason"]
            return
        first, *others = unit.choices
        unit.choices = [first, (self._own_unit, gettext("Lấy lại, đơn vị thụ lý tự làm")), *others]
        self.fields["duty"].required = False
        self.fields["duty"].help_text = gettext(
            "Việc phải làm, nội dung và kết quả phải gửi lại. Không cần ghi khi lấy lại."
        )

    def field_of(self, refusal: Refusal) -> str | None:
        fields: dict[type[Refusal], str] = {
            NobodyToAsk: "unit",
            PartAlreadyThere: "unit",
            ReasonOfOursRequired: "reason",
            ReasonRequired: "duty",
        }
        name = fields.get(type(refusal))
        return name if name in self.fields else super().field_of(refusal)

    def _named(self, task: OpenTask) -> str:
        """The part, and by when who gets it must be done; of one that is out, where it lies and its term."""
        if task.is_given_away:
            said = {"part": gettext(task.name), "where": task.elsewhere}
            if task.due_at is None:
                return gettext("%(part)s, đang ở %(where)s") % said
            said["due"] = wording.short_moment(task.due_at)
            return gettext("%(part)s, đang ở %(where)s, hạn %(due)s") % said
        until = part_until(self.occasion.state, task, self.occasion.at)
        if until is None:
            return gettext(task.name)
        values = {"part": gettext(task.name), "until": wording.short_moment(until)}
        return gettext("%(part)s, xong chậm nhất %(until)s") % values

    def send(self) -> Act:
        data = self.cleaned_data
        return services.entrust(
            **self.common,
            task_key=data["step"],
            unit_id=int(data["unit"]),
            duty=data["duty"],
            limit=f"{data['days']}wd" if data["days"] else "",
            reason=data.get("reason", ""),
        )


def _units(form: VerbForm) -> list[Any]:
    """The units of the province that may be asked, by agency."""
    occasion = form.occasion
    found = reading.askable(occasion.state, occasion.at)
    offered = [(name, [(str(unit.id), unit.name) for unit in units]) for name, units in found]
    return first_choice(gettext("Chọn đơn vị"), offered)


class Answer(FormWithFile):
    answer = reason_field(_("Ý kiến"), _("Nêu rõ đồng ý hay không, căn cứ và điều kiện kèm theo nếu có."))

    @property
    def asked(self) -> Consultation | None:
        task = self.occasion.task
        number = task.step_key.removeprefix(f"{CONSULT_STEP}-") if task else ""
        return self.occasion.state.consultation(int(number)) if number.isdigit() else None

    def send(self) -> Act:
        return services.answer(
            **self.common,
            task_key=self.task_key,
            answer=self.cleaned_data["answer"],
            file_id=self.file_id,
        )


def _asked(question: Consultation) -> str:
    """Who was asked, and until when."""
    values = {"name": question.to_name, "due": wording.short_moment(question.due_at)}
    return gettext("%(name)s, hạn trả lời %(due)s") % values


class Remind(VerbForm):
    number = forms.ChoiceField(label=_("Nhắc cơ quan, đơn vị nào"), widget=forms.RadioSelect())
    note = note_field(_("Lời nhắn"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.choice_field("number")
        field.choices = [
            (str(each.number), _asked(each)) for each in self.occasion.state.consultations if each.is_open
        ]
        if len(field.choices) == 1:
            field.initial = field.choices[0][0]

    def send(self) -> Act:
        return services.remind(
            **self.common, number=int(self.cleaned_data["number"]), note=self.cleaned_data["note"]
        )


class PlanVerification(VerbForm):
    when = MomentField(label=_("Thời gian"))
    where = forms.ChoiceField(label=_("Địa điểm"), widget=forms.RadioSelect())
    place = forms.CharField(label=_("Nếu ở nơi khác, ghi rõ địa điểm"), max_length=300, required=False)
    participants = forms.CharField(label=_("Thành phần tham gia"), max_length=500)
    content = reason_field(_("Nội dung xác minh"))
    with_applicant = forms.BooleanField(
        label=_("Người nộp phải có mặt"),
        required=False,
    )
    ground = ground_of_visit()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._desks = queries.desks_to_come_to(self.occasion.state.target)
        numbered = [(str(number), name) for number, name in enumerate(self._desks, 1)]
        self.choice_field("where").choices = [*numbered, (_ELSEWHERE, gettext("Nơi khác"))]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("where") == _ELSEWHERE and not data.get("place") and "place" not in self.errors:
            self.add_error("place", gettext("Hãy ghi địa điểm xác minh."))
        return data

    def field_of(self, refusal: Refusal) -> str | None:
        if isinstance(refusal, TooManyVisits):
            return "ground"
        return "when" if isinstance(refusal, BadVerificationTime | VisitWhenClosed) else None

    def send(self) -> Act:
        data = self.cleaned_data
        at_desk = data["where"] != _ELSEWHERE
        return services.plan_verification(
            **self.common,
            planned_for=data["when"],
            place=self._desks[int(data["where"]) - 1] if at_desk else data["place"],
            participants=data["participants"],
            content=data["content"],
            with_applicant=data["with_applicant"],
            at_desk=at_desk,
            ground=data["ground"],
        )


class CallOffVerification(VerbForm):
    number = forms.ChoiceField(label=_("Lịch xác minh"), widget=forms.RadioSelect())
    what = forms.ChoiceField(
        label=_("Hủy hay dời"),
        choices=(("off", _("Hủy lịch này")), (_MOVE, _("Dời sang lúc khác"))),
        widget=forms.RadioSelect(),
    )
    when = MomentField(label=_("Thời gian mới"), help_text=_("Chỉ ghi khi dời."), required=False)
    place = forms.CharField(
        label=_("Địa điểm mới"),
        help_text=_("Để trống nếu vẫn ở chỗ cũ."),
        max_length=300,
        required=False,
    )
    reason = reason_field(_("Lý do"), _("Người nộp đã được mời thì đọc được lý do này."))
    ground = ground_of_visit()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        state = self.occasion.state
        field = self.choice_field("number")
        planned = verifications_awaited(state)
        field.choices = [(str(each.number), _appointment(state, each)) for each in planned]
        if len(planned) == 1:
            field.initial = field.choices[0][0]
        if not any(each.with_applicant for each in planned):
            del self.fields["ground"]
            self.fields["reason"].help_text = ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        is_moved = data.get("what") == _MOVE
        if is_moved and not data.get("when") and "when" not in self.errors:
            self.add_error("when", gettext("Hãy ghi thời gian mới."))
        if data.get("what") == "off" and (data.get("when") or data.get("place")):
            self.add_error(
                "what", gettext("Bạn đã ghi thời gian hoặc địa điểm mới: hãy chọn dời lịch, hoặc xóa chỗ đó.")
            )
        return data

    def field_of(self, refusal: Refusal) -> str | None:
        if isinstance(refusal, NoSuchAppointment):
            return "number"
        if isinstance(refusal, TooManyVisits) and "ground" in self.fields:
            return "ground"
        of_time = BadVerificationTime | VisitWhenClosed | AppointmentUnchanged
        return "when" if isinstance(refusal, of_time) else None

    def send(self) -> Act:
        data = self.cleaned_data
        return services.call_off_verification(
            **self.common,
            number=int(data["number"]),
            reason=data["reason"],
            planned_for=data["when"],
            place=data["place"],
            ground=data.get("ground", ""),
        )


def _appointment(state: State, planned: Verification) -> str:
    """When and where, and whether the applicant knows of it."""
    when = wording.short_moment(planned.planned_for) if planned.planned_for else ""
    values = {"when": when, "place": planned.place}
    if not planned.with_applicant:
        return gettext("%(when)s, %(place)s") % values
    if known_as(state, planned.number):
        return gettext("%(when)s, %(place)s (người nộp đã được mời)") % values
    return gettext("%(when)s, %(place)s (chưa gửi thư mời người nộp)") % values


class RecordVerification(FormWithFile):
    number = forms.ChoiceField(label=_("Lần xác minh"), widget=forms.RadioSelect())
    when = MomentField(label=_("Thời gian"))
    place = forms.CharField(label=_("Địa điểm"), max_length=300)
    participants = forms.CharField(label=_("Thành phần tham gia"), max_length=500)
    content = reason_field(_("Nội dung và kết quả xác minh"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"].label = gettext("Biên bản, hồ sơ xác minh")
        on = local(self.occasion.at).date()
        self.want("upload", really=makes_a_file(law.regulation(self.occasion.state.target.regulation, on)))
        field = self.choice_field("number")
        planned = verifications_awaited(self.occasion.state)
        field.choices = [
            *(
                (str(each.number), f"{wording.short_moment(each.planned_for)}, {each.place}")
                for each in planned
                if each.planned_for
            ),
            ("0", gettext("Không theo lịch đã lên")),
        ]
        field.initial = field.choices[0][0]
        if planned and not self.is_bound:
            self.fields["place"].initial = planned[0].place
            self.fields["participants"].initial = planned[0].participants

    def field_of(self, refusal: Refusal) -> str | None:
        if isinstance(refusal, VerificationFileRequired):
            return "upload"
        return "when" if isinstance(refusal, BadVerificationTime) else None

    def send(self) -> Act:
        data = self.cleaned_data
        return services.record_verification(
            **self.common,
            held_at=data["when"],
            place=data["place"],
            participants=data["participants"],
            content=data["content"],
            file_id=self.file_id,
            number=int(data["number"]),
        )
