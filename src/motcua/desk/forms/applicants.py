"""Whose dossier it is and who brings it: people with or without a number, organisations."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.accounts.rules import acting, entries, identifiers
from motcua.accounts.rules.acting import NumberKind
from motcua.accounts.rules.identity_cards import read_card
from motcua.catalogue.rules.sheets import ORGANISATION, PERSON
from motcua.desk.bringers import Right, right_of
from motcua.desk.forms import filled
from motcua.desk.forms.choices import first_choice, named
from motcua.dossiers import labels
from motcua.dossiers.enums import Capacity
from motcua.dossiers.errors import BadPassport, ForOrganisationsOnly, ForPersonsOnly, NationalityRequired
from motcua.dossiers.rules.state import Applicant
from motcua.kernel.errors import N_, Refusal
from motcua.kernel.text import fold
from motcua.theme.day_fields import BirthField, read_birthday
from motcua.theme.forms import FaceForm
from motcua.theme.refusals import sentence

if TYPE_CHECKING:
    from motcua.catalogue.rules.sheets import ProcedureSheet

_TWELVE = re.compile(r"\d{12}")


class ApplicantKind(StrEnum):
    """Who the applicant is, by what they are known by."""

    PERSON = "person"  # twelve digits
    FOREIGNER = "foreigner"  # a passport or another travel paper
    UNNUMBERED = "unnumbered"  # nobody has given them a number yet: a newborn child
    BUSINESS = "business"  # an organisation with a tax code
    BODY = "body"  # an organisation known by the decision that founded it

    @property
    def is_organisation(self) -> bool:
        return self in NUMBER_KIND


NUMBER_KIND = {
    ApplicantKind.BUSINESS: NumberKind.TAX_CODE,
    ApplicantKind.BODY: NumberKind.ESTABLISHMENT,
}
KINDS: dict[ApplicantKind, str] = {
    ApplicantKind.PERSON: N_("Người có số định danh"),
    ApplicantKind.FOREIGNER: N_("Người nước ngoài"),
    ApplicantKind.UNNUMBERED: N_("Người chưa có số định danh"),
    ApplicantKind.BUSINESS: N_("Tổ chức có mã số thuế"),
    ApplicantKind.BODY: N_("Tổ chức có quyết định thành lập"),
}
NUMBER_LABEL: dict[ApplicantKind, str] = {
    ApplicantKind.FOREIGNER: N_("Số hộ chiếu, giấy tờ đi lại"),
    ApplicantKind.BUSINESS: N_("Mã số thuế"),
    ApplicantKind.BODY: N_("Số quyết định thành lập"),
}


def kind_in(typed: Mapping[str, Any]) -> ApplicantKind:
    """The kind that a page names; a person with a number where it names none."""
    said = str(typed.get("kind") or "")
    return ApplicantKind(said) if said in set(ApplicantKind) else ApplicantKind.PERSON


def applicant_in(typed: Mapping[str, Any]) -> Applicant:
    """Whose dossier it is as far as a page says, before anything is judged, and as far as it can be read."""
    said = {name: " ".join(str(typed.get(name) or "").split()) for name in ("personal_id", "name")}
    kind, number = kind_in(typed), said["personal_id"]
    known = acting.organisation_number(NUMBER_KIND[kind], number) if kind.is_organisation else None
    is_person = kind is ApplicantKind.PERSON
    return Applicant(
        name=said["name"],
        personal_id=(identifiers.personal_id(number) or "") if is_person else "",
        date_of_birth=read_birthday(str(typed.get("date_of_birth") or "")) if is_person else None,
        organisation_number=known or "",
    )


def capacities() -> list[tuple[str, str]]:
    return first_choice(gettext("Chọn tư cách"), named(labels.CAPACITY)())


class ApplicantForm(FaceForm):
    """`personal_id` holds the number that the kind is known by; whoever makes it sets `today` and `sheet`.

    Staff under contract look nobody up: they are not asked the number that finds who brings it, and no right
    on the portal is found for them.
    """

    today: date
    sheet: ProcedureSheet | None
    may_look_up = True

    filled = forms.CharField(required=False, widget=forms.HiddenInput(), max_length=500)
    filled_bringer = forms.CharField(required=False, widget=forms.HiddenInput(), max_length=500)
    kind = forms.ChoiceField(label=_("Chủ hồ sơ là"), required=False, choices=named(KINDS))
    personal_id = forms.CharField(
        label=_("Số định danh cá nhân"),
        help_text=_("Quét thẻ, hoặc gõ 12 chữ số."),
        max_length=500,  # a scanner types the whole card into it
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-mc-select": ""}),
    )
    name = forms.CharField(label=_("Họ và tên chủ hồ sơ"), max_length=200)
    nationality = forms.CharField(label=_("Công dân nước"), required=False, max_length=60)
    date_of_birth = BirthField(label=_("Ngày sinh"), required=False)
    phone = forms.CharField(label=_("Số điện thoại"), required=False, max_length=15)
    email = forms.EmailField(
        label=_("Thư điện tử"),
        required=False,
        error_messages={"invalid": _("Thư điện tử chưa đúng dạng, ví dụ ten@example.vn.")},
    )
    address = forms.CharField(label=_("Địa chỉ"), required=False, max_length=300)
    submitter_number = forms.CharField(
        label=_("Số định danh người nộp"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-mc-select": ""}),
    )
    submitter_name = forms.CharField(
        label=_("Họ và tên người nộp"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocapitalize": "words"}),
    )
    submitter_capacity = forms.ChoiceField(label=_("Tư cách người nộp"), required=False, choices=capacities)
    submitter_paper = forms.CharField(label=_("Giấy tờ chứng minh tư cách"), required=False, max_length=300)

    submitter_paper_seen = forms.BooleanField(
        label=_("Đã xem giấy ủy quyền, hợp đồng thuê dịch vụ"), required=False
    )

    def set_kind(self, typed: Mapping[str, Any]) -> None:
        """Ask what this kind of applicant is asked: the number they are known by, and how they are called."""
        self.kind_now = kind_in(typed)
        self._offer_kinds(typed)
        number = self.fields["personal_id"]
        if self.kind_now in NUMBER_LABEL:
            number.label, number.help_text = gettext(NUMBER_LABEL[self.kind_now]), ""
        number.required = self.has_number
        if self.is_organisation:
            self.fields["name"].label = gettext("Tên tổ chức")
            self.fields["address"].label = gettext("Địa chỉ trụ sở")
            del self.fields["date_of_birth"]
        else:
            self.fields["name"].widget.attrs["autocapitalize"] = "words"
        if not self.may_look_up:
            del self.fields["submitter_number"]

    def _offer_kinds(self, typed: Mapping[str, Any]) -> None:
        """Offer the kinds whose dossier the picked procedure can be, the first of them where nobody was named
        yet. What was written of another stays, and it is said that it cannot be theirs."""
        if self.sheet is None or not self.sheet.applicants:
            return
        is_named = any(str(typed.get(name) or "").strip() for name in ("personal_id", "name"))
        if not (self.may_be(self.kind_now) or self.is_bound or is_named):
            self.kind_now = next(kind for kind in ApplicantKind if self.may_be(kind))
            self.initial["kind"] = self.kind_now.value
        field = self.choice_field("kind")
        offered = {kind: text for kind, text in KINDS.items() if self.may_be(kind) or kind is self.kind_now}
        field.choices = named(offered)()
        if not self.may_be(self.kind_now):
            field.help_text = sentence(self._not_for())

    def may_be(self, kind: ApplicantKind) -> bool:
        """Whether a dossier of the picked procedure can be that of such an applicant."""
        return self.sheet is None or self.sheet.is_for(ORGANISATION if kind.is_organisation else PERSON)

    def _not_for(self) -> Refusal:
        return ForPersonsOnly() if self.is_organisation else ForOrganisationsOnly()

    @property
    def is_organisation(self) -> bool:
        return self.kind_now.is_organisation

    @property
    def is_foreigner(self) -> bool:
        return self.kind_now is ApplicantKind.FOREIGNER

    @property
    def has_number(self) -> bool:
        return self.kind_now is not ApplicantKind.UNNUMBERED

    @property
    def asks_bringer(self) -> bool:
        """Whether the part about who brings it stands open: needed, filled in, or something is wrong."""
        fields = ("submitter_number", "submitter_name", "submitter_capacity", "submitter_paper")
        is_said = any(self[name].value() or self[name].errors for name in fields if name in self.fields)
        return is_said or self.is_organisation or self.kind_now is ApplicantKind.UNNUMBERED

    # --- judging ------------------------------------------------------------------------------------------
    def clean_kind(self) -> ApplicantKind:
        if not self.may_be(self.kind_now):
            raise forms.ValidationError(sentence(self._not_for()))
        return self.kind_now

    def clean_personal_id(self) -> str:
        typed = str(self.cleaned_data["personal_id"])
        match self.kind_now:
            case ApplicantKind.UNNUMBERED:
                return ""
            case ApplicantKind.FOREIGNER:
                return _known(identifiers.passport(typed), BadPassport.message)
            case ApplicantKind.BUSINESS | ApplicantKind.BODY:
                kind = NUMBER_KIND[self.kind_now]
                is_tax = kind is NumberKind.TAX_CODE
                sentence = acting.BAD_TAX_CODE if is_tax else acting.BAD_ESTABLISHMENT
                return _known(acting.organisation_number(kind, typed), sentence)
            case _:
                return _digits(typed, gettext("Số định danh cá nhân gồm đúng 12 chữ số."))

    def clean_submitter_number(self) -> str:
        typed = str(self.cleaned_data["submitter_number"]).strip()
        sentence = gettext("Số định danh người nộp gồm đúng 12 chữ số, hoặc để trống.")
        return _digits(typed, sentence) if typed else ""

    def clean_submitter_name(self) -> str:
        return entries.written_name(str(self.cleaned_data["submitter_name"]))

    def clean_phone(self) -> str:
        number = entries.phone_at_desk(str(self.cleaned_data["phone"]), is_organisation=self.is_organisation)
        if number is None:
            raise forms.ValidationError(
                gettext(entries.BAD_LINE if self.is_organisation else entries.BAD_PHONE)
            )
        return number

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        return " ".join(name.split()) if self.is_organisation else entries.written_name(name)

    def clean_nationality(self) -> str:
        return " ".join(str(self.cleaned_data["nationality"]).split()) if self.is_foreigner else ""

    def clean_date_of_birth(self) -> date | None:
        day: date | None = self.cleaned_data["date_of_birth"]
        if entries.check_birth(day, self.today):
            raise forms.ValidationError(gettext(entries.BAD_BIRTH))
        return day

    def judge_people(self, data: Mapping[str, Any], *, is_by_post: bool) -> None:
        """What hangs together: who brings it, in what capacity, and whom a day of birth tells apart."""
        self._judge_filled()
        name, born = data.get("submitter_name"), data.get("date_of_birth")
        if self.is_foreigner and not data.get("nationality"):
            self.add_error("nationality", gettext(NationalityRequired.message))
        if self.kind_now is ApplicantKind.UNNUMBERED and born is None and "date_of_birth" not in self.errors:
            self.add_error("date_of_birth", gettext("Người chưa có số định danh thì phải ghi ngày sinh."))
        if name:
            self._judge_bringer(data)
        elif data.get("submitter_number"):
            self.add_error("submitter_name", gettext("Hãy ghi họ và tên người mang hồ sơ đến."))
        elif self.is_organisation and not is_by_post:
            self.add_error("submitter_name", gettext("Hãy ghi họ và tên người của tổ chức mang hồ sơ đến."))
        elif born and entries.needs_representative(born, self.today):
            self.add_error(
                "submitter_name", gettext("Chủ hồ sơ chưa đủ 6 tuổi: hãy ghi người đại diện nộp hồ sơ.")
            )

    def _judge_filled(self) -> None:
        """What was looked up for one number is never taken in under another."""
        of_another = gettext(
            "Số này khác số đã tra cứu, nhưng thông tin bên dưới vẫn là của số trước. "
            "Hãy tra cứu lại số này rồi đối chiếu với giấy tờ."
        )
        for note, number, name, kind in (
            ("filled", "personal_id", "name", self.kind_now.value),
            ("filled_bringer", "submitter_number", "submitter_name", ApplicantKind.PERSON.value),
        ):
            typed = {key: self.data.get(key, "") for key in self.fields}
            said, card = str(typed[note]), read_card(str(typed.get(number, "")))
            is_other_card = card is not None and fold(card.name) != fold(str(typed[name]))
            is_other = filled.is_of_another(said, filled.whose(kind, str(typed.get(number, ""))))
            if number in self.fields and (is_other_card or (is_other and filled.still_there(typed, said))):
                self.add_error(number if self.has_number else name, of_another)

    def _judge_bringer(self, data: Mapping[str, Any]) -> None:
        """A right on the portal says capacity and paper; else the desk has to say them."""
        if self.right is not None:
            return
        if not data.get("submitter_capacity"):
            self.add_error("submitter_capacity", gettext("Hãy chọn tư cách của người nộp thay."))
        if not str(data.get("submitter_paper", "")).strip():
            self.add_error("submitter_paper", gettext("Hãy ghi giấy tờ chứng minh tư cách."))

    @cached_property
    def right(self) -> Right | None:
        """The right on the portal of who brings it, once the form is judged."""
        data = self.cleaned_data
        if not self.may_look_up or self.sheet is None or "personal_id" not in data or "name" not in data:
            return None
        return right_of(
            number=data.get("submitter_number", ""),
            name=data.get("submitter_name", ""),
            applicant=self.applicant(),
            procedure_code=self.sheet.code,
            on=self.today,
        )

    # --- what came of it ----------------------------------------------------------------------------------
    def applicant(self) -> Applicant:
        data = self.cleaned_data
        number = data["personal_id"]
        return Applicant(
            name=data["name"],
            personal_id=number if self.kind_now is ApplicantKind.PERSON else "",
            phone=str(data.get("phone", "")).strip(),
            email=data.get("email", ""),
            address=str(data.get("address", "")).strip(),
            date_of_birth=data.get("date_of_birth"),
            organisation_number=number if self.is_organisation else "",
            passport=number if self.is_foreigner else "",
            nationality=data.get("nationality", ""),
        )

    def submitter(self) -> dict[str, Any]:
        """Who brings it for the applicant, as the service takes it; nobody if there is no name."""
        data = self.cleaned_data
        if not data["submitter_name"]:
            return {}
        said = data["submitter_capacity"]
        found: dict[str, Any] = {
            "submitter_name": data["submitter_name"],
            "capacity": Capacity(said) if said else None,
            "authority": data["submitter_paper"].strip(),
            "authority_seen": bool(data["submitter_paper_seen"]),
        }
        return found | ({"bringer": self.right.bringer} if self.right else {})


def _digits(typed: str, sentence: str) -> str:
    card = read_card(typed)
    if card is not None:
        return card.personal_id
    digits = re.sub(r"[\s.\-]", "", typed)
    if not (digits.isascii() and _TWELVE.fullmatch(digits)):
        raise forms.ValidationError(sentence)
    return digits


def _known(number: str | None, sentence: str) -> str:
    if number is None:
        raise forms.ValidationError(gettext(sentence))
    return number
