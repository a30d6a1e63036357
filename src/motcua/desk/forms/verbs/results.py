"""Verbs around the result: make it, tell of it, hand it over, file it away."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.accounts.rules import entries
from motcua.accounts.rules.identity_cards import read_card
from motcua.desk import labels
from motcua.desk.forms.applicants import capacities
from motcua.desk.forms.choices import named
from motcua.desk.forms.verbs.base import VerbForm, ground_of_visit, note_field, reason_field
from motcua.desk.forms.verbs.with_file import FormWithFile
from motcua.dossiers import labels as dossier_labels
from motcua.dossiers import queries, services
from motcua.dossiers.enums import Capacity, Decision, TakerPaper
from motcua.dossiers.errors import (
    BadPassport,
    BadPersonalId,
    CapacityNotNamed,
    NoElectronicResult,
    PostalNumberRequired,
    TakerNotEntrusted,
    TakerRequired,
    TooManyVisits,
    VisitInThePast,
    VisitWhenClosed,
)
from motcua.dossiers.rules.result_names import proposed_names
from motcua.dossiers.rules.state import Taker
from motcua.dossiers.services import Act
from motcua.kernel.errors import N_
from motcua.kernel.text import fold, visible
from motcua.theme.day_fields import MomentField
from motcua.theme.forms import lower_first, missing
from motcua.theme.refusals import sentence

if TYPE_CHECKING:
    from motcua.kernel.errors import Refusal


OTHER_PAPER = "other"
TWO_NAMES = N_("Bạn đã ghi tên văn bản khác. Hãy chọn “Văn bản khác”, hoặc xóa tên đó.")


class IssueResult(FormWithFile):
    """Which paper it is, is chosen: nothing is taken for granted but where the procedure has one result only
    and it was granted. Who is refused gets a written answer."""

    number = forms.CharField(
        label=_("Số, ký hiệu"),
        max_length=100,
        help_text=_("Như ghi trên văn bản, ví dụ 123/GCN-UBND."),
    )
    which = forms.ChoiceField(
        label=_("Kết quả"),
        help_text=_("Chọn đúng văn bản đã ký; hồ sơ, thư báo và trang tra cứu ghi theo tên này."),
        widget=forms.RadioSelect(),
    )
    name = forms.CharField(
        label=_("Tên kết quả"),
        max_length=300,
    )
    upload_hint = N_("Nếu có thì người nộp tải về được. Tối đa %(size)s; nhận %(types)s.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"].label = gettext("Tệp kết quả điện tử")
        decision = self.occasion.state.decision
        self._names = proposed_names(decision, self.occasion.sheet)
        if decision is Decision.REFUSE or not self._names:
            del self.fields["which"]  # there is nothing to choose among
            self.fields["name"].initial = next(iter(self._names), "")
            return
        which = self.choice_field("which")
        listed = [(str(place), name) for place, name in enumerate(self._names)]
        which.choices = [*listed, (OTHER_PAPER, gettext("Văn bản khác"))]
        if len(self._names) == 1:
            which.initial = "0"
        self.fields["name"].label = gettext("Tên văn bản khác")
        self.fields["name"].required = False
        self.want("name")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "which" not in self.fields or not data.get("which"):
            return data
        typed = visible(str(data.get("name") or ""))
        if data["which"] == OTHER_PAPER and not typed and "name" not in self.errors:
            self.add_error("name", missing(self.fields["name"]))
        elif data["which"] != OTHER_PAPER and typed:  # without script both can be given
            self.add_error("which", gettext(TWO_NAMES))
        return data

    def send(self) -> Act:
        which = self.cleaned_data.get("which", OTHER_PAPER)
        return services.issue_result(
            **self.common,
            task_key=self.task_key,
            number=self.cleaned_data["number"],
            name=self.cleaned_data["name"] if which == OTHER_PAPER else self._names[int(which)],
            file_id=self.file_id,
        )


class Invite(VerbForm):
    filled_from_templates = ("purpose",)

    visit_at = MomentField(label=_("Hẹn đến lúc"))
    purpose = reason_field(_("Nội dung làm việc"), _("Người nộp đọc đoạn này: đến để làm gì, mang theo gì."))
    ground = ground_of_visit()

    def field_of(self, refusal: Refusal) -> str | None:
        if isinstance(refusal, TooManyVisits):
            return "ground"
        return "visit_at" if isinstance(refusal, VisitInThePast | VisitWhenClosed) else None

    def send(self) -> Act:
        data = self.cleaned_data
        return services.invite(
            **self.common, visit_at=data["visit_at"], purpose=data["purpose"], ground=data["ground"]
        )


class Announce(VerbForm):
    def send(self) -> Act:
        return services.announce(**self.common)


TAKEN_ONLINE = N_(
    "Trả trực tuyến thì không có người nhận và chứng cứ giao nhận. "
    "Nếu có người nhận bản giấy, hãy chọn cách trả đó; nếu không, hãy xóa những ô này."
)


class Who(StrEnum):
    """Who takes a result, as the form asks it."""

    APPLICANT = "applicant"
    SUBMITTER = "submitter"  # filed for the applicant
    OTHER = "other"


class ReturnResult(FormWithFile):
    """Who takes it is one choice; of somebody whom the dossier does not know it is asked who they are and by
    what right. By post only the name counts, for the desk sees nobody; where the regulation has results go
    registered, the right of whoever signed and the postal number too."""

    upload_hint = N_("Ảnh chụp giấy ủy quyền, giấy giới thiệu. Tối đa %(size)s; nhận %(types)s.")

    how = forms.ChoiceField(label=_("Cách trả"), choices=named(labels.HANDING), widget=forms.RadioSelect())
    who = forms.ChoiceField(label=_("Người nhận"), widget=forms.RadioSelect())
    taker_number = forms.CharField(
        label=_("Số giấy tờ tùy thân"),
        help_text=_("Quét thẻ căn cước, hoặc gõ số."),
        required=False,
        max_length=500,  # a scanner types the whole card into it
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-mc-select": ""}),
    )
    taker_paper = forms.ChoiceField(
        label=_("Loại giấy tờ tùy thân"), required=False, choices=named(dossier_labels.TAKER_PAPER)
    )
    received_by = forms.CharField(
        label=_("Họ và tên người nhận"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocapitalize": "words"}),
    )
    taker_capacity = forms.ChoiceField(label=_("Tư cách người nhận"), required=False, choices=capacities)
    taker_authority = forms.CharField(
        label=_("Giấy tờ chứng minh tư cách"),
        help_text=_("Ví dụ: giấy ủy quyền số 12 ngày 04/03/2024; giấy khai sinh của con."),
        required=False,
        max_length=300,
    )
    postal_number = forms.CharField(
        label=_("Số vận đơn bưu chính"),
        help_text=_("In trên phiếu gửi bảo đảm, ví dụ RA123456789VN."),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    proof = forms.CharField(
        label=_("Chứng cứ giao nhận"),
        max_length=300,
        help_text=_("Ví dụ: đã ký sổ trả kết quả, đã xem căn cước; hoặc số vận đơn bưu chính."),
    )

    and_close = forms.BooleanField(label=_("Kết thúc và lưu hồ sơ luôn"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        state, sheet = self.occasion.state, self.occasion.sheet
        wanted = queries.goes_back(state)
        offered = services.handings_of(self.occasion.dossier)
        how, who = self.choice_field("how"), self.choice_field("who")
        how.choices = [pair for pair in named(labels.HANDING)() if pair[0] in offered]
        how.help_text = "" if state.decision is Decision.REFUSE else sheet.must_come
        who.choices = self._people()
        who.initial = Who.APPLICANT.value
        self.fields["upload"].label = gettext("Bản chụp giấy tờ chứng minh tư cách")
        if queries.compares_papers(state, sheet):
            self.fields["papers_compared"] = forms.BooleanField(
                label=_("Đã đối chiếu giấy tờ nộp trực tuyến với bản chính"),
                required=False,
                help_text=_("Cần khi trả kết quả tại quầy."),
            )
        if queries.signs_form(state, sheet):
            self.fields["form_signed"] = forms.BooleanField(
                label=_("Người nộp đã ký mẫu đơn, tờ khai khai trực tuyến"),
                required=False,
                help_text=_(
                    "Cần khi trả kết quả tại quầy. In trang hồ sơ, phần Nội dung tờ khai, để người nộp ký."
                ),
            )
        if not services.may_close(self.occasion.actor, self.occasion.dossier):
            del self.fields["and_close"]
        self._has_file = state.results[-1].file_id is not None if state.results else False
        usual = wanted if self._has_file or wanted != "online" else "counter"
        self.fields["how"].initial = usual if usual in offered else next(iter(offered), "")
        self.registered = queries.goes_registered(state)
        if self.registered and "postal" in offered:
            self.fields["proof"].help_text = gettext(
                "Ví dụ: đã ký sổ trả kết quả, đã xem căn cước; "
                "gửi bưu chính thì phiếu báo phát có chữ ký người nhận."
            )
        else:
            del self.fields["postal_number"]
        if self.data.get("how") == "online":  # nobody stands there to sign
            self.fields["who"].required = self.fields["proof"].required = False
        # Only of somebody whom the dossier does not know, who is chosen with one key more.
        self.want("taker_number", "taker_paper", "received_by", "taker_capacity", "taker_authority")
        if "postal_number" in self.fields:
            self.want("postal_number")
        self._scan = read_card(str(self.data.get("taker_number", ""))) if self.is_bound else None
        if self._scan is not None:
            said = {"taker_number": self._scan.personal_id, "taker_paper": TakerPaper.IDENTITY.value}
            name = visible(self.data.get("received_by", "")) or self._scan.name
            self.data = dict(self.data.items()) | said | {"received_by": name}

    def _people(self) -> list[tuple[str, str]]:
        """The applicant, who filed for them if somebody did, and anybody else."""
        contents = self.occasion.state.contents
        found = [(Who.APPLICANT.value, gettext("%(name)s, chủ hồ sơ") % {"name": contents.applicant.name})]
        if contents.submitter_name and contents.capacity:
            said = {
                "name": contents.submitter_name,
                "capacity": lower_first(gettext(dossier_labels.CAPACITY[contents.capacity])),
            }
            found.append((Who.SUBMITTER.value, gettext("%(name)s, đã nộp thay: %(capacity)s") % said))
        return [*found, (Who.OTHER.value, gettext("Người khác"))]

    def clean_how(self) -> str:
        how = str(self.cleaned_data["how"])
        if how == "online" and not self._has_file:
            raise forms.ValidationError(sentence(NoElectronicResult()))
        return how

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("how") == "online" and (data.get("proof") or data.get("received_by")):
            self.add_error("how", gettext(TAKEN_ONLINE))
        if data.get("how") == "postal" and data.get("postal_number") == "":
            self.add_error("postal_number", missing(self.fields["postal_number"]))
        if data.get("who") != Who.OTHER or data.get("how") in (None, "online"):
            return data
        asked = ["received_by"]
        if data["how"] == "counter":
            asked += ["taker_number", "taker_paper"]
        if self._asks_right(data["how"]):
            asked += ["taker_capacity", "taker_authority"]
        for name in asked:
            if not visible(str(data.get(name, ""))) and name not in self.errors:
                self.add_error(name, missing(self.fields[name]))
        if self._scan is not None and fold(self._scan.name) != fold(str(data.get("received_by", ""))):
            self.add_error("received_by", gettext("Tên này khác tên trên thẻ vừa quét. Hãy đối chiếu lại."))
        return data

    def field_of(self, refusal: Refusal) -> str | None:
        if isinstance(refusal, TakerRequired | BadPersonalId | BadPassport):
            return "taker_number"
        if isinstance(refusal, PostalNumberRequired):
            return "postal_number" if "postal_number" in self.fields else None
        if isinstance(refusal, TakerNotEntrusted):
            return "taker_authority"
        return "taker_capacity" if isinstance(refusal, CapacityNotNamed) else None

    def send(self) -> Act:
        data = self.cleaned_data
        online = data["how"] == "online"
        taker = self._taker()
        with transaction.atomic():  # closed with it, or nothing of both
            act = services.return_result(
                **self.common,
                how=data["how"],
                received_by="" if online else self._name(),
                proof="" if online else visible(data["proof"]),
                papers_compared=data.get("papers_compared", False),
                form_signed=data.get("form_signed", False),
                postal_number=data.get("postal_number", ""),
                taker=taker,
                file_id=self.file_id if taker else None,
            )
            if data.get("and_close"):
                common = self.common
                common["expected_version"] = act.version
                act = services.close(**common)
        return act

    def _name(self) -> str:
        contents = self.occasion.state.contents
        match self.cleaned_data["who"]:
            case Who.APPLICANT:
                return contents.applicant.name
            case Who.SUBMITTER:
                return contents.submitter_name
            case _:
                return entries.written_name(self.cleaned_data["received_by"])

    def _asks_right(self, how: str) -> bool:
        return how == "counter" or (how == "postal" and self.registered)

    def _taker(self) -> Taker | None:
        data = self.cleaned_data
        if data["who"] != Who.OTHER or not self._asks_right(data["how"]):
            return None
        capacity, authority = Capacity(data["taker_capacity"]), data["taker_authority"]
        if data["how"] == "postal":  # whoever signed showed their card to the post, not to the desk
            return Taker(capacity, authority)
        return Taker(capacity, authority, TakerPaper(data["taker_paper"]), data["taker_number"])


class RecordNonCollection(VerbForm):
    filled_from_templates = ("note",)

    note = reason_field(
        _("Đã báo và chờ thế nào"), _("Ví dụ: đã nhắn tin ngày 4, gọi điện ngày 6, chưa đến.")
    )

    def send(self) -> Act:
        return services.record_non_collection(**self.common, note=self.cleaned_data["note"])


class Close(VerbForm):
    note = note_field(_("Ghi chú lưu trữ"))

    def send(self) -> Act:
        return services.close(**self.common, note=self.cleaned_data["note"])
