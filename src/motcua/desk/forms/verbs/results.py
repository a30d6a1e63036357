"""Verbs around the result: make it, tell of it, hand it over, file it away."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.desk import labels
from motcua.desk.forms.choices import named
from motcua.desk.forms.verbs.base import VerbForm, note_field
from motcua.documents import queries as documents
from motcua.documents import services as document_services
from motcua.documents.rules.cards import FileCard
from motcua.dossiers import services
from motcua.dossiers.services import Act
from motcua.kernel.errors import Refusal
from motcua.theme.refusals import sentence

KEPT_FILE = "motcua.desk.kept_file"


class IssueResult(VerbForm):
    """A file once taken in is kept beside the form, so that another error does not lose it."""

    number = forms.CharField(
        label=_("Số, ký hiệu"),
        max_length=100,
        help_text=_("Như ghi trên văn bản, ví dụ 123/GCN-UBND."),
    )
    name = forms.CharField(
        label=_("Tên kết quả"),
        max_length=300,
    )
    upload = forms.FileField(label=_("Tệp kết quả điện tử"), required=False, allow_empty_file=True)
    kept = forms.CharField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limits = documents.limits()
        self.fields["upload"].help_text = gettext(
            "Nếu có thì người nộp tải về được. Tối đa %(size)s; nhận %(types)s."
        ) % {"size": limits.size_text, "types": limits.types_text}
        self.fields["upload"].widget.attrs.update(accept=limits.accept)
        if self.occasion.sheet.results and not self.is_bound:
            self.fields["name"].initial = self.occasion.sheet.results[0].name
        self.card: FileCard | None = None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.card = self._taken_in(data.get("upload")) or self._kept(data.get("kept", ""))
        if self.card is not None:
            typed = {name: self.data.get(name, "") for name in self.data}
            self.data = typed | {"kept": signing.dumps(self.card.id, salt=KEPT_FILE)}
        return data

    def _taken_in(self, upload: Any) -> FileCard | None:
        if not upload:
            return None
        try:
            return document_services.store(
                upload=upload, name=upload.name, actor=self.occasion.actor, at=self.occasion.at
            )
        except Refusal as refusal:
            self.add_error("upload", sentence(refusal))
            return None

    def _kept(self, token: str) -> FileCard | None:
        try:
            return documents.card(signing.loads(token, salt=KEPT_FILE, max_age=24 * 3600)) if token else None
        except (signing.BadSignature, Refusal):
            return None

    def send(self) -> Act:
        return services.issue_result(
            **self.common,
            task_key=self.task_key,
            number=self.cleaned_data["number"],
            name=self.cleaned_data["name"],
            file_id=self.card.id if self.card else None,
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
        wanted = self.occasion.state.contents.delivery.how
        self.fields["how"].initial = wanted
        self.fields["received_by"].initial = self.occasion.state.contents.applicant.name
        if (self.data.get("how") if self.is_bound else wanted) == "online":  # nobody stands there to sign
            self.fields["received_by"].required = self.fields["proof"].required = False

    def send(self) -> Act:
        data = self.cleaned_data
        online = data["how"] == "online"
        with transaction.atomic():  # closed with it, or nothing of both
            act = services.return_result(
                **self.common,
                how=data["how"],
                received_by="" if online else data["received_by"].strip(),
                proof="" if online else data["proof"].strip(),
            )
            if data["and_close"]:
                common = self.common
                common["expected_version"] = act.version
                act = services.close(**common)
        return act


class Close(VerbForm):
    note = note_field(_("Ghi chú lưu trữ"))

    def send(self) -> Act:
        return services.close(**self.common, note=self.cleaned_data["note"])
