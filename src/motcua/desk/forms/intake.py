"""Counter intake in one page: the person, the procedure, the papers, the wish for the result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.accounts import queries as accounts
from motcua.accounts.queries import AccountCard
from motcua.accounts.rules.identity_cards import IdentityCard, read_card
from motcua.agencies.rules.cards import AgencyCard
from motcua.catalogue.enums import Channel
from motcua.catalogue.labels import OTHER_CASES, case_names
from motcua.catalogue.rules.blank_forms import FormsOf
from motcua.catalogue.rules.cards import Offer
from motcua.catalogue.rules.fees import FeesToPay
from motcua.desk import labels as desk_labels
from motcua.desk.forms import eform
from motcua.desk.forms.applicants import ApplicantForm, ApplicantKind, applicant_in, kind_in
from motcua.desk.forms.choices import first_choice, named
from motcua.desk.forms.papers import PaperRows, Wanted
from motcua.dossiers import labels
from motcua.dossiers import queries as dossiers
from motcua.dossiers.errors import WayNotOfProcedure
from motcua.dossiers.rules.state import ResultDelivery
from motcua.kernel.actors import Actor
from motcua.theme.refusals import sentence

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import QueryDict
    from django.utils.datastructures import MultiValueDict

    from motcua.catalogue.rules.sheets import ProcedureSheet

CHANNELS = {channel.value: labels.CHANNEL[channel] for channel in (Channel.COUNTER, Channel.POSTAL)}


@dataclass(frozen=True, slots=True)
class Sent:
    """The files that came with the page, and who sent them; `pressed` has the button beside a page."""

    files: MultiValueDict[str, UploadedFile[bytes]]
    actor: Actor
    at: datetime
    pressed: Mapping[str, str] = field(default_factory=dict)


class Intake(ApplicantForm):
    """Used bound when a dossier is to be made, unbound with `initial` while things are looked up."""

    request_key = forms.CharField(
        widget=forms.HiddenInput(), validators=[RegexValidator(r"^[0-9a-f]{32}$")], max_length=32
    )
    version_id = forms.IntegerField(required=False, widget=forms.HiddenInput())
    channel = forms.ChoiceField(label=_("Cách nộp"), choices=named(CHANNELS), widget=forms.RadioSelect())
    agency = forms.TypedChoiceField(label=_("Bộ phận một cửa"), coerce=int)
    settled_by = forms.ChoiceField(label=_("Cơ quan giải quyết"), required=False)
    procedure_text = forms.CharField(
        label=_("Tìm thủ tục"),
        required=False,
        max_length=200,
        help_text=_("Gõ mã, ba số cuối của mã, hoặc vài chữ trong tên. Ví dụ: khai sinh, 1.001193, 193."),
    )
    all_papers = forms.BooleanField(label=_("Đã nhận đủ giấy tờ bắt buộc, đúng số bản"), required=False)
    no_papers = forms.BooleanField(label=_("Không có giấy tờ kèm theo"), required=False)
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
        may_look_up: bool = True,
        blank_forms: FormsOf | None = None,
        settling: tuple[Offer, ...] = (),
    ) -> None:
        typed = data if data is not None else initial or {}
        usual = Channel.COUNTER.value if Channel.COUNTER.value in channels else channels[0]
        back = "postal" if usual == Channel.POSTAL.value else "counter"
        start = {"channel": usual, "delivery": back, "request_key": uuid4().hex}
        super().__init__(data, initial={**start, **(initial or {})})
        self.choice_field("channel").choices = named({key: CHANNELS[key] for key in channels})()
        self.sheet, self.today, self.may_look_up = sheet, today, may_look_up
        self.blank_forms = blank_forms
        self.set_kind(typed)
        self._set_agencies(agencies)
        self._set_settling(agencies, settling)
        self.papers = PaperRows((), None)
        if sheet is not None:
            self._set_sheet(sheet, typed, usual)
        self.sent = sent
        if sent is not None:
            self.papers.take_in(sent.files, actor=sent.actor, at=sent.at)
            self.papers.press(sent.pressed)

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

    def _set_settling(self, agencies: tuple[AgencyCard, ...], settling: tuple[Offer, ...]) -> None:
        """Ask who settles it, where desks take in for others; unsaid it is the agency of the desk itself."""
        own = {card.id for card in agencies}
        others = [offer for offer in settling if len(own) > 1 or offer.agency_id not in own]
        if not others:
            del self.fields["settled_by"]
            return
        field = self.choice_field("settled_by")
        field.required = not any(offer.agency_id in own for offer in settling)
        at_home = agencies[0].name if len(own) == 1 else gettext("Cơ quan của bộ phận một cửa đã chọn")
        unsaid = gettext("Chọn cơ quan") if field.required else at_home
        named = ((str(offer.agency_id), offer.agency_name) for offer in others)
        field.choices = first_choice(unsaid, named)
        field.widget.attrs["data-mc-said-at"] = "settled-by-said"
        if field.required:  # the usual case stays on one screen without it
            field.help_text = gettext(
                "Bộ phận này kiểm tra, chuyển hồ sơ và trả kết quả; cơ quan được chọn giải quyết."
            )

    def _set_sheet(self, sheet: ProcedureSheet, typed: Mapping[str, Any], usual: str) -> None:
        if sheet.variants:
            choices = first_choice(gettext("Chọn trường hợp"), self.cases)
            self.fields["variant"].widget = forms.Select(choices=choices)
            if sheet.has_exception:
                self.initial["variant"] = self.initial.get("variant") or sheet.usual_case
        self.fields.update(eform.fields_of(sheet.eform))
        self._set_delivery(sheet)
        channel = str(typed.get("channel") or usual)
        case = str(self["variant"].value() or "")
        wanted = sheet.components_for(channel, sheet.variant_of(case) if case in sheet.cases else None)
        self.papers = PaperRows(
            [Wanted.of(component, forms=self.blank_forms) for component in wanted],
            typed,
            all_required=bool(typed.get("all_papers")),
        )

    def _set_delivery(self, sheet: ProcedureSheet) -> None:
        """Offer the ways of return that the procedure allows; the first where the usual one is none."""
        ways = {way: name for way, name in desk_labels.DELIVERY.items() if sheet.returns(way)}
        field = self.choice_field("delivery")
        field.choices, field.help_text = named(ways)(), sheet.must_come
        if sheet.result_ways:  # else a page that was made up
            field.error_messages["invalid_choice"] = sentence(
                WayNotOfProcedure(basis=sheet.result_ways_basis)
            )
        if self.initial.get("delivery") not in ways:
            self.initial["delivery"] = "counter" if "counter" in ways else next(iter(ways))

    @property
    def cases(self) -> list[tuple[str, str]]:
        """What the dossier can be, as (answer, words); empty where nobody has to say."""
        return case_names(self.sheet, gettext(OTHER_CASES)) if self.sheet else []

    @property
    def settled_by_said(self) -> str:
        """Who settles it as chosen now; unsaid, the agency of the desk itself."""
        options = [option.data for option in self["settled_by"].subwidgets]
        return next((str(each["label"]) for each in options if each["selected"]), str(options[0]["label"]))

    @property
    def gives_result_at_once(self) -> bool:
        """Whether the result is promised for the day of receipt, so that a receipt may be left out."""
        return self.sheet is not None and any(offered.cutoff for offered in self.sheet.limits)

    @property
    def is_by_post(self) -> bool:
        return str(self["channel"].value()) == Channel.POSTAL.value

    def questions(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Sections of the e-form for the template."""
        sections = self.sheet.eform if self.sheet else ()
        return [
            (gettext(section.title), [self[eform.PREFIX + question.key] for question in section.fields])
            for section in sections
        ]

    @property
    def has_faulty_answers(self) -> bool:
        return any(name.startswith(eform.PREFIX) for name in self.errors)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        is_by_post = data.get("channel") == Channel.POSTAL.value
        if self.sheet is None:
            self.add_error("procedure_text", gettext("Hãy chọn thủ tục."))
        elif self.sheet.cases and data.get("variant") not in self.sheet.cases:
            self.add_error("variant", gettext("Hãy chọn trường hợp giải quyết."))
        self.judge_people(data, is_by_post=is_by_post)
        if is_by_post and not str(data.get("postal_number", "")).strip():
            self.add_error("postal_number", gettext("Hãy ghi số vận đơn bưu chính."))
        if data.get("delivery") == "postal" and not _filled(data, "delivery_address", "address"):
            self.add_error("delivery_address", gettext("Hãy ghi địa chỉ nhận kết quả."))
        self.answers: dict[str, str] = {}
        if self.sheet is not None:
            case = self.sheet.variant_of(data.get("variant") or "")
            self.answers, errors = eform.answers(self.sheet.eform, data, applicant_in(data), case, self.today)
            for name, message in errors.items():
                self.add_error(name, message)
        for _name, message in self.papers.errors():
            self.add_error(None, message)
        return data

    def judge_unknown_papers(self) -> str:
        """What is wanted before a receipt for a procedure whose papers were never entered: that those which
        lie there are named, or said to be none. Empty if nothing is; asked once the form was judged."""
        if self.sheet is None or not self.sheet.has_unknown_papers:
            return ""
        is_none, is_any = self.cleaned_data.get("no_papers"), any(row.is_brought for row in self.papers.rows)
        if is_none and is_any:
            text = gettext(
                "Vừa đánh dấu giấy tờ đã nhận, vừa đánh dấu “Không có giấy tờ kèm theo”. "
                "Hãy bỏ một trong hai."
            )
            self.add_error("no_papers", text)
            return text
        if is_none or all(row.is_brought and row.note.strip() for row in self.papers.rows):
            return ""
        text = self.papers.want_named()
        self.add_error(None, text)
        return text

    @property
    def fees(self) -> FeesToPay | None:
        """What is to be paid as the form stands, and when; None while no procedure is chosen."""
        if self.sheet is None:
            return None
        channel, variant = str(self["channel"].value() or ""), str(self["variant"].value() or "")
        is_said = not self.sheet.cases or variant in self.sheet.cases
        case = self.sheet.variant_of(variant) if is_said else None
        return dossiers.fees_offered(self.sheet, channel, case, self.today)

    def filing(self, known: Mapping[str, AccountCard] | None = None) -> dict[str, Any]:
        """What the service of this channel takes: the counter's, or with a postal number that of the post.

        The dossier is owned by the account that is surely the applicant's, unless a right of who brings it
        says whose it is. `known` are the accounts of several applicants, where they were read together.
        Raises what joining the pages of a paper raises.
        """
        data = self.cleaned_data
        assert self.sheet is not None
        assert self.sent is not None
        applicant = self.applicant()
        account = None
        if applicant.personal_id:
            account = accounts.same_citizen(
                applicant.personal_id, name=applicant.name, born=applicant.date_of_birth, known=known
            )
        by_post = {"postal_number": data["postal_number"].strip()} if self.is_by_post else {}
        return {
            **by_post,
            **self.submitter(),
            "note": data["note"].strip(),
            "procedure_version_id": self.sheet.version_id,
            "agency_id": int(data.get("settled_by") or data["agency"]),
            "received_by": data["agency"] if data.get("settled_by") else 0,
            "applicant": applicant,
            "submission_key": data["request_key"],
            "form_data": self.answers,
            "documents": self.papers.documents(actor=self.sent.actor, at=self.sent.at),
            "delivery": self.delivery_wish(),
            "variant": self.sheet.variant_of(data["variant"]),
            "owner_id": str(account.id) if account else "",
        }

    def delivery_wish(self) -> ResultDelivery:
        data = self.cleaned_data
        address = (
            (data["delivery_address"] or data["address"]).strip() if data["delivery"] == "postal" else ""
        )
        return ResultDelivery(how=data["delivery"], address=address)


def read_off(typed: dict[str, Any]) -> dict[str, Any] | None:
    """The entries with what a scanned card says in them; None where no card was scanned.

    Another card is another person: nothing of the one before stays. An organisation has no card: then it is
    that of who brings it.
    """
    card = read_card(str(typed.get("personal_id", "")))
    if card is None:
        return None
    if kind_in(typed).is_organisation:
        return typed | {"personal_id": "", **_bringer(card)}
    born = card.date_of_birth.strftime("%d/%m/%Y") if card.date_of_birth else ""
    emptied = dict.fromkeys(("phone", "email", "nationality", "submitter_number", "submitter_name"), "")
    found = {
        "kind": ApplicantKind.PERSON.value,
        "personal_id": card.personal_id,
        "name": card.name,
        "date_of_birth": born,
        "address": card.address,
    }
    return typed | emptied | found


def read_bringer_off(typed: dict[str, Any]) -> dict[str, Any]:
    """The entries with what the card of who brings it says; as they are where none was scanned."""
    card = read_card(str(typed.get("submitter_number", "")))
    return typed | _bringer(card) if card else typed


def _bringer(card: IdentityCard) -> dict[str, str]:
    return {"submitter_number": card.personal_id, "submitter_name": card.name}


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
    return where_empty(typed, known)


def where_empty(typed: dict[str, Any], known: dict[str, str]) -> dict[str, Any]:
    """The entries, with what is known only where nothing was typed yet."""
    return typed | {key: value for key, value in known.items() if not str(typed.get(key, "")).strip()}


def _filled(data: Mapping[str, Any], *names: str) -> bool:
    return any(str(data.get(name) or "").strip() for name in names)
