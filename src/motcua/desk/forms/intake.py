"""Counter intake in one page: the person, the procedure, the papers, the wish for the result."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.accounts import queries as accounts
from motcua.accounts.queries import AccountCard
from motcua.accounts.rules import entries, identifiers
from motcua.accounts.rules.identity_cards import read_card
from motcua.agencies.rules.cards import AgencyCard
from motcua.catalogue.enums import Channel
from motcua.desk import labels as desk_labels
from motcua.desk.forms import eform
from motcua.desk.forms.choices import named
from motcua.desk.forms.papers import PaperRows, Wanted
from motcua.dossiers import labels
from motcua.dossiers.enums import Capacity
from motcua.dossiers.rules.state import Applicant, ResultDelivery
from motcua.kernel.actors import Actor
from motcua.theme.day_fields import BIRTH, DayField
from motcua.theme.forms import FaceForm

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import QueryDict
    from django.utils.datastructures import MultiValueDict

    from motcua.catalogue.rules.sheets import ProcedureSheet

CHANNELS = {channel.value: labels.CHANNEL[channel] for channel in (Channel.COUNTER, Channel.POSTAL)}
_TWELVE = re.compile(r"\d{12}")


def capacities() -> list[tuple[str, str]]:
    return [("", gettext("Không có người nộp thay")), *named(labels.CAPACITY)()]


@dataclass(frozen=True, slots=True)
class Sent:
    """The files that came with the page, and who sent them."""

    files: MultiValueDict[str, UploadedFile[bytes]]
    actor: Actor
    at: datetime


class Intake(FaceForm):
    """Used bound when a dossier is to be made, unbound with `initial` while things are looked up."""

    request_key = forms.CharField(
        widget=forms.HiddenInput(), validators=[RegexValidator(r"^[0-9a-f]{32}$")], max_length=32
    )
    version_id = forms.IntegerField(required=False, widget=forms.HiddenInput())
    channel = forms.ChoiceField(label=_("Cách nộp"), choices=named(CHANNELS), widget=forms.RadioSelect())
    agency = forms.TypedChoiceField(label=_("Bộ phận một cửa"), coerce=int)
    personal_id = forms.CharField(
        label=_("Số định danh cá nhân"),
        help_text=_("Quét mã QR trên thẻ căn cước, hoặc gõ 12 chữ số."),
        max_length=500,  # a scanner types the whole card into it
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    name = forms.CharField(
        label=_("Họ và tên chủ hồ sơ"),
        max_length=200,
    )
    date_of_birth = DayField(label=_("Ngày sinh"), required=False, example=BIRTH)
    phone = forms.CharField(label=_("Số điện thoại"), required=False, max_length=15)
    email = forms.EmailField(
        label=_("Thư điện tử"),
        required=False,
        error_messages={"invalid": _("Thư điện tử chưa đúng dạng, ví dụ ten@example.vn.")},
    )
    address = forms.CharField(label=_("Địa chỉ"), required=False, max_length=300)
    submitter_name = forms.CharField(
        label=_("Người nộp thay"),
        required=False,
        max_length=200,
        help_text=_("Chỉ ghi khi người nộp không phải chủ hồ sơ."),
    )
    submitter_capacity = forms.ChoiceField(
        label=_("Tư cách của người nộp thay"), required=False, choices=capacities
    )
    submitter_paper = forms.CharField(
        label=_("Giấy tờ chứng minh tư cách"),
        required=False,
        max_length=300,
        help_text=_("Ví dụ: giấy ủy quyền số 12, chứng thực ngày 04/03/2024; thẻ nhân viên bưu chính."),
    )
    procedure_text = forms.CharField(
        label=_("Tìm thủ tục"),
        required=False,
        max_length=200,
        help_text=_("Gõ mã, ba số cuối của mã, hoặc vài chữ trong tên. Ví dụ: khai sinh, 1.001193, 193."),
    )
    all_papers = forms.BooleanField(label=_("Đã nhận đủ giấy tờ bắt buộc, đúng số bản"), required=False)
    variant = forms.CharField(label=_("Trường hợp giải quyết"), required=False, max_length=300)
    delivery = forms.ChoiceField(
        label=_("Nhận kết quả"), choices=named(desk_labels.DELIVERY), widget=forms.RadioSelect()
    )
    delivery_address = forms.CharField(label=_("Địa chỉ nhận kết quả"), required=False, max_length=300)
    postal_number = forms.CharField(label=_("Số vận đơn bưu chính"), required=False, max_length=60)
    receipt_asked = forms.BooleanField(
        label=_("Người nộp đề nghị giấy tiếp nhận (thủ tục trả kết quả ngay)"), required=False
    )
    note = forms.CharField(
        label=_("Ghi chú"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        agencies: tuple[AgencyCard, ...],
        sheet: ProcedureSheet | None,
        today: date,
        initial: dict[str, Any] | None = None,
        sent: Sent | None = None,
        channels: tuple[str, ...] = tuple(CHANNELS),
    ) -> None:
        typed = data if data is not None else initial or {}
        usual = Channel.COUNTER.value if Channel.COUNTER.value in channels else channels[0]
        back = "postal" if usual == Channel.POSTAL.value else "counter"
        start = {"channel": usual, "delivery": back, "request_key": uuid4().hex}
        super().__init__(data, initial={**start, **(initial or {})})
        self.choice_field("channel").choices = named({key: CHANNELS[key] for key in channels})()
        self.sheet, self.today = sheet, today
        self._set_agencies(agencies)
        self.papers = PaperRows((), None)
        if sheet is not None:
            self._set_sheet(sheet, typed)
        if sent is not None:
            self.papers.take_in(sent.files, actor=sent.actor, at=sent.at)

    def renew_key(self) -> None:
        """What is typed becomes a press of its own."""
        typed = cast("QueryDict", self.data).copy()
        typed["request_key"] = uuid4().hex
        self.data = typed

    def _set_agencies(self, agencies: tuple[AgencyCard, ...]) -> None:
        field = self.choice_field("agency")
        field.choices = [(card.id, card.name) for card in agencies]
        if len(agencies) == 1:
            field.widget = forms.HiddenInput()
            self.initial.setdefault("agency", agencies[0].id)

    def _set_sheet(self, sheet: ProcedureSheet, typed: Mapping[str, Any]) -> None:
        if sheet.variants:
            choices = [("", gettext("Chọn trường hợp"))] + [(name, name) for name in sheet.variants]
            self.fields["variant"].widget = forms.Select(choices=choices)
        self.fields.update(eform.fields_of(sheet.eform))
        channel = str(typed.get("channel") or Channel.COUNTER.value)
        wanted = sheet.components_for(channel, str(typed.get("variant") or "") or None)
        self.papers = PaperRows(
            [Wanted.of(component) for component in wanted], typed, all_required=bool(typed.get("all_papers"))
        )

    @property
    def gives_result_at_once(self) -> bool:
        """Whether the result is promised for the day of receipt, so that a receipt may be left out."""
        return self.sheet is not None and any(offered.cutoff for offered in self.sheet.limits)

    def questions(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Sections of the e-form for the template."""
        sections = self.sheet.eform if self.sheet else ()
        return [
            (gettext(section.title), [self[eform.PREFIX + question.key] for question in section.fields])
            for section in sections
        ]

    def clean_personal_id(self) -> str:
        card = read_card(self.cleaned_data["personal_id"])
        if card is not None:
            return card.personal_id
        digits = re.sub(r"[\s.\-]", "", self.cleaned_data["personal_id"])
        if not (digits.isascii() and _TWELVE.fullmatch(digits)):
            raise forms.ValidationError(gettext("Số định danh cá nhân gồm đúng 12 chữ số."))
        return digits

    def clean_phone(self) -> str:
        """Who comes to the counter may have no phone; a number that is given must be one."""
        typed = str(self.cleaned_data["phone"]).strip()
        number = identifiers.phone(typed) if typed else ""
        if number is None:
            raise forms.ValidationError(gettext(entries.BAD_PHONE))
        return number

    def clean_name(self) -> str:
        return " ".join(str(self.cleaned_data["name"]).split())

    def clean_date_of_birth(self) -> date | None:
        day: date | None = self.cleaned_data["date_of_birth"]
        if entries.check_birth(day, self.today):
            raise forms.ValidationError(gettext(entries.BAD_BIRTH))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.sheet is None:
            self.add_error("procedure_text", gettext("Hãy chọn thủ tục."))
        elif self.sheet.variants and data.get("variant") not in self.sheet.variants:
            self.add_error("variant", gettext("Hãy chọn trường hợp giải quyết."))
        if data.get("submitter_name") and not data.get("submitter_capacity"):
            self.add_error("submitter_capacity", gettext("Hãy chọn tư cách của người nộp thay."))
        if data.get("submitter_name") and not str(data.get("submitter_paper", "")).strip():
            self.add_error("submitter_paper", gettext("Hãy ghi giấy tờ chứng minh tư cách."))
        if data.get("channel") == Channel.POSTAL.value and not str(data.get("postal_number", "")).strip():
            self.add_error("postal_number", gettext("Hãy ghi số vận đơn bưu chính."))
        if data.get("delivery") == "postal" and not _filled(data, "delivery_address", "address"):
            self.add_error("delivery_address", gettext("Hãy ghi địa chỉ nhận kết quả."))
        self.answers: dict[str, str] = {}
        if self.sheet is not None:
            self.answers, errors = eform.answers(self.sheet.eform, data, self.today)
            for name, message in errors.items():
                self.add_error(name, message)
        for _name, message in self.papers.errors():
            self.add_error(None, message)
        return data

    def applicant(self) -> Applicant:
        data = self.cleaned_data
        return Applicant(
            name=data["name"],
            personal_id=data["personal_id"],
            phone=data["phone"].strip(),
            email=data["email"],
            address=data["address"].strip(),
            date_of_birth=data["date_of_birth"],
        )

    def filing(self) -> dict[str, Any]:
        """What every way to enter the dossier takes; it is owned by the account that is surely theirs."""
        data = self.cleaned_data
        assert self.sheet is not None
        account = accounts.same_citizen(data["personal_id"], name=data["name"], born=data["date_of_birth"])
        return {
            "procedure_version_id": self.sheet.version_id,
            "agency_id": data["agency"],
            "applicant": self.applicant(),
            "submission_key": data["request_key"],
            "form_data": self.answers,
            "documents": self.papers.documents(),
            "delivery": self.delivery_wish(),
            "variant": data["variant"],
            "owner_id": str(account.id) if account else "",
        }

    def submitter(self) -> dict[str, Any]:
        """Who brings it for the applicant, as the service takes it; nobody if there is no name."""
        data = self.cleaned_data
        name = data["submitter_name"].strip()
        if not name:
            return {}
        capacity = Capacity(data["submitter_capacity"])
        return {"submitter_name": name, "capacity": capacity, "authority": data["submitter_paper"].strip()}

    def delivery_wish(self) -> ResultDelivery:
        data = self.cleaned_data
        address = (
            (data["delivery_address"] or data["address"]).strip() if data["delivery"] == "postal" else ""
        )
        return ResultDelivery(how=data["delivery"], address=address)


def read_off(typed: dict[str, Any]) -> dict[str, Any] | None:
    """The entries with what a scanned card says in them; None where no card was scanned.

    Another card is another person: nothing of the one before stays.
    """
    card = read_card(str(typed.get("personal_id", "")))
    if card is None:
        return None
    born = card.date_of_birth.strftime("%d/%m/%Y") if card.date_of_birth else ""
    empty = dict.fromkeys(("phone", "email", "submitter_name"), "")
    found = {
        "personal_id": card.personal_id,
        "name": card.name,
        "date_of_birth": born,
        "address": card.address,
    }
    return typed | empty | found


def filled_in(typed: dict[str, Any], card: AccountCard) -> dict[str, Any]:
    """What is known of a person, written only where nothing was typed yet.

    Of an account that nobody has compared with a card, telephone and mailbox are left to be asked: they may
    be those of whoever typed this number, and letters and codes about the dossier would go there.
    """
    known = {
        "name": card.full_name,
        "address": card.address,
        "date_of_birth": card.date_of_birth.strftime("%d/%m/%Y") if card.date_of_birth else "",
    }
    if card.is_identity_checked:
        known |= {"phone": card.phone, "email": card.email}
    return typed | {key: value for key, value in known.items() if not str(typed.get(key, "")).strip()}


def _filled(data: Mapping[str, Any], *names: str) -> bool:
    return any(str(data.get(name) or "").strip() for name in names)
