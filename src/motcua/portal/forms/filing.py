"""Forms of a filing: whose matter it is and where it goes, the procedure's own e-form, the declaration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.accounts.queries import AccountCard
from motcua.accounts.rules import entries, identifiers
from motcua.catalogue.enums import FieldKind
from motcua.catalogue.rules import eforms
from motcua.catalogue.rules.cards import Offer
from motcua.catalogue.rules.eforms import FormField, FormSection
from motcua.catalogue.rules.sheets import ProcedureSheet
from motcua.dossiers.rules.state import Applicant, ResultDelivery, State
from motcua.theme.forms import FaceForm

RADIOS_AT_MOST = 6
DELIVERIES = (
    ("online", _("Bản điện tử trên trang này")),
    ("counter", _("Đến nhận tại bộ phận một cửa")),
    ("postal", _("Gửi qua bưu điện về địa chỉ của tôi")),
)


class DetailsForm(FaceForm):
    """Case, agency, applicant, and how the result is wanted."""

    variant = forms.ChoiceField(label=_("Trường hợp của bạn"), widget=forms.RadioSelect())
    agency = forms.ChoiceField(label=_("Cơ quan giải quyết"))
    name = forms.CharField(label=_("Họ và tên"), max_length=150)
    personal_id = forms.CharField(
        label=_("Số định danh cá nhân"),
        help_text=_("12 chữ số in trên thẻ căn cước."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "spellcheck": "false"}),
    )
    date_of_birth = forms.CharField(
        label=_("Ngày sinh"),
        help_text=_("Ngày, tháng, năm. Ví dụ: 15/03/1990."),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    phone = forms.CharField(label=_("Số điện thoại di động"), widget=forms.TextInput(attrs={"type": "tel"}))
    email = forms.CharField(
        label=_("Thư điện tử"), required=False, widget=forms.TextInput(attrs={"type": "email"})
    )
    address = forms.CharField(label=_("Địa chỉ liên hệ"), max_length=300)
    delivery = forms.ChoiceField(
        label=_("Bạn muốn nhận kết quả bằng cách nào?"), choices=DELIVERIES, widget=forms.RadioSelect()
    )
    postal_address = forms.CharField(
        label=_("Địa chỉ nhận bưu phẩm"),
        help_text=_("Chỉ cần khi nhận kết quả qua bưu điện."),
        max_length=300,
        required=False,
    )

    def __init__(
        self, data: Any = None, *, sheet: ProcedureSheet, offers: Sequence[Offer], initial: Mapping[str, Any]
    ) -> None:
        super().__init__(data, initial=dict(initial))
        self._offer_cases(sheet.variants)
        self._offer_agencies(offers)

    def _offer_cases(self, variants: Sequence[str]) -> None:
        if not variants:
            del self.fields["variant"]
            return
        field = self.fields["variant"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(variant, variant) for variant in variants]

    def _offer_agencies(self, offers: Sequence[Offer]) -> None:
        field = self.fields["agency"]
        assert isinstance(field, forms.ChoiceField)
        choices = [(str(offer.agency_id), offer.agency_name) for offer in offers]
        if len(choices) <= RADIOS_AT_MOST:
            field.widget = forms.RadioSelect()
            if len(choices) == 1:
                self.initial["agency"] = choices[0][0]
        else:
            choices = [("", gettext("Chọn cơ quan")), *choices]
        field.choices = choices
        field.widget.choices = choices

    def clean_personal_id(self) -> str:
        number = identifiers.personal_id(self.cleaned_data["personal_id"])
        if number is None:
            raise forms.ValidationError(gettext(entries.BAD_PERSONAL_ID))
        return number

    def clean_phone(self) -> str:
        number = identifiers.phone(self.cleaned_data["phone"])
        if number is None:
            raise forms.ValidationError(gettext(entries.BAD_PHONE))
        return number

    def clean_email(self) -> str:
        typed = str(self.cleaned_data["email"])
        address = identifiers.email(typed) if typed else ""
        if address is None:
            raise forms.ValidationError(gettext(entries.BAD_EMAIL))
        return address

    def clean_date_of_birth(self) -> date | None:
        typed = self.cleaned_data["date_of_birth"]
        day = eforms.read_date(typed) if typed else None
        if typed and day is None:
            raise forms.ValidationError(
                gettext("Ngày sinh phải là một ngày có thật, viết như ví dụ: 15/03/1990.")
            )
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("delivery") == "postal" and not data.get("postal_address"):
            self.add_error("postal_address", gettext("Hãy nhập địa chỉ nhận bưu phẩm."))
        return data

    def applicant(self) -> Applicant:
        keys = ("name", "personal_id", "phone", "email", "address", "date_of_birth")
        return Applicant(**{key: self.cleaned_data[key] for key in keys})

    def result_delivery(self) -> ResultDelivery:
        how = self.cleaned_data["delivery"]
        return ResultDelivery(how, self.cleaned_data["postal_address"] if how == "postal" else "")


def initial_of_account(card: AccountCard) -> dict[str, Any]:
    return {
        "name": card.full_name,
        "personal_id": card.personal_id or "",
        "date_of_birth": day_text(card.date_of_birth),
        "phone": card.phone,
        "email": card.email,
        "address": card.address,
        "delivery": "online",
    }


def initial_of_state(state: State) -> dict[str, Any]:
    person, delivery = state.contents.applicant, state.contents.delivery
    return {
        "variant": state.target.variant,
        "agency": str(state.target.agency_id),
        "name": person.name,
        "personal_id": person.personal_id,
        "date_of_birth": day_text(person.date_of_birth),
        "phone": person.phone,
        "email": person.email,
        "address": person.address,
        "delivery": delivery.how,
        "postal_address": delivery.address,
    }


class DeclarationForm(FaceForm):
    """The applicant stands by what is written."""

    declared = forms.BooleanField(
        label=_("Tôi cam đoan những điều đã khai là đúng sự thật và chịu trách nhiệm trước pháp luật.")
    )
    declared.when_missing = _("Hãy đánh dấu vào ô cam đoan trước khi gửi.")  # type: ignore[attr-defined]


class EFormForm(FaceForm):
    """A procedure's own form. The catalogue checks it; this only draws it and keeps what was typed."""

    def __init__(
        self, sections: Sequence[FormSection], data: Any = None, *, initial: Mapping[str, Any] | None = None
    ) -> None:
        self.sections = sections
        super().__init__(data, initial={key: shown(value) for key, value in (initial or {}).items()})
        for question in self._questions():
            self.fields[question.key] = field_of(question)
        self.answers: dict[str, str] = {}

    def _questions(self) -> list[FormField]:
        return [question for section in self.sections for question in section.fields]

    def typed(self) -> dict[str, str]:
        """What was typed, as it was typed."""
        return {question.key: self.data.get(question.key, "").strip() for question in self._questions()}

    def check(self, today: date) -> bool:
        """Fill `answers` with the clean values and show each fault beside its field."""
        typed = self.typed()
        clean, errors = eforms.check(self.sections, typed, today=today, translate=gettext)
        self.answers = {key: clean.get(key, value) for key, value in typed.items() if value}
        self.full_clean()
        for key, sentence in errors.items():
            self.add_error(key, sentence)
        return not errors

    def groups(self) -> list[dict[str, Any]]:
        """The sections with their bound fields, as the template walks through them."""
        return [
            {
                "title": section.title,
                "hint": section.hint,
                "questions": [{"field": self[each.key], "when": each.depends_on} for each in section.fields],
            }
            for section in self.sections
        ]


def field_of(question: FormField) -> forms.Field:
    """The control for a question. Nothing is required here: the catalogue says what is missing."""
    field: Any
    if question.kind in (FieldKind.CHOICE, FieldKind.YES_NO):
        field = choice_of(question)
    else:
        field = forms.CharField(required=False, widget=control_of(question))
    field.label, field.help_text = question.label, question.hint or hint_of(question)
    field.is_wanted = question.required
    return cast(forms.Field, field)


def choice_of(question: FormField) -> forms.ChoiceField:
    choices = [(option.value, option.label) for option in question.options]
    if question.kind is FieldKind.YES_NO:
        choices = [(eforms.YES, gettext("Có")), (eforms.NO, gettext("Không"))]
    if len(choices) <= RADIOS_AT_MOST:
        return AnyChoice(required=False, choices=choices, widget=forms.RadioSelect())
    return AnyChoice(required=False, choices=[("", gettext("Chọn")), *choices])


class AnyChoice(forms.ChoiceField):
    """Leaves the judgement of the value to the catalogue."""

    def validate(self, value: Any) -> None:
        return None


def control_of(question: FormField) -> forms.Widget:
    if question.kind is FieldKind.LONG_TEXT:
        return forms.Textarea(attrs={"rows": 4})
    attributes = {
        FieldKind.DATE: {"inputmode": "numeric", "class": "govuk-input--width-10"},
        FieldKind.WHOLE_NUMBER: {"inputmode": "numeric"},
        FieldKind.MONEY: {"inputmode": "numeric"},
        FieldKind.DECIMAL: {"inputmode": "decimal"},
        FieldKind.PERSONAL_ID: {"inputmode": "numeric", "spellcheck": "false"},
        FieldKind.PHONE: {"type": "tel"},
        FieldKind.EMAIL: {"type": "email"},
    }
    return forms.TextInput(attrs=attributes.get(question.kind, {}))


def hint_of(question: FormField) -> str:
    if question.kind is FieldKind.DATE:
        return gettext("Ngày, tháng, năm. Ví dụ: 15/03/1990.")
    if question.kind is FieldKind.PERSONAL_ID:
        return gettext("12 chữ số in trên thẻ căn cước.")
    if question.kind is FieldKind.MONEY:
        return gettext("Bằng đồng. Ví dụ: 50.000.000.")
    return ""


def shown(value: Any) -> Any:
    """A stored answer as people write it: ISO dates become 15/03/1990."""
    if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-":
        day = eforms.read_date(value)
        return day_text(day) if day else value
    return value


def day_text(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else ""
