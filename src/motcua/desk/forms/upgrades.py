"""The forms of the register of requests about the system."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.agencies.rules.cards import AgencyCard
from motcua.catalogue.enums import UpgradeKind, UpgradeStep
from motcua.catalogue.labels import UPGRADE_KIND
from motcua.catalogue.rules.upgrades import NUMBER, SIGNER, TEXT, TITLE, UpgradePaper, UpgradeWish
from motcua.desk.forms.choices import first_choice
from motcua.theme.day_fields import DayField
from motcua.theme.forms import FaceForm


def _text(label: Any, rows: int = 4, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=TEXT, widget=forms.Textarea(attrs={"rows": rows}), **more)


def _number(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=NUMBER, **more)


class RequestUpgrade(FaceForm):
    """What an agency asks for, and the paper with which it does, if there is one."""

    agency = forms.ChoiceField(label=_("Cơ quan gửi yêu cầu"))
    kind = forms.ChoiceField(label=_("Yêu cầu về việc gì"), widget=forms.RadioSelect())
    title = forms.CharField(
        label=_("Tên yêu cầu"), max_length=TITLE, help_text=_("Ví dụ: nhắn tin khi hồ sơ sắp đến hạn.")
    )
    content = _text(
        _("Nội dung yêu cầu"),
        help_text=_("Điều hệ thống chưa làm được, vướng mắc đang gặp hoặc việc cần hỗ trợ."),
    )
    reason = _text(_("Lý do, sự cần thiết"), rows=3)
    number = _number(_("Số, ký hiệu văn bản yêu cầu"), required=False)
    on = DayField(label=_("Ngày yêu cầu"))

    def __init__(
        self,
        *args: Any,
        cards: Sequence[AgencyCard],
        kinds: Sequence[UpgradeKind],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        found = [(str(card.id), card.name) for card in cards]
        self.choice_field("agency").choices = (
            found if len(found) == 1 else first_choice(gettext("Chọn cơ quan"), found)
        )
        self.choice_field("kind").choices = [(each.value, gettext(UPGRADE_KIND[each])) for each in kinds]
        self.initial.setdefault("kind", kinds[0].value)
        self.initial.setdefault("on", today)

    @property
    def agency_id(self) -> int:
        return int(self.cleaned_data["agency"])

    def wish(self) -> UpgradeWish:
        data = self.cleaned_data
        return UpgradeWish(
            title=data["title"],
            content=data["content"],
            reason=data["reason"],
            kind=UpgradeKind(data["kind"]),
        )

    def paper(self) -> UpgradePaper:
        return UpgradePaper(on=self.cleaned_data["on"], number=self.cleaned_data["number"])


class StepForm(FaceForm):
    """A step that the department records. `version` is the request as whoever records it saw it."""

    version = forms.IntegerField(widget=forms.HiddenInput(), min_value=0, max_value=10**9)

    @property
    def step(self) -> UpgradeStep:
        raise NotImplementedError

    def paper(self) -> UpgradePaper:
        data = self.cleaned_data
        return UpgradePaper(
            on=data["on"],
            number=data.get("number", ""),
            signer=data.get("signer", ""),
            note=data.get("note", ""),
        )


class ReviewUpgrade(StepForm):
    on = DayField(label=_("Ngày rà soát"))
    note = _text(_("Kết quả rà soát"), help_text=_("Ai cùng rà soát và thống nhất điều gì."))

    @property
    def step(self) -> UpgradeStep:
        return UpgradeStep.REVIEW


class AnswerUpgrade(StepForm):
    """What was done without changing the system, or why nothing is; beside another form on the same page."""

    prefix = "answer"
    on = DayField(label=_("Ngày trả lời"))
    note = _text(
        _("Nội dung trả lời"), help_text=_("Đã hỗ trợ hoặc khắc phục thế nào, hoặc vì sao không thay đổi.")
    )

    @property
    def step(self) -> UpgradeStep:
        return UpgradeStep.ANSWER


class ProposeUpgrade(StepForm):
    number = _number(_("Số, ký hiệu văn bản đề xuất"))
    on = DayField(label=_("Ngày văn bản"))
    note = _text(_("Nội dung đề xuất"), help_text=_("Đề xuất với ai, nội dung gì, vì sao."))

    @property
    def step(self) -> UpgradeStep:
        return UpgradeStep.PROPOSE


class DecideUpgrade(StepForm):
    outcome = forms.ChoiceField(
        label=_("Quyết định"),
        widget=forms.RadioSelect(),
        choices=[
            (UpgradeStep.APPROVE.value, _("Chấp thuận")),
            (UpgradeStep.REFUSE.value, _("Không chấp thuận")),
        ],
    )
    number = _number(_("Số, ký hiệu văn bản"))
    on = DayField(label=_("Ngày ký"))
    signer = forms.CharField(
        label=_("Người ký"), max_length=SIGNER, initial=_("Chủ tịch Ủy ban nhân dân tỉnh")
    )
    note = _text(
        _("Lý do hoặc điều kiện kèm theo"),
        rows=3,
        required=False,
        help_text=_("Cần ghi nếu không chấp thuận."),
    )

    @property
    def step(self) -> UpgradeStep:
        return UpgradeStep(self.cleaned_data["outcome"])


class DeployUpgrade(StepForm):
    on = DayField(label=_("Ngày đưa vào sử dụng"))
    note = _text(_("Ghi chú"), rows=3, required=False)

    @property
    def step(self) -> UpgradeStep:
        return UpgradeStep.DEPLOY
