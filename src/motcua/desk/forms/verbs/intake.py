"""Verbs of the one-stop desk: accept, decline, supplement, hand over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.desk.forms.choices import first_choice, named
from motcua.desk.forms.papers import PaperRows, Wanted
from motcua.desk.forms.verbs.base import FormWithCases, VerbForm, note_field, reason_field
from motcua.documents import queries as documents
from motcua.dossiers import labels, queries, services
from motcua.dossiers.enums import DeclineGround
from motcua.dossiers.errors import CertifiedPapersRequired, ProvisionRequired
from motcua.dossiers.rules.state import DocumentRef, SupplementItem
from motcua.dossiers.services import Act, reading
from motcua.kernel.text import visible
from motcua.theme.errors_on_page import PageError
from motcua.theme.paper_pages import is_page_press
from motcua.theme.refusals import sentence

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import QueryDict
    from django.utils.datastructures import MultiValueDict

    from motcua.kernel.errors import Refusal


class Accept(VerbForm):
    note = note_field(_("Ghi chú trên hồ sơ"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        state, sheet = self.occasion.state, self.occasion.sheet
        if queries.waits_for_post(state, sheet, self.occasion.at.date()):
            self.fields["certified_by_post"] = forms.BooleanField(
                label=gettext("Hồ sơ giấy có chứng thực, ghi mã %(number)s, đã đến qua bưu điện")
                % {"number": state.reference},
                help_text=_(
                    "Hồ sơ trực tuyến mức độ 4 chưa có chữ ký số: có hồ sơ giấy rồi mới tiếp nhận. Xem dấu "
                    "chứng thực và mã ghi trên hồ sơ trước khi đánh dấu."
                ),
                required=False,
            )
        if any(offered.cutoff for offered in sheet.limits):
            self.fields["receipt_asked"] = forms.BooleanField(
                label=_("Người nộp đề nghị giấy tiếp nhận (thủ tục trả kết quả ngay)"),
                required=False,
                initial=state.contents.delivery.receipt_asked,
            )
            if state.contents.delivery.receipt_asked:
                self.fields["receipt_asked"].help_text = gettext("Đã đề nghị khi nộp hồ sơ trực tuyến.")

    def send(self) -> Act:
        data = self.cleaned_data
        return services.accept(
            **self.common,
            note=data["note"],
            receipt_asked=data.get("receipt_asked", False),
            certified_by_post=data.get("certified_by_post", False),
        )

    def field_of(self, refusal: Refusal) -> str | None:
        return "certified_by_post" if isinstance(refusal, CertifiedPapersRequired) else None


class IssueReceipt(VerbForm):
    """Nothing is asked: the applicant wants the receipt of what was accepted."""

    def send(self) -> Act:
        return services.issue_receipt(**self.common)


def _not_yet(grounds: Mapping[DeclineGround, Refusal | None]) -> list[tuple[str, list[str]]]:
    """Why some grounds are not offered: each reason with the names of those that it keeps back."""
    found: dict[str, list[str]] = {}
    for ground, refusal in grounds.items():
        if refusal is not None:
            found.setdefault(sentence(refusal), []).append(gettext(labels.GROUND[ground]))
    return list(found.items())


class Decline(VerbForm):
    ground = forms.ChoiceField(
        label=_("Căn cứ từ chối"),
        choices=named(labels.GROUND),
        widget=forms.RadioSelect(),
    )
    reason = reason_field(
        _("Lý do ghi trên phiếu từ chối"),
        _("Người nộp sẽ đọc đoạn này. Viết rõ vì sao và người nộp có thể làm gì tiếp theo."),
    )
    provision = forms.CharField(
        label=_("Điều khoản của pháp luật"),
        help_text=_(
            "Phải ghi khi chọn căn cứ pháp luật quy định không tiếp nhận: điều nào, của văn bản nào. "
            "Ví dụ: khoản 2 Điều 5 Nghị định số 123/2015/NĐ-CP."
        ),
        max_length=300,
        required=False,
    )
    competent = forms.CharField(
        label=_("Cơ quan có thẩm quyền"),
        help_text=_(
            "Phải ghi khi chọn căn cứ không thuộc thẩm quyền. Gõ vài chữ để chọn cơ quan trong tỉnh; cơ quan "
            "khác thì ghi đủ tên."
        ),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "agencies-beside", "autocomplete": "off"}),
    )
    guidance = note_field(
        _("Hướng dẫn nộp ở đó"),
        _("Phải ghi khi chọn căn cứ không thuộc thẩm quyền: nộp ở đâu, cách nào, mang giấy tờ gì."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        occasion = self.occasion
        grounds = reading.declinable(actor=occasion.actor, state=occasion.state, at=occasion.at)
        posted = self.data.get("ground")  # of an older page: the act refuses it, and says why
        shown = {
            ground: text
            for ground, text in labels.GROUND.items()
            if grounds[ground] is None or posted == ground.value
        }
        self.choice_field("ground").choices = named(shown)()
        self.not_yet = _not_yet(grounds)
        self.want("provision", "competent", "guidance")  # by one ground or another: their hints say which

    def agencies_beside(self) -> tuple[str, ...]:
        """What is suggested as the competent agency; it may be none of the province's."""
        return reading.agencies_beside(self.occasion.state, self.occasion.at)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("ground") == DeclineGround.NOT_COMPETENT:
            if not data.get("competent"):
                self.add_error("competent", gettext("Hãy ghi cơ quan có thẩm quyền."))
            if not visible(str(data.get("guidance", ""))):
                self.add_error("guidance", gettext("Hãy hướng dẫn người nộp ở đâu và bằng cách nào."))
        return data

    def field_of(self, refusal: Refusal) -> str | None:
        return "provision" if isinstance(refusal, ProvisionRequired) else None

    def send(self) -> Act:
        return services.decline(
            **self.common,
            ground=DeclineGround(self.cleaned_data["ground"]),
            reason=self.cleaned_data["reason"],
            competent=self.cleaned_data["competent"],
            guidance=self.cleaned_data["guidance"],
            provision=self.cleaned_data["provision"],
        )


class Redirect(VerbForm):
    agency = forms.ChoiceField(label=_("Cơ quan có thẩm quyền"))
    reason = reason_field(_("Lý do chuyển"), _("Người nộp sẽ đọc đoạn này."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.choice_field("agency")
        found = reading.redirectable(self.occasion.state, self.occasion.at)
        offered = [(str(each.agency_id), each.agency_name) for each in found]
        field.choices = first_choice(gettext("Chọn cơ quan"), offered)
        if not found:
            field.help_text = gettext(
                "Không có cơ quan nào khác trong tỉnh giải quyết thủ tục này. "
                "Nếu không thuộc thẩm quyền, hãy từ chối tiếp nhận và hướng dẫn người nộp."
            )

    def send(self) -> Act:
        return services.redirect(
            **self.common, agency_id=int(self.cleaned_data["agency"]), reason=self.cleaned_data["reason"]
        )


class RequestSupplement(VerbForm):
    """Components of the published procedure to tick, each with what is wrong with it."""

    filled_from_templates = ("reason", "guidance")

    reason = reason_field(_("Lý do phải bổ sung"))
    guidance = reason_field(
        _("Hướng dẫn người nộp"),
        _("Ghi đầy đủ trong một lần: cần giấy gì, theo mẫu nào, nộp ở đâu và bằng cách nào."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        target = self.occasion.state.target
        self.components = self.occasion.sheet.components_for(target.channel, target.variant)
        for index, component in enumerate(self.components):
            self.fields[f"ask_{index}"] = forms.BooleanField(label=component.called, required=False)
            self.fields[f"what_{index}"] = forms.CharField(
                label=_("Nội dung cần bổ sung"), required=False, max_length=500
            )
        if self.occasion.state.requests:
            self.fields["again_ground"] = note_field(
                _("Căn cứ yêu cầu bổ sung thêm lần nữa"),
                _("Đã yêu cầu bổ sung một lần. Nếu quy chế chỉ cho hướng dẫn một lần thì phải nêu căn cứ."),
            )
        self.order_fields([name for name in self.fields if name.startswith(("ask_", "what_"))])

    def rows(self) -> list[dict[str, object]]:
        """For the template: one row for each component; of the e-form, which sections may be named."""
        titles = "; ".join(section.title for section in self.occasion.sheet.eform)
        return [
            {
                "ask": self[f"ask_{index}"],
                "what": self[f"what_{index}"],
                "component": component,
                "sections": titles if self.occasion.sheet.is_answered(component) else "",
            }
            for index, component in enumerate(self.components)
        ]

    def others(self) -> list[forms.BoundField]:
        """The fields below the table of components."""
        return [self[name] for name in ("reason", "guidance", "again_ground") if name in self.fields]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.components and not any(data.get(f"ask_{i}") for i in range(len(self.components))):
            self.add_error("ask_0", gettext("Hãy đánh dấu ít nhất một giấy tờ cần bổ sung."))
            return data
        if self.occasion.sheet.has_unknown_papers and not visible(str(data.get("what_0") or "")):
            self.add_error("what_0", gettext("Hãy ghi tên từng giấy tờ cần bổ sung."))
            return data
        for index, component in enumerate(self.components):
            if visible(str(data.get(f"what_{index}") or "")) and not data.get(f"ask_{index}"):
                text = gettext("Đã ghi cần bổ sung gì nhưng chưa đánh dấu “%(name)s”.")
                self.add_error(f"ask_{index}", text % {"name": component.called})
        return data

    def items(self) -> tuple[SupplementItem, ...]:
        data = self.cleaned_data
        return tuple(
            SupplementItem(component.key, visible(data[f"what_{index}"]) or component.called)
            for index, component in enumerate(self.components)
            if data[f"ask_{index}"]
        )

    def send(self) -> Act:
        return services.request_supplement(
            **self.common,
            items=self.items(),
            reason=self.cleaned_data["reason"],
            guidance=self.cleaned_data["guidance"],
            again_ground=self.cleaned_data.get("again_ground", ""),
        )


class ReleaseSupplement(VerbForm):
    """What would be asked stands above the form; agreeing sends it as it is."""

    def send(self) -> Act:
        return services.release_supplement(**self.common, task_key=self.task_key)


class ReturnSupplement(VerbForm):
    reason = reason_field(_("Vì sao không đồng ý"), _("Người đề xuất đọc đoạn này; người nộp thì không."))

    def send(self) -> Act:
        return services.return_supplement(
            **self.common, task_key=self.task_key, reason=self.cleaned_data["reason"]
        )


class TellApplicant(VerbForm):
    """What is to be told stands above the form; it goes out as it is."""

    def send(self) -> Act:
        return services.tell_applicant(**self.common, task_key=self.task_key)


class Supplement(VerbForm):
    """Papers brought to the counter: what the last request asked for, or whatever a registration lacks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        awaited = self.occasion.state.supplement_awaited()
        wanted = self._asked(awaited.items) if awaited else self._of_the_procedure()
        self.papers = PaperRows(wanted, self.data if self.is_bound else None)
        self.limits = documents.limits()
        if self.is_bound:
            files = cast("MultiValueDict[str, UploadedFile[bytes]]", self.files)
            self.papers.take_in(files, actor=self.occasion.actor, at=self.occasion.at)

    def _asked(self, items: tuple[SupplementItem, ...]) -> list[Wanted]:
        components = {component.key: component for component in self.occasion.sheet.papers}
        return [
            Wanted.of(components[item.key], item.what)
            if item.key in components
            else Wanted(item.key, item.what)
            for item in items
        ]

    def _of_the_procedure(self) -> list[Wanted]:
        """Every paper of the procedure; of those that are here already, in which numbers."""
        target, contents = self.occasion.state.target, self.occasion.state.contents
        here = {each.key: each for each in contents.documents}
        return [
            Wanted.of(component, _here(here.get(component.key)))
            for component in self.occasion.sheet.components_for(target.channel, target.variant)
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for _field, message in self.papers.errors():
            self.add_error(None, message)
        return data

    def linked(self, errors: list[PageError]) -> list[PageError]:
        return self.papers.linked(errors)

    def arranged(self, typed: QueryDict) -> bool:
        """Do what was pressed beside a page; what was chosen has been taken in."""
        if not is_page_press(typed):
            return False
        self.papers.press(typed)
        self.unjudged()
        return True

    def send(self) -> Act:
        occasion = self.occasion
        papers = self.papers.documents(actor=occasion.actor, at=occasion.at)
        return services.supplement(**self.common, documents=papers)


def _here(paper: DocumentRef | None) -> str:
    if paper is None or not (paper.originals or paper.copies):
        return ""
    text = gettext("Đã ghi nhận %(originals)d bản chính, %(copies)d bản sao; ghi lại nếu cần sửa.")
    return text % {"originals": paper.originals, "copies": paper.copies}


class HandOver(FormWithCases):
    note = note_field(_("Ghi chú cho đơn vị giải quyết"))

    def send(self) -> Act:
        return services.hand_over(
            **self.common, task_key=self.task_key, note=self.cleaned_data["note"], outcome=self.case
        )
