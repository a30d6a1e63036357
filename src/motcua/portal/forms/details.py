"""The questions about a filing, one idea a form: for whom, which case, where, whose, as what, how reached."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from motcua.accounts.queries import AccountCard, contacts
from motcua.accounts.queries.acting import OrganisationCard, mailbox_of
from motcua.accounts.rules import acting, entries, identifiers
from motcua.accounts.rules.acting import kind_of_number
from motcua.catalogue.labels import case_names
from motcua.catalogue.rules.cards import Offer
from motcua.catalogue.rules.sheets import ProcedureSheet
from motcua.dossiers import labels
from motcua.dossiers.enums import Capacity
from motcua.dossiers.rules.state import Applicant, Behalf, Contents, ResultDelivery
from motcua.portal.agency_choice import LONG, Picker, districts_of, picker
from motcua.portal.forms.acting import NUMBER_KINDS
from motcua.portal.forms.eform import RADIOS_AT_MOST, day_text
from motcua.portal.papers import Unjoined
from motcua.theme.day_fields import BirthField
from motcua.theme.forms import FaceForm, FreeText

DELIVERIES = (
    ("online", _("Bản điện tử trên trang này")),
    ("counter", _("Đến nhận tại bộ phận một cửa")),
    ("postal", _("Gửi qua bưu điện về địa chỉ của tôi")),
)
LONGEST_KEPT = 1000  # characters of an answer that cannot be taken; no good answer here is as long
MYSELF, SOMEBODY = "toi", "khac"
OFFERED = (Capacity.REPRESENTATIVE, Capacity.AUTHORISED, Capacity.HIRED)


@dataclass(frozen=True, slots=True)
class Principal:
    """For whom one files by a mandate or within an organisation: name and number are settled by that."""

    name: str
    number: str
    organisation_id: str = ""

    @property
    def is_organisation(self) -> bool:
        return bool(self.organisation_id)

    @property
    def number_kind(self) -> str:
        """What the number of an organisation is called."""
        return str(NUMBER_KINDS[kind_of_number(self.number)])

    @property
    def has_mailbox(self) -> bool:
        """Whether an organisation has a mailbox that it has confirmed. One query."""
        return bool(mailbox_of(self.organisation_id))


def principal_of(behalf: Behalf | None) -> Principal | None:
    """For whom a draft is made, if not by a paper alone."""
    return Principal(behalf.name, behalf.number, behalf.organisation_id) if behalf else None


class AskingForm(FaceForm):
    """Questions whose answers go into the contents of a draft, also where they cannot be taken yet."""

    def __init__(self, data: Any = None, *, contents: Contents, initial: Mapping[str, Any]) -> None:
        faulty = {name: contents.unfinished.get(name) for name in self.base_fields}
        super().__init__(data, initial={**initial, **{name: text for name, text in faulty.items() if text}})
        self.contents = contents

    def judge_kept(self) -> None:
        """Say at once what is wrong with what is kept."""
        fields = self.fields.items()
        self.data = {name: self.get_initial_for_field(field, name) or "" for name, field in fields}
        self.is_bound = True

    def kept(self) -> Contents:
        """The contents with everything that was typed: what can be taken, and what is unfinished as it is."""
        names = set(self.fields)
        others = {key: text for key, text in self.contents.unfinished.items() if key not in names}
        faulty = {name: self._typed(name) for name in self.fields if name in self.errors}
        return replace(self.put(), unfinished={**others, **faulty})

    def _typed(self, name: str) -> str:
        text = str(self.data.get(self.add_prefix(name), ""))
        return "".join(char for char in text if char.isprintable()).strip()[:LONGEST_KEPT]

    def taken(self, name: str) -> Any:
        """The answer if it can be taken, else nothing."""
        return self.cleaned_data.get(name) if name not in self.errors else None

    def put(self) -> Contents:
        """The contents with the answers that can be taken."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Lost:
    """An answer that is gone when it is said anew for whom the dossier is."""

    question: str
    answer: str


# --- For whom, which case, where: answers that are chosen ---------------------------------------------------
def whom_hints(sheet: ProcedureSheet) -> dict[str, str]:
    """Whom each offered answer means: where the form asks for the relation, who asks files for themself.

    Where nobody may be entrusted, nobody but oneself is asked for. Who acts for somebody by law, such as a
    guardian, is not shut out by that and comes to the desk, which sees their papers: so we read it.

    Basis: by reference TT 04/2020/TT-BTP Đ2 (memory), as the sheet of the procedure says.
    """
    if sheet.asks_relation:
        mine = gettext(
            "Bạn là người yêu cầu, đứng tên trên tờ khai, kể cả khi việc là của con, cháu hoặc người thân "
            "khác của bạn. Tờ khai sẽ hỏi bạn có quan hệ gì với người đó."
        )
    else:
        mine = gettext("Việc của chính bạn, bạn đứng tên trên hồ sơ.")
    if sheet.no_mandate:
        return {MYSELF: " ".join(part for part in (mine, sheet.who_files, sheet.must_come) if part)}
    others = gettext(
        "Bạn nộp thay người đứng tên trên hồ sơ; người đó không cần tài khoản. Bạn được ủy quyền hoặc được "
        "thuê thì gửi kèm giấy tờ đó; cha mẹ, người giám hộ không cần giấy ủy quyền."
    )
    return {MYSELF: mine, SOMEBODY: others}


WHOSE = ((MYSELF, _("Cho tôi")), (SOMEBODY, _("Cho người khác")))


class WhomForm(FaceForm):
    """Whether one files for oneself or for somebody else."""

    whose = forms.ChoiceField(
        label=_("Bạn nộp hồ sơ cho ai?"),
        widget=forms.RadioSelect(),
        choices=WHOSE,
        help_text=_("Đổi câu trả lời thì phần chủ hồ sơ được điền lại."),
        error_messages={"required": _("Hãy chọn bạn nộp hồ sơ cho ai.")},
    )

    def __init__(
        self, data: Any = None, *, chosen: str, hints: Mapping[str, str], lost: Sequence[Lost] = ()
    ) -> None:
        super().__init__(data, initial={"whose": chosen})
        self.option_hints = {"whose": hints}
        field = self.choice_field("whose")
        field.choices = [each for each in WHOSE if each[0] in {*hints, chosen}]
        self.lost = lost
        if lost:  # said at length on the page
            self.fields["whose"].help_text = ""


class CaseForm(FaceForm):
    """Which case of the procedure. A single one is an exception, so that not being in it is an answer too."""

    variant = forms.ChoiceField(
        label=_("Trường hợp của bạn là gì?"),
        widget=forms.RadioSelect(),
        error_messages={"required": _("Hãy chọn trường hợp của bạn.")},
    )

    def __init__(self, data: Any = None, *, sheet: ProcedureSheet, chosen: str = "") -> None:
        usual, none = "", gettext("Không thuộc trường hợp nào ở trên")
        if sheet.has_exception:
            usual, none = sheet.usual_case, gettext("Không thuộc trường hợp này")
        super().__init__(data, initial={"variant": chosen or usual})
        self.choice_field("variant").choices = case_names(sheet, none)


class AgencyForm(FaceForm):
    """Where it is filed: a few as radios, more in a list, a hundred by search and in groups (`picker`)."""

    agency = forms.ChoiceField(
        label=_("Bạn nộp hồ sơ tới cơ quan nào?"),
        help_text=_(
            "Nếu là xã, phường: nơi bạn ở; việc về cửa hàng, nhà, đất thì nơi có cửa hàng, nhà, đất đó."
        ),
        error_messages={"required": _("Hãy chọn cơ quan giải quyết.")},
    )

    def __init__(
        self,
        data: Any = None,
        *,
        offers: Sequence[Offer],
        chosen: str = "",
        asked: str = "",
        address: str = "",
        carried: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(data, initial={"agency": chosen})
        self.offers, self.asked, self.address = offers, asked, address
        self.carried = carried or {}  # what a search leaves in the address of the page
        field = self.choice_field("agency")
        choices = [(str(offer.agency_id), offer.agency_name) for offer in offers]
        if len(choices) <= RADIOS_AT_MOST or len(choices) > LONG:
            field.widget = forms.RadioSelect()
        else:
            choices = [("", gettext("Chọn cơ quan")), *choices]
        field.choices = choices
        field.widget.choices = choices

    @cached_property
    def picker(self) -> Picker | None:
        """How they are shown where they are too many for one list. `asked` is what was looked for, `address`
        that of whoever files."""
        if len(self.offers) <= LONG:
            return None
        return picker(
            self.offers,
            districts=districts_of(self.offers),
            name=self.add_prefix("agency"),
            first_id=self["agency"].auto_id,
            asked=self.asked,
            chosen=str(self["agency"].value() or ""),
            address=self.address,
            is_open=bool(self.errors),
        )


# --- Whose, as what, how reached: answers that are typed ----------------------------------------------------
NO_NUMBER = _(
    "Người không có số định danh, ví dụ người nước ngoài chưa được cấp số, nộp hồ sơ tại bộ phận một cửa."
)


class PersonForm(AskingForm):
    """Whose dossier it is."""

    name = forms.CharField(
        label=_("Họ và tên"), max_length=150, widget=forms.TextInput(attrs={"autocapitalize": "words"})
    )
    personal_id = forms.CharField(
        label=_("Số định danh cá nhân"),
        help_text=_("12 chữ số in trên thẻ căn cước."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "spellcheck": "false"}),
    )
    date_of_birth = BirthField(label=_("Ngày sinh"), required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        contents: Contents,
        today: date,
        own: AccountCard,
        principal: Principal | None = None,
    ) -> None:
        person = contents.applicant
        known = {
            "name": person.name,
            "personal_id": person.personal_id,
            "date_of_birth": day_text(person.date_of_birth),
        }
        super().__init__(data, contents=contents, initial=known)
        self.today, self.own, self.principal = today, own, principal
        self.own_id = own.personal_id or ""
        if principal is not None:
            del self.fields["name"], self.fields["personal_id"]

    def clean_name(self) -> str:
        """The dossier and its result come to this account: it is of whom the account is of."""
        name = entries.written_name(str(self.cleaned_data["name"]))
        if not self.contents.submitter_name and not acting.may_be_named(self.own.full_name, name):
            raise forms.ValidationError(
                gettext(
                    "Tên này khác tên của tài khoản bạn đang dùng: %(own)s. Nếu nộp thay người khác, hãy đổi "
                    "câu “%(question)s”. "
                    "Nếu tên trong tài khoản chưa đúng, hãy sửa ở trang Tài khoản của tôi."
                )
                % {"own": self.own.full_name, "question": gettext("Bạn nộp hồ sơ cho ai?")}
            )
        return name

    def clean_personal_id(self) -> str:
        number = identifiers.personal_id(self.cleaned_data["personal_id"])
        if number is None:
            raise forms.ValidationError(f"{gettext(entries.BAD_PERSONAL_ID)} {NO_NUMBER}")
        is_own, is_for_another = number == self.own_id, bool(self.contents.submitter_name)
        if is_own and is_for_another:
            raise forms.ValidationError(
                gettext("Đây là số định danh của chính bạn. Nếu nộp cho mình, hãy đổi câu “%(question)s”.")
                % {"question": gettext("Bạn nộp hồ sơ cho ai?")}
            )
        if self.own_id and not is_own and not is_for_another:
            raise forms.ValidationError(
                gettext(
                    "Số này khác số định danh của tài khoản bạn đang dùng. "
                    "Nếu nộp thay người khác, hãy đổi câu “%(question)s”."
                )
                % {"question": gettext("Bạn nộp hồ sơ cho ai?")}
            )
        return number

    def clean_date_of_birth(self) -> date | None:
        day: date | None = self.cleaned_data["date_of_birth"]
        if entries.check_birth(day, self.today):
            raise forms.ValidationError(gettext(entries.BAD_BIRTH))
        return day

    def put(self) -> Contents:
        person = replace(self.contents.applicant, date_of_birth=self.taken("date_of_birth"))
        if self.principal is None:
            name, number = self.taken("name") or "", self.taken("personal_id") or ""
            person = replace(person, name=name, personal_id=number)
        return replace(self.contents, applicant=person)


class CapacityForm(AskingForm):
    """As what one files for somebody else, and by what right."""

    capacity = forms.ChoiceField(
        label=_("Bạn nộp với tư cách gì?"),
        widget=forms.RadioSelect(),
        error_messages={"required": _("Hãy chọn tư cách của bạn khi nộp thay người khác.")},
    )
    authority = FreeText(
        label=_("Căn cứ để bạn nộp thay"),
        max_length=300,
        help_text=_(
            "Được ủy quyền hoặc được thuê thì ghi tên, số, ngày của giấy tờ, ví dụ giấy ủy quyền số 12 ngày "
            "04/03/2024. Đại diện theo pháp luật thì ghi quan hệ hoặc chức vụ, ví dụ mẹ của chủ hồ sơ."
        ),
        error_messages={"required": _("Hãy ghi căn cứ để bạn nộp thay.")},
    )

    def __init__(self, data: Any = None, *, contents: Contents, no_mandate: str) -> None:
        known = {"capacity": str(contents.capacity or ""), "authority": contents.authority}
        super().__init__(data, contents=contents, initial=known)
        may = [each for each in OFFERED if not no_mandate or each is Capacity.REPRESENTATIVE]
        choices = [(each.value, gettext(labels.CAPACITY[each])) for each in may]
        self.choice_field("capacity").choices = choices

    def put(self) -> Contents:
        chosen = self.taken("capacity")
        return replace(
            self.contents,
            capacity=Capacity(chosen) if chosen else None,
            authority=(self.taken("authority") or "").strip(),
        )


GIVEN_UP = _(
    "Tài khoản của bạn đã đổi từ địa chỉ này sang địa chỉ khác nên thư không gửi tới đây nữa. "
    "Hãy ghi địa chỉ đang dùng hoặc để trống."
)


class ContactForm(AskingForm):
    """How whoever files is reached about it."""

    WANTED: ClassVar = ("phone", "address")

    phone = forms.CharField(label=_("Số điện thoại di động"), widget=forms.TextInput(attrs={"type": "tel"}))
    email = forms.CharField(
        label=_("Thư điện tử"), required=False, widget=forms.TextInput(attrs={"type": "email"})
    )
    address = FreeText(label=_("Địa chỉ liên hệ"), max_length=300)

    def __init__(
        self, data: Any = None, *, contents: Contents, account_id: int, is_organisation: bool
    ) -> None:
        person = contents.applicant
        known = {"phone": person.phone, "email": person.email, "address": person.address}
        super().__init__(data, contents=contents, initial=known)
        self.account_id, self.is_organisation = account_id, is_organisation
        if is_organisation:
            self.fields["phone"].label = gettext("Số điện thoại liên hệ")
            self.fields["phone"].help_text = gettext("Di động hoặc máy bàn có mã vùng.")

    def clean_phone(self) -> str:
        read = identifiers.line if self.is_organisation else identifiers.phone
        number = read(self.cleaned_data["phone"])
        if number is None:
            raise forms.ValidationError(
                gettext(entries.BAD_LINE if self.is_organisation else entries.BAD_PHONE)
            )
        return number

    def clean_email(self) -> str:
        typed = str(self.cleaned_data["email"])
        address = identifiers.email(typed) if typed else ""
        if address is None:
            raise forms.ValidationError(gettext(entries.BAD_EMAIL))
        if address and contacts.is_given_up(address, accounts=[self.account_id]):
            raise forms.ValidationError(GIVEN_UP)
        return address

    def put(self) -> Contents:
        phone, email, address = (str(self.taken(name) or "") for name in ("phone", "email", "address"))
        person = replace(self.contents.applicant, phone=phone, email=email, address=address)
        return replace(self.contents, applicant=person)


def awaiting_contact(contents: Contents) -> Contents:
    """Contents of a new draft: what nobody was asked yet, and the account does not say, is unfinished."""
    lacking = {name: "" for name in ContactForm.WANTED if not getattr(contents.applicant, name)}
    return replace(contents, unfinished={**contents.unfinished, **lacking})


# --- What is known beforehand -------------------------------------------------------------------------------
def applicant_of_account(card: AccountCard) -> Applicant:
    return Applicant(
        name=card.full_name,
        personal_id=card.personal_id or "",
        phone=card.phone,
        email=card.email,
        address=card.address,
        date_of_birth=card.date_of_birth,
    )


def applicant_of_organisation(card: OrganisationCard) -> Applicant:
    return Applicant(name=card.name, phone=card.phone, email=card.email, address=card.address)


def turned_over(contents: Contents, card: AccountCard, *, is_for_another: bool) -> Contents:
    """The contents after the answer to whom the dossier is for has changed: its person begins anew."""
    if is_for_another == bool(contents.submitter_name):
        return contents
    about = {*PersonForm.base_fields, *CapacityForm.base_fields}
    kept = {name: text for name, text in contents.unfinished.items() if name not in about}
    before = contents.applicant
    person = Applicant("") if is_for_another else applicant_of_account(card)
    return replace(
        contents,
        applicant=replace(person, phone=before.phone, email=before.email, address=before.address),
        submitter_name=card.full_name if is_for_another else "",
        capacity=None,
        authority="",
        unfinished=kept,
    )


def lost_by_turning(contents: Contents, card: AccountCard) -> list[Lost]:
    """What `turned_over` would throw away and only who typed it knows: not what the account says too."""
    own = applicant_of_account(card)
    known = {} if contents.submitter_name else _answers_about(Contents(own))
    faulty = {name: text for name, text in contents.unfinished.items() if text}
    fields = {**PersonForm.base_fields, **CapacityForm.base_fields}
    typed = _answers_about(contents)
    answers = {name: faulty.get(name) or typed[name] for name in fields}
    return [
        Lost(str(fields[name].label), text)
        for name, text in answers.items()
        if text and text != known.get(name)
    ]


def _answers_about(contents: Contents) -> dict[str, str]:
    person, capacity = contents.applicant, contents.capacity
    return {
        "name": person.name,
        "personal_id": person.personal_id,
        "date_of_birth": day_text(person.date_of_birth),
        "capacity": gettext(labels.CAPACITY[capacity]) if capacity else "",
        "authority": contents.authority,
    }


# --- The result, and sending --------------------------------------------------------------------------------
class DeliveryForm(AskingForm):
    """How the result is wanted, and where."""

    delivery = forms.ChoiceField(
        label=_("Bạn muốn nhận kết quả bằng cách nào?"), choices=DELIVERIES, widget=forms.RadioSelect()
    )
    postal_address = FreeText(
        label=_("Địa chỉ nhận bưu phẩm"),
        help_text=_("Chỉ cần khi nhận kết quả qua bưu điện."),
        max_length=300,
        required=False,
    )

    receipt_asked = forms.BooleanField(
        label=_("Tôi đề nghị lập giấy tiếp nhận hồ sơ"),
        help_text=_("Nếu có kết quả ngay trong ngày, giấy tiếp nhận chỉ được lập khi bạn đề nghị."),
        required=False,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        ways: Sequence[str],
        desk: str,
        contents: Contents,
        with_receipt: bool = False,
        must_come: str = "",
    ) -> None:
        """`desk`: where one collects; `with_receipt`: whether a receipt is made only for whoever asks;
        `must_come`: what the procedure says of who has to come. Begins with the usual way and the address of
        whose dossier it is."""
        wish = contents.delivery
        how = wish.how if wish.how in ways else ways[0]
        address = wish.address or contents.applicant.address
        known = {"delivery": how, "postal_address": address, "receipt_asked": wish.receipt_asked}
        super().__init__(data, contents=contents, initial=known)
        if not with_receipt:
            del self.fields["receipt_asked"]
        there = gettext("Đến nhận tại %(desk)s") % {"desk": desk}
        named = {**dict(DELIVERIES), "counter": there}
        self.choice_field("delivery").choices = [pair for pair in named.items() if pair[0] in ways]
        self.fields["delivery"].help_text = must_come
        self.want("postal_address")  # by post it is needed: its help says when

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("delivery") == "postal" and not data.get("postal_address"):
            self.add_error("postal_address", gettext("Hãy nhập địa chỉ nhận bưu phẩm."))
        return data

    def put(self) -> Contents:
        how = self.taken("delivery") or ""
        address = self.taken("postal_address") or ""
        asked = bool(self.taken("receipt_asked"))
        return replace(self.contents, delivery=ResultDelivery(how, address if how == "postal" else "", asked))


class VouchingForm(FaceForm):
    """Whoever sends answers stands by them, the first time and when they are sent anew."""

    declared = forms.BooleanField(
        label=_("Tôi cam đoan những điều đã khai là đúng sự thật và chịu trách nhiệm trước pháp luật."),
        error_messages={"required": _("Hãy đánh dấu vào ô cam đoan trước khi gửi.")},
    )


class LeavingForm(FaceForm):
    """Pages that were taken in and not joined are not sent; whoever sends without them says so."""

    without_pages = forms.BooleanField()

    def __init__(self, data: Any = None, *, count: int) -> None:
        super().__init__(data)
        field, about = self.fields["without_pages"], {"count": count}
        said = ngettext(
            "Gửi mà không ghép %(count)s trang này", "Gửi mà không ghép %(count)s trang này", count
        )
        field.label = said % about
        field.error_messages["required"] = (
            ngettext(
                "Còn %(count)s trang chưa ghép. Hãy ghép, hoặc đánh dấu vào ô gửi mà không ghép.",
                "Còn %(count)s trang chưa ghép. Hãy ghép, hoặc đánh dấu vào ô gửi mà không ghép.",
                count,
            )
            % about
        )


def leaving_of(data: Any, unjoined: Collection[Unjoined]) -> LeavingForm | None:
    """The choice to send without what is not joined; None where nothing waits."""
    return LeavingForm(data, count=sum(each.pages for each in unjoined)) if unjoined else None


class DeclarationForm(VouchingForm):
    """The applicant agrees to what is done with the data, and stands by what is written.

    Basis: DL24-7.3#2.
    """

    consented = forms.BooleanField(
        label=_("Tôi đồng ý cho cơ quan dùng dữ liệu cá nhân trong hồ sơ này như đã nêu."),
        error_messages={
            "required": _(
                "Hãy đánh dấu vào ô đồng ý cho dùng dữ liệu. "
                "Nếu không đồng ý, bạn nộp hồ sơ tại bộ phận một cửa."
            )
        },
    )
    field_order = ("consented", "declared")

    def __init__(self, data: Any = None, *, contents: Contents) -> None:
        super().__init__(data)
        if contents.submitter_name:
            self.fields["consented"].label = gettext(
                "Tôi và chủ hồ sơ đồng ý cho cơ quan dùng dữ liệu cá nhân trong hồ sơ này như đã nêu."
            )
