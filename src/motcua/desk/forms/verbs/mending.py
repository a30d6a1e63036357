"""Putting right what was recorded by mistake."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.accounts.rules.identity_cards import read_card
from motcua.desk import labels as desk_labels
from motcua.desk.forms.choices import named
from motcua.desk.forms.verbs.base import reason_field
from motcua.desk.forms.verbs.with_file import FormWithFile
from motcua.dossiers import labels, services
from motcua.dossiers.enums import Correctable
from motcua.dossiers.errors import (
    AddressRequired,
    BadBirthday,
    BadEstablishment,
    BadLine,
    BadPassport,
    BadPersonalId,
    BadPhone,
    BadRequestDay,
    BadTaxCode,
    BirthdayRequired,
    NationalityRequired,
    NumberDiffersFromBirth,
    SeenPaperRequired,
    WayNotRequested,
)
from motcua.dossiers.services import Act, reading
from motcua.kernel.errors import N_, Refusal
from motcua.theme.day_fields import BirthField, DayField
from motcua.theme.wording import short_day

_NEVER_EMPTY = {"name", "personal_id", "passport", "nationality", "organisation_number"}
_OF_OFFICE = frozenset(
    {Correctable.DECISION, Correctable.DECLINE, Correctable.SUPPLEMENT, Correctable.ENDING}
)
_OF_ANOTHER = N_(
    "Bạn đã sửa ô này nhưng chọn đính chính “%(chosen)s”. Mỗi lần đính chính một loại: hãy chọn “%(own)s”, "
    "hoặc ghi lại “%(before)s” rồi đính chính ô này ở lần sau."
)
_OF_ANOTHER_EMPTY = N_(
    "Bạn đã điền ô này nhưng chọn đính chính “%(chosen)s”. Mỗi lần đính chính một loại: hãy chọn “%(own)s”, "
    "hoặc xóa ô này rồi đính chính ở lần sau."
)
_FIELDS: dict[type[Refusal], str] = {
    BadPersonalId: "personal_id",
    NumberDiffersFromBirth: "personal_id",
    BadBirthday: "date_of_birth",
    BirthdayRequired: "date_of_birth",
    SeenPaperRequired: "seen",
    BadPhone: "phone",
    BadLine: "phone",
    BadPassport: "passport",
    NationalityRequired: "nationality",
    BadTaxCode: "organisation_number",
    BadEstablishment: "organisation_number",
    BadRequestDay: "requested_on",
    WayNotRequested: "request",
    AddressRequired: "delivery_address",
}


class Correct(FormWithFile):
    """Which thing to put right, and the fields of each as they stand.

    One correction is of one thing: what was changed of another would be lost, and is refused where it stands.
    """

    what = forms.ChoiceField(label=_("Đính chính gì"), widget=forms.RadioSelect())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        occasion = self.occasion
        self.open = reading.correctable(actor=occasion.actor, view=occasion.dossier)
        what = self.choice_field("what")
        what.choices = [(each.value, gettext(labels.CORRECTABLE[each])) for each in self.open]
        if len(self.open) == 1:
            what.initial = next(iter(self.open)).value
        for each, fields in self.open.items():
            for name, text in fields.items():
                self.fields[name] = self._field(name, text)
            if each is Correctable.IDENTITY:
                self.fields["seen"] = forms.CharField(
                    label=_("Giấy tờ đã xem"),
                    help_text=_(
                        "Phải ghi khi đính chính số định danh, ngày sinh. "
                        "Ví dụ: thẻ căn cước cấp ngày 12/05/2022."
                    ),
                    max_length=300,
                    required=False,
                )
            if each is Correctable.DELIVERY:
                self.fields |= _of_request()
        self.fields["reason"] = reason_field(_("Lý do đính chính"))
        of_office = set(self.open) <= _OF_OFFICE
        self.fields["upload"].label = (
            gettext("Giấy tờ làm căn cứ") if of_office else gettext("Giấy đề nghị của người nộp")
        )
        self.want(*(self.fields.keys() & _NEVER_EMPTY))

    def _field(self, name: str, text: str) -> forms.Field:
        label = gettext(desk_labels.CORRECTED[name])
        if name == "how":
            occasion = self.occasion
            ways = reading.changed_ways(state=occasion.state, sheet=occasion.sheet, at=occasion.at)
            names = {way: desk_labels.DELIVERY[way] for way in ways}
            said = occasion.sheet.must_come
            return forms.ChoiceField(
                label=label, choices=named(names), initial=text, required=False, help_text=said
            )
        if name == "date_of_birth":
            return BirthField(label=label, initial=date.fromisoformat(text) if text else "", required=False)
        if name == "personal_id":
            return forms.CharField(
                label=label,
                help_text=_("Quét thẻ, hoặc gõ 12 chữ số."),
                initial=text,
                required=False,
                max_length=500,  # a scanner types the whole card into it
                widget=forms.TextInput(attrs={"autocomplete": "off", "data-mc-select": ""}),
            )
        if name == "email":
            return forms.EmailField(label=label, initial=text, required=False, max_length=254)
        return forms.CharField(label=label, initial=text, required=False, max_length=300)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen = data.get("what")
        # On a page older than the dossier a difference may be a colleague's: that it is old comes first.
        if not chosen or data.get("version") != self.occasion.dossier.version:
            return data
        said = {"chosen": gettext(labels.CORRECTABLE[Correctable(chosen)])}
        for what, fields in self.open.items():
            if what == chosen:
                continue
            for name, before in fields.items():
                if name in self.data and name in data and _text(data[name]) != before.strip():
                    said |= {"own": gettext(labels.CORRECTABLE[what]), "before": _as_shown(name, before)}
                    self.add_error(name, gettext(_OF_ANOTHER if before else _OF_ANOTHER_EMPTY) % said)
        return data

    def clean_personal_id(self) -> str:
        typed = str(self.cleaned_data["personal_id"])
        card = read_card(typed)
        return card.personal_id if card else typed

    def field_of(self, refusal: Refusal) -> str | None:
        return _FIELDS.get(type(refusal))

    def send(self) -> Act:
        what = Correctable(self.cleaned_data["what"])
        data = self.cleaned_data
        return services.correct(
            **self.common,
            what=what,
            values={name: _text(data[name]) for name in self.open[what]},
            reason=data["reason"],
            seen=data.get("seen", ""),
            file_id=self.file_id,
            requested_on=data.get("requested_on"),
            request=data.get("request", ""),
        )


def _as_shown(name: str, text: str) -> str:
    """What a field holds, as its reader sees it on the page."""
    if name == "how" and text:
        return gettext(desk_labels.DELIVERY[text])
    return short_day(date.fromisoformat(text)) if name == "date_of_birth" and text else text


def _of_request() -> dict[str, forms.Field]:
    """When and how the applicant asked for another way of return."""
    return {
        "requested_on": DayField(
            label=_("Ngày người nộp đề nghị"),
            help_text=_("Phải ghi khi đổi cách nhận kết quả của hồ sơ nộp trực tuyến."),
            required=False,
        ),
        "request": forms.CharField(
            label=_("Đề nghị được đưa ra thế nào"),
            help_text=_("Ví dụ: gọi điện đến bộ phận một cửa; nói trực tiếp tại quầy; thư điện tử."),
            max_length=200,
            required=False,
        ),
    }


def _text(value: str | date | None) -> str:
    """What a field says, as the rule takes it: a day as ISO writes it."""
    return value.isoformat() if isinstance(value, date) else (value or "").strip()
