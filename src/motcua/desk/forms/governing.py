"""The forms of governing the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.agencies.rules.cards import AgencyCard
from motcua.catalogue import labels
from motcua.catalogue.enums import Change, OnlineLevel, ServiceKind
from motcua.catalogue.queries import ProposalCard
from motcua.catalogue.rules import announcing
from motcua.catalogue.rules.online import Wish, asks_for_ministry
from motcua.catalogue.services import Decision, ItemEntry, OnlineDecisionEntry
from motcua.desk.forms.choices import first_choice, named
from motcua.law.rules import Regulation
from motcua.theme.day_fields import DayField
from motcua.theme.forms import FaceForm


def _text(label: Any, rows: int = 4, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **more)


class RecordAnnouncement(FaceForm):
    """A decision that announces procedures; one procedure on each line, the code first."""

    number = forms.CharField(label=_("Số, ký hiệu quyết định"), max_length=60)
    title = forms.CharField(label=_("Trích yếu"), max_length=500)
    signer = forms.CharField(label=_("Người ký"), max_length=200, initial=_("Chủ tịch Ủy ban nhân dân tỉnh"))
    signed_on = DayField(label=_("Ngày ký"))
    effective_on = DayField(label=_("Ngày có hiệu lực"))
    lead_agency = forms.ChoiceField(
        label=_("Cơ quan chủ trì tham mưu"),
        help_text=_("Cơ quan này chịu trách nhiệm về nội dung của các thủ tục."),
    )
    new = _text(
        _("Thủ tục ban hành mới"),
        rows=3,
        required=False,
        help_text=_("Mỗi dòng một thủ tục: mã rồi đến tên. Thủ tục đã có trên Hệ thống chỉ cần ghi mã."),
    )
    changed = forms.CharField(
        label=_("Thủ tục sửa đổi, bổ sung, thay thế"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    repealed = forms.CharField(
        label=_("Thủ tục bãi bỏ"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    has_process = forms.BooleanField(
        label=_("Quy trình nội bộ đã được phê duyệt cùng quyết định"), required=False
    )

    def __init__(self, *args: Any, leads: Sequence[AgencyCard], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [(str(card.id), card.name) for card in leads]
        self.choice_field("lead_agency").choices = (
            found if len(found) == 1 else first_choice(gettext("Chọn cơ quan"), found)
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        found: list[announcing.Named] = []
        for change in Change:
            lines, bad = announcing.named(data.get(str(change), "") or "", change)
            found += lines
            if bad:
                text = gettext("Dòng %(lines)s không bắt đầu bằng mã thủ tục, ví dụ 1.004873.")
                self.add_error(str(change), text % {"lines": ", ".join(map(str, bad))})
        data["procedures"] = tuple(found)
        return data

    def decision(self) -> Decision:
        data = self.cleaned_data
        return Decision(
            number=data["number"],
            title=data["title"],
            signer=data["signer"],
            signed_on=data["signed_on"],
            effective_on=data["effective_on"],
            lead_agency_id=int(data["lead_agency"]),
            procedures=data["procedures"],
            has_process=data["has_process"],
        )


class FulfilDuty(FaceForm):
    """When something was done and by what it can be seen."""

    done_on = DayField(label=_("Ngày hoàn thành"), help_text=_("Ngày việc đã thực sự xong."))
    proof = _text(
        _("Căn cứ"),
        rows=3,
        max_length=500,
        help_text=_("Ví dụ: Công văn số 120/STP-HC ngày 04/11/2024; địa chỉ trang đã đăng."),
    )

    def __init__(self, *args: Any, asks_day: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_day:
            del self.fields["done_on"]


class AskCorrection(FaceForm):
    """What of the published content is to be put right, and by which body."""

    to = forms.ChoiceField(label=_("Cơ quan cập nhật lại"), widget=forms.RadioSelect())
    asked = _text(
        _("Nội dung cần cập nhật lại"),
        rows=3,
        max_length=500,
        help_text=_("Nội dung nào chưa thống nhất, chưa phù hợp quy định, và cần sửa thế nào."),
    )

    def __init__(self, *args: Any, bodies: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choice_field("to").choices = list(bodies)


class ProposeLevel(FaceForm):
    """What an agency proposes for a procedure; the regulation says what must be stated."""

    level = forms.ChoiceField(label=_("Mức độ đề xuất"), widget=forms.RadioSelect())
    service_kind = forms.ChoiceField(
        label=_("Loại dịch vụ"),
        widget=forms.RadioSelect(),
        choices=named(labels.SERVICE),
        initial=ServiceKind.ADMINISTRATIVE.value,
    )
    year = forms.ChoiceField(label=_("Thuộc lộ trình năm"))
    starts_on = DayField(label=_("Thời gian bắt đầu thực hiện"), required=False)
    criteria = forms.MultipleChoiceField(
        label=_("Tiêu chí ưu tiên đáp ứng được"), required=False, widget=forms.CheckboxSelectMultiple()
    )
    reason = _text(_("Lý do, lộ trình thực hiện"), max_length=2000)
    opinions = _text(
        _("Ý kiến đã lấy"),
        required=False,
        max_length=2000,
        help_text=_("Của cơ quan, đơn vị liên quan và đối tượng chịu tác động."),
    )
    ministry = forms.CharField(
        label=_("Bộ, cơ quan ngang bộ đã công bố thủ tục"), required=False, max_length=200
    )
    ministry_number = forms.CharField(
        label=_("Số, ký hiệu quyết định công bố"), required=False, max_length=60
    )
    ministry_signed_on = DayField(label=_("Ngày ký quyết định công bố"), required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput(), min_value=0, max_value=10**9)

    def __init__(
        self,
        *args: Any,
        regulation: Regulation,
        today: date,
        was: OnlineLevel,
        level_names: dict[OnlineLevel, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.choice_field("level").choices = [
            (level.value, name) for level, name in level_names.items() if level is not was
        ]
        self.choice_field("year").choices = [(str(today.year + n), str(today.year + n)) for n in (1, 0)]
        criteria = regulation.words("catalogue.criteria")
        if criteria:
            self.choice_field("criteria").choices = [(each, each) for each in criteria]
        else:
            del self.fields["criteria"]
        states = regulation.words("catalogue.states")
        # The service refuses what lacks it, with the clause; here the mark "not required" must not mislead.
        self.want("starts_on", really="timetable" in states)
        self.want("opinions", really="opinions" in states)
        self.want("criteria", really=bool(regulation.number("catalogue.min_criteria")))
        for name in ("ministry", "ministry_number", "ministry_signed_on"):
            if asks_for_ministry(regulation):
                self.want(name)
            else:
                del self.fields[name]

    def wish(self) -> Wish:
        data = self.cleaned_data
        return Wish(
            level=OnlineLevel(data["level"]),
            service_kind=ServiceKind(data["service_kind"]),
            starts_on=data["starts_on"],
            criteria=tuple(data.get("criteria", ())),
            reason=data["reason"],
            opinions=data["opinions"],
            year=int(data["year"]),
            ministry=data.get("ministry", ""),
            ministry_number=data.get("ministry_number", ""),
            ministry_signed_on=data.get("ministry_signed_on"),
        )


def known_of(card: ProposalCard) -> dict[str, Any]:
    """A proposal as `ProposeLevel` shows it again."""
    return {
        "level": card.level.value,
        "service_kind": card.service_kind.value,
        "year": str(card.year),
        "starts_on": card.starts_on,
        "criteria": list(card.criteria),
        "reason": card.reason,
        "opinions": card.opinions,
        "ministry": card.ministry,
        "ministry_number": card.ministry_number,
        "ministry_signed_on": card.ministry_signed_on,
        "version": card.version,
    }


class Assess(FaceForm):
    """What the assessor says, and what is settled for the service."""

    what = forms.ChoiceField(
        label=_("Ý kiến thẩm định"),
        widget=forms.RadioSelect(),
        choices=named({key: labels.PROPOSAL_ACT[key] for key in ("support", "oppose", "return")}),
    )
    text = _text(_("Nội dung thẩm định"), max_length=2000)
    version = forms.IntegerField(widget=forms.HiddenInput(), min_value=0, max_value=10**9)

    def __init__(self, *args: Any, regulation: Regulation, is_assessed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_assessed:
            self.choice_field("what").choices = [
                (key, gettext(labels.PROPOSAL_ACT[key])) for key in ("support", "oppose")
            ]
        self.parts = regulation.words("catalogue.solution")
        self.want(*self.parts)
        for part in self.parts:
            self.fields[part] = forms.CharField(
                label=gettext(labels.SOLUTION[part]), required=False, max_length=1000
            )

    def solution(self) -> dict[str, str]:
        return {part: self.cleaned_data[part] for part in self.parts}


class RecordOnlineDecision(FaceForm):
    """A decision on assessed proposals: each is approved, not approved, or not in it."""

    number = forms.CharField(label=_("Số, ký hiệu quyết định"), max_length=60)
    signer = forms.CharField(label=_("Người ký"), max_length=200, initial=_("Chủ tịch Ủy ban nhân dân tỉnh"))
    signed_on = DayField(label=_("Ngày ký"))
    effective_on = DayField(
        label=_("Ngày có hiệu lực"), help_text=_("Từ ngày này thủ tục nộp được ở mức độ mới.")
    )

    def __init__(self, *args: Any, cards: Sequence[ProposalCard], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cards = cards
        for card in cards:
            self.fields[f"p{card.id}"] = forms.ChoiceField(
                label=f"{card.code} {card.title}",
                required=False,
                choices=[
                    ("", gettext("chưa quyết định lần này")),
                    ("approve", gettext("đồng ý")),
                    ("reject", gettext("không đồng ý")),
                ],
            )

    def rows(self) -> list[tuple[ProposalCard, forms.BoundField]]:
        return [(card, self[f"p{card.id}"]) for card in self.cards]

    def entry(self) -> OnlineDecisionEntry:
        data = self.cleaned_data
        said = {card.id: data.get(f"p{card.id}") for card in self.cards}
        return OnlineDecisionEntry(
            number=data["number"],
            signer=data["signer"],
            signed_on=data["signed_on"],
            effective_on=data["effective_on"],
            approved=[each for each, word in said.items() if word == "approve"],
            rejected=[each for each, word in said.items() if word == "reject"],
        )


class SendRoadmap(FaceForm):
    note = _text(
        _("Kết quả rà soát"),
        rows=3,
        required=False,
        max_length=2000,
        help_text=_("Cần ghi nếu năm này không có đề xuất nào."),
    )


class PublicItemForm(FaceForm):
    """A piece of public information; kind and agency stay once it is up."""

    kind = forms.ChoiceField(label=_("Loại thông tin"))
    agency = forms.ChoiceField(label=_("Cơ quan chịu trách nhiệm"))
    title = forms.CharField(label=_("Tiêu đề"), max_length=200)
    body = _text(_("Nội dung"), rows=10, max_length=8000)
    source = forms.CharField(
        label=_("Văn bản giao công khai"),
        max_length=200,
        help_text=_("Số, ký hiệu và ngày của văn bản. Ví dụ: Công văn số 1200/UBND-KSTT ngày 04/11/2024."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput(), min_value=0, max_value=10**9)

    def __init__(
        self,
        *args: Any,
        kinds: Sequence[tuple[str, str]] = (),
        cards: Sequence[AgencyCard] = (),
        is_new: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if is_new:
            self.choice_field("kind").choices = list(kinds)
            self.choice_field("agency").choices = [(str(card.id), card.name) for card in cards]
        else:
            del self.fields["kind"], self.fields["agency"]

    def entry(self, *, kind: str = "", agency_id: int = 0) -> ItemEntry:
        data = self.cleaned_data
        return ItemEntry(
            kind=data.get("kind", kind),
            agency_id=int(data.get("agency", agency_id)),
            title=data["title"],
            body=data["body"],
            source=data["source"],
        )


class AddContact(FaceForm):
    name = forms.CharField(
        label=_("Tên"),
        max_length=200,
        help_text=_("Ví dụ: bộ phận một cửa; Trần Thị Chi, cán bộ tiếp nhận."),
    )
    duty = forms.CharField(
        label=_("Hỗ trợ việc gì"), max_length=200, help_text=_("Ví dụ: hướng dẫn nộp hồ sơ hộ tịch.")
    )
    phone = forms.CharField(label=_("Số điện thoại"), max_length=40, required=False)
    email = forms.CharField(label=_("Thư điện tử"), max_length=200, required=False)
    address = forms.CharField(label=_("Địa chỉ"), max_length=300, required=False)
