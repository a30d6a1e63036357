"""Forms of a filing: whose matter it is and where it goes; how the result is wanted; the declaration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.accounts.queries import AccountCard
from motcua.accounts.queries.acting import OrganisationCard
from motcua.accounts.rules import entries, identifiers
from motcua.catalogue.rules.cards import Offer
from motcua.catalogue.rules.sheets import ProcedureSheet
from motcua.dossiers import labels
from motcua.dossiers.enums import Capacity
from motcua.dossiers.rules.state import Applicant, Behalf, Contents, ResultDelivery, State
from motcua.portal.forms.eform import RADIOS_AT_MOST, day_text
from motcua.theme.day_fields import BIRTH, DayField
from motcua.theme.forms import FaceForm

DELIVERIES = (
    ("online", _("Bản điện tử trên trang này")),
    ("counter", _("Đến nhận tại bộ phận một cửa")),
    ("postal", _("Gửi qua bưu điện về địa chỉ của tôi")),
)


@dataclass(frozen=True, slots=True)
class Principal:
    """For whom one files by a mandate or within an organisation: name and number are settled by that."""

    name: str
    number: str
    is_organisation: bool


def principal_of(behalf: Behalf | None) -> Principal | None:
    """For whom a draft is made, if not by a paper alone."""
    return Principal(behalf.name, behalf.number, bool(behalf.organisation_id)) if behalf else None


OFFERED = (Capacity.REPRESENTATIVE, Capacity.AUTHORISED, Capacity.HIRED)


class DetailsForm(FaceForm):
    """Case, agency and applicant."""

    variant = forms.ChoiceField(label=_("Trường hợp của bạn"), widget=forms.RadioSelect())
    agency = forms.ChoiceField(label=_("Cơ quan giải quyết"))
    name = forms.CharField(label=_("Họ và tên"), max_length=150)
    personal_id = forms.CharField(
        label=_("Số định danh cá nhân"),
        help_text=_("12 chữ số in trên thẻ căn cước."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "spellcheck": "false"}),
    )
    date_of_birth = DayField(label=_("Ngày sinh"), required=False, example=BIRTH)
    phone = forms.CharField(label=_("Số điện thoại di động"), widget=forms.TextInput(attrs={"type": "tel"}))
    email = forms.CharField(
        label=_("Thư điện tử"), required=False, widget=forms.TextInput(attrs={"type": "email"})
    )
    address = forms.CharField(label=_("Địa chỉ liên hệ"), max_length=300)
    capacity = forms.ChoiceField(
        label=_("Bạn nộp với tư cách gì?"),
        required=False,
        widget=forms.RadioSelect(),
        help_text=_("Chỉ chọn khi nộp thay người khác."),
    )
    authority = forms.CharField(
        label=_("Giấy tờ chứng minh tư cách của bạn"),
        required=False,
        max_length=300,
        help_text=_("Ví dụ: giấy ủy quyền số 12, chứng thực ngày 04/03/2024."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        sheet: ProcedureSheet,
        offers: Sequence[Offer],
        initial: Mapping[str, Any],
        today: date,
        own_id: str,
        principal: Principal | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial))
        self.today = today
        self.own_id = own_id
        self.principal = principal
        if principal is None:
            capacity = self.choice_field("capacity")
            capacity.choices = [(each.value, gettext(labels.CAPACITY[each])) for each in OFFERED]
        else:
            self._settle(principal)
        self._offer_cases(sheet.variants)
        self._offer_agencies(offers)

    def _settle(self, principal: Principal) -> None:
        """What the right to act says is not asked."""
        known = ("name", "personal_id", "capacity", "authority")
        for name in (*known, "date_of_birth") if principal.is_organisation else known:
            del self.fields[name]

    def _offer_cases(self, variants: Sequence[str]) -> None:
        if not variants:
            del self.fields["variant"]
            return
        field = self.choice_field("variant")
        field.choices = [(variant, variant) for variant in variants]

    def _offer_agencies(self, offers: Sequence[Offer]) -> None:
        field = self.choice_field("agency")
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
        day: date | None = self.cleaned_data["date_of_birth"]
        if entries.check_birth(day, self.today):
            raise forms.ValidationError(gettext(entries.BAD_BIRTH))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.principal is None and self.is_for_another(data):
            if not data.get("capacity"):
                self.add_error("capacity", gettext("Hãy chọn tư cách của bạn khi nộp thay người khác."))
            if not str(data.get("authority") or "").strip():
                self.add_error("authority", gettext("Hãy ghi giấy tờ chứng minh tư cách."))
        return data

    def is_for_another(self, data: Mapping[str, Any]) -> bool:
        return bool(data.get("personal_id")) and data["personal_id"] != self.own_id

    def submitter(self, own_name: str) -> dict[str, Any]:
        """Who files and in what capacity, as the service takes it; empty in one's own matter."""
        data = self.cleaned_data
        if self.principal is not None or not self.is_for_another(data):
            return {"submitter_name": "", "capacity": None, "authority": ""}
        capacity, authority = Capacity(data["capacity"]), data["authority"].strip()
        return {"submitter_name": own_name, "capacity": capacity, "authority": authority}

    def applicant(self) -> Applicant:
        keys = ("name", "personal_id", "phone", "email", "address", "date_of_birth")
        typed = {key: self.cleaned_data[key] for key in keys if key in self.fields}
        if self.principal is None:
            return Applicant(**typed)
        return Applicant(name=self.principal.name, **typed)


def initial_of_account(card: AccountCard) -> dict[str, Any]:
    return {
        "name": card.full_name,
        "personal_id": card.personal_id or "",
        "date_of_birth": day_text(card.date_of_birth),
        "phone": card.phone,
        "email": card.email,
        "address": card.address,
    }


def initial_of_organisation(card: OrganisationCard) -> dict[str, Any]:
    return {"phone": card.phone, "email": card.email, "address": card.address}


def initial_of_state(state: State) -> dict[str, Any]:
    person = state.contents.applicant
    return {
        "variant": state.target.variant,
        "agency": str(state.target.agency_id),
        "name": person.name,
        "personal_id": person.personal_id,
        "date_of_birth": day_text(person.date_of_birth),
        "phone": person.phone,
        "email": person.email,
        "address": person.address,
        "capacity": state.contents.capacity.value if state.contents.capacity else "",
        "authority": state.contents.authority,
    }


class DeliveryForm(FaceForm):
    """How the result is wanted, and where."""

    delivery = forms.ChoiceField(
        label=_("Bạn muốn nhận kết quả bằng cách nào?"), choices=DELIVERIES, widget=forms.RadioSelect()
    )
    postal_address = forms.CharField(
        label=_("Địa chỉ nhận bưu phẩm"),
        help_text=_("Chỉ cần khi nhận kết quả qua bưu điện."),
        max_length=300,
        required=False,
    )

    def __init__(self, data: Any = None, *, ways: Sequence[str], contents: Contents) -> None:
        """Begins with the usual way, and with the address of whose dossier it is."""
        wish = contents.delivery
        how = wish.how if wish.how in ways else ways[0]
        address = wish.address or contents.applicant.address
        super().__init__(data, initial={"delivery": how, "postal_address": address})
        self.choice_field("delivery").choices = [pair for pair in DELIVERIES if pair[0] in ways]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("delivery") == "postal" and not data.get("postal_address"):
            self.add_error("postal_address", gettext("Hãy nhập địa chỉ nhận bưu phẩm."))
        return data

    def result_delivery(self) -> ResultDelivery:
        how = self.cleaned_data["delivery"]
        return ResultDelivery(how, self.cleaned_data["postal_address"] if how == "postal" else "")


class DeclarationForm(FaceForm):
    """The applicant stands by what is written."""

    declared = forms.BooleanField(
        label=_("Tôi cam đoan những điều đã khai là đúng sự thật và chịu trách nhiệm trước pháp luật.")
    )
    declared.when_missing = _("Hãy đánh dấu vào ô cam đoan trước khi gửi.")  # type: ignore[attr-defined]
