"""Verbs around the result: make it, tell of it, hand it over, file it away."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.desk import labels
from motcua.desk.forms.choices import named
from motcua.desk.forms.verbs.base import VerbForm, note_field, reason_field
from motcua.desk.forms.verbs.with_file import FormWithFile
from motcua.dossiers import queries, services
from motcua.dossiers.errors import NoElectronicResult
from motcua.dossiers.services import Act
from motcua.kernel.errors import N_
from motcua.theme.day_fields import MomentField
from motcua.theme.refusals import sentence


class IssueResult(FormWithFile):
    number = forms.CharField(
        label=_("Số, ký hiệu"),
        max_length=100,
        help_text=_("Như ghi trên văn bản, ví dụ 123/GCN-UBND."),
    )
    name = forms.CharField(
        label=_("Tên kết quả"),
        max_length=300,
    )
    upload_hint = N_("Nếu có thì người nộp tải về được. Tối đa %(size)s; nhận %(types)s.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"].label = gettext("Tệp kết quả điện tử")
        if self.occasion.sheet.results and not self.is_bound:
            self.fields["name"].initial = self.occasion.sheet.results[0].name

    def send(self) -> Act:
        return services.issue_result(
            **self.common,
            task_key=self.task_key,
            number=self.cleaned_data["number"],
            name=self.cleaned_data["name"],
            file_id=self.file_id,
        )


class Invite(VerbForm):
    filled_from_templates = ("purpose",)

    visit_at = MomentField(label=_("Hẹn đến lúc"))
    purpose = reason_field(_("Nội dung làm việc"), _("Người nộp đọc đoạn này: đến để làm gì, mang theo gì."))
    ground = note_field(
        _("Lý do mời thêm"),
        _("Chỉ cần khi quy chế không cho yêu cầu người nộp trực tuyến đến thêm lần nào nữa."),
    )

    def send(self) -> Act:
        data = self.cleaned_data
        return services.invite(
            **self.common, visit_at=data["visit_at"], purpose=data["purpose"], ground=data["ground"]
        )


class Announce(VerbForm):
    def send(self) -> Act:
        return services.announce(**self.common)


class ReturnResult(VerbForm):
    how = forms.ChoiceField(label=_("Cách trả"), choices=named(labels.HANDING), widget=forms.RadioSelect())
    received_by = forms.CharField(
        label=_("Người nhận"),
        max_length=200,
        help_text=_("Họ tên người nhận tại quầy, hoặc người gửi bưu phẩm tới."),
    )
    proof = forms.CharField(
        label=_("Chứng cứ giao nhận"),
        max_length=300,
        help_text=_("Ví dụ: đã ký sổ trả kết quả, đã xem căn cước; hoặc số vận đơn bưu chính."),
    )

    and_close = forms.BooleanField(label=_("Kết thúc và lưu hồ sơ luôn"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        state, sheet = self.occasion.state, self.occasion.sheet
        wanted = state.contents.delivery.how
        offered = services.handings_of(self.occasion.dossier)
        how = self.choice_field("how")
        how.choices = [pair for pair in named(labels.HANDING)() if pair[0] in offered]
        if queries.compares_papers(state, sheet):
            self.fields["papers_compared"] = forms.BooleanField(
                label=_("Đã đối chiếu giấy tờ nộp trực tuyến với bản chính"),
                required=False,
                help_text=_("Cần khi trả kết quả tại quầy."),
            )
        if not services.may_close(self.occasion.actor, self.occasion.dossier):
            del self.fields["and_close"]
        self._has_file = state.results[-1].file_id is not None if state.results else False
        usual = wanted if self._has_file or wanted != "online" else "counter"
        self.fields["how"].initial = usual if usual in offered else next(iter(offered), "")
        self.fields["received_by"].initial = self.occasion.state.contents.applicant.name
        how_now = self.data.get("how") if self.is_bound else self.fields["how"].initial
        if how_now == "online":  # nobody stands there to sign
            self.fields["received_by"].required = self.fields["proof"].required = False

    def clean_how(self) -> str:
        how = str(self.cleaned_data["how"])
        if how == "online" and not self._has_file:
            raise forms.ValidationError(sentence(NoElectronicResult()))
        return how

    def send(self) -> Act:
        data = self.cleaned_data
        online = data["how"] == "online"
        with transaction.atomic():  # closed with it, or nothing of both
            act = services.return_result(
                **self.common,
                how=data["how"],
                received_by="" if online else data["received_by"].strip(),
                proof="" if online else data["proof"].strip(),
                papers_compared=data.get("papers_compared", False),
            )
            if data.get("and_close"):
                common = self.common
                common["expected_version"] = act.version
                act = services.close(**common)
        return act


class RecordNonCollection(VerbForm):
    filled_from_templates = ("note",)

    note = reason_field(
        _("Đã báo và chờ thế nào"), _("Ví dụ: đã nhắn tin ngày 4, gọi điện ngày 6, chưa đến.")
    )

    def send(self) -> Act:
        return services.record_non_collection(**self.common, note=self.cleaned_data["note"])


class Close(VerbForm):
    note = note_field(_("Ghi chú lưu trữ"))

    def send(self) -> Act:
        return services.close(**self.common, note=self.cleaned_data["note"])
