"""Beginning, sending and approving drafts of processes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.agencies.rules.cards import AgencyCard
from motcua.process.services import Approval
from motcua.theme.day_fields import DayField
from motcua.theme.forms import FaceForm


class BeginDraft(FaceForm):
    code = forms.CharField(label=_("Mã thủ tục"), max_length=40, help_text=_("Ví dụ: 1.004873."))
    agency = forms.ChoiceField(label=_("Cơ quan giải quyết"))
    variant = forms.CharField(
        label=_("Trường hợp"),
        max_length=300,
        required=False,
        help_text=_("Bỏ trống nếu quy trình dùng cho mọi trường hợp của thủ tục."),
    )

    def __init__(self, *args: Any, cards: Sequence[AgencyCard], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choice_field("agency").choices = [(str(card.id), card.name) for card in cards]


class SubmitDraft(FaceForm):
    override = forms.CharField(
        label=_("Lý do vẫn gửi"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Chỉ cần khi còn điểm phải xem lại. Lý do được lưu cùng quy trình."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput(), min_value=0, max_value=10**9)


class ReturnDraft(FaceForm):
    reason = forms.CharField(
        label=_("Nội dung cần sửa"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    version = forms.IntegerField(widget=forms.HiddenInput(), min_value=0, max_value=10**9)


class ApproveDraft(FaceForm):
    number = forms.CharField(label=_("Số, ký hiệu quyết định"), max_length=60)
    signer = forms.CharField(label=_("Người ký"), max_length=200, initial=_("Chủ tịch Ủy ban nhân dân tỉnh"))
    signed_on = DayField(label=_("Ngày ký"))
    effective_on = DayField(
        label=_("Áp dụng từ ngày"),
        help_text=_("Hồ sơ tiếp nhận trước ngày này giữ quy trình cũ đến hết."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput(), min_value=0, max_value=10**9)

    def approval(self) -> Approval:
        data = self.cleaned_data
        return Approval(data["number"], data["signer"], data["signed_on"], data["effective_on"])
