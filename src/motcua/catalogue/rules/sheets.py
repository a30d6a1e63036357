"""The procedure sheet: everything a published version tells, frozen."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import time
from typing import TYPE_CHECKING

from motcua.catalogue.enums import Channel, OnlineLevel, PaymentTime
from motcua.catalogue.rules import codes
from motcua.kernel.errors import N_
from motcua.kernel.text import fold

if TYPE_CHECKING:
    from motcua.catalogue.rules.eforms import FormSection
    from motcua.kernel.limits import TimeLimit
    from motcua.kernel.money import Money


EFORM = N_("Tờ khai điện tử")  # the questions that are answered on the page, where one reads of them
_SHOWN_AT_END = re.compile(r"\s*[-–,(]\s*xuất trình\)?$", re.IGNORECASE)
_SHOWN_AT_START = re.compile(r"^xuất trình(?:[;,.]\s*|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RequiredDocument:
    """One paper of the dossier. Empty `channels` or `variants` means: all of them."""

    key: str
    name: str
    originals: int = 1
    copies: int = 0
    required: bool = True
    channels: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    condition: str = ""
    is_form: bool = False
    is_shown_only: bool = False  # shown at the counter (an identity card), never handed in
    is_for_others: bool = False  # only asked of who acts for somebody else (a power of attorney)

    @property
    def is_filled_online(self) -> bool:
        """An interactive form: answered on the page when one files online, never a paper to bring."""
        return self.is_form and self.channels == (Channel.ONLINE,)

    @property
    def called(self) -> str:
        """What people read it as. The interactive form has one name everywhere, whatever a publication calls
        it; that a paper is shown only is said beside it, and not again in its name."""
        if self.is_filled_online:
            return EFORM
        return _SHOWN_AT_END.sub("", self.name) if self.is_shown_only else self.name

    @property
    def takes_form(self) -> bool:
        """Whether a blank form can belong to it: a paper that is filled in and handed in."""
        return not (self.is_filled_online or self.is_shown_only)

    @property
    def own_condition(self) -> str:
        """Under which condition it is wanted. Empty where that only says again by which channels it is asked:
        these are told apart, and the words need not name them all ("nộp trực tiếp", by post too). Without
        the words that it is shown, where that is all that is done with it: this is said beside it.
        """
        if self.channels and fold(self.condition).startswith("nop "):
            return ""
        return _SHOWN_AT_START.sub("", self.condition) if self.is_shown_only else self.condition

    def is_asked(self, channel: str, variant: str | None) -> bool:
        """Whether it belongs to a dossier of this channel and case, as `ProcedureSheet` means a case."""
        by_channel = not self.channels or channel in self.channels
        by_variant = not self.variants or variant is None or variant in self.variants
        return by_channel and by_variant


# The questions of the form for procedures that have none of their own: who asks, and for what.
GENERAL_QUESTIONS = frozenset(
    {"requester_name", "requester_id", "requester_address", "requester_phone", "requester_email"}
    | {"request", "remarks"}
)
OTHER_CASE = "khong"  # as an answer to which case it is; the dossier then has none, which is ""
RELATION = "requester_relation"  # the question of a form what whoever asks is to the person it is about
# Stands where the papers of a procedure were never entered: whatever somebody brings belongs to it.
OTHER_PAPERS = RequiredDocument("giay-to-khac", "Giấy tờ khác", required=False)
# Belongs to the filing of who is entrusted or hired, never to the procedure: it shows that they may file. The
# condition is ours: no text refuses a filing without it, so that a reason may stand in its place.
AUTHORITY_PAPER = RequiredDocument(
    "quyen-nop-thay",
    "Giấy tờ ủy quyền hoặc hợp đồng thuê dịch vụ",
    condition="nếu chưa gửi kèm được thì ghi lý do; bộ phận một cửa đọc lý do này trước khi tiếp nhận",
    is_for_others=True,
)


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee or charge; `amount` is None where the text leaves it to another decision.

    Fees of one `one_of` exclude each other; where they have a `from_piece`, they are the tiers of one number
    instead: each holds from its piece on to where the next begins, and all together cost `at_most`. Tiers
    that are `per_copy` count the pages of one copy, and begin anew with the next. `exempt` says who pays
    nothing of what others pay. `due` is when it is paid, None where the announcement does not say.
    """

    name: str
    amount: Money | None
    channel: str | None = None
    variant: str | None = None
    note: str = ""
    one_of: str = ""
    from_piece: int | None = None
    at_most: Money | None = None
    per_copy: bool = False
    exempt: str = ""
    due: PaymentTime | None = None


@dataclass(frozen=True, slots=True)
class OfferedLimit:
    """A time limit on channel × variant, with what was printed. `limit` is None where the printed unit is
    not one the law's arithmetic knows: nothing is converted silently."""

    channel: str | None
    variant: str | None
    limit: TimeLimit | None
    printed_value: str
    printed_unit: str
    cutoff: time | None = None
    mark: str = "found"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    code: str
    name: str


PERSON, ORGANISATION = "person", "organisation"


@dataclass(frozen=True, slots=True)
class ProcedureSheet:
    version_id: int
    code: str
    title: str
    sector: str
    online_level: OnlineLevel
    printed_code: str = ""
    levels: tuple[str, ...] = ()
    agency_text: str = ""
    variants: tuple[str, ...] = ()
    components: tuple[RequiredDocument, ...] = ()
    fees: tuple[Fee, ...] = ()
    limits: tuple[OfferedLimit, ...] = ()
    results: tuple[Result, ...] = ()
    legal_basis: tuple[str, ...] = ()
    eform: tuple[FormSection, ...] = ()
    notes: tuple[str, ...] = ()
    provenance: dict[str, str] = field(default_factory=dict, hash=False)
    source: str = ""
    publication_decision: str = ""
    is_sample: bool = True
    ministry: str = ""  # which built the online service and provides it in the province by its own rules
    ministry_address: str = ""
    no_mandate: str = ""  # the text by which nobody may be entrusted with filing it; empty where one may
    applicants: tuple[str, ...] = ()  # PERSON, ORGANISATION: whose dossier it can be; both where not entered
    who_files: str = ""  # a sentence on who of several people files it, such as either of a couple
    conditions: tuple[str, ...] | None = None  # "yêu cầu, điều kiện"; None where nobody entered any
    must_come: str = ""  # a sentence on who has to come in person, and when; empty where nobody has to
    cases_cover_all: bool = False  # whether the cases with a term of their own leave no other case
    result_ways: tuple[str, ...] = ()  # in which its result may come back; empty where it limits none
    result_ways_basis: str = ""  # the text by which, as people read it

    def component(self, key: str) -> RequiredDocument | None:
        return next((each for each in self.components if each.key == key), None)

    def is_for(self, kind: str) -> bool:
        """Whether a dossier of it can be that of a person, or of an organisation."""
        return not self.applicants or kind in self.applicants

    @property
    def is_for_organisations(self) -> bool:
        return self.is_for(ORGANISATION)

    def returns(self, way: str) -> bool:
        """Whether its result may come back in this way, as far as the procedure says."""
        return not self.result_ways or way in self.result_ways

    @property
    def has_unknown_papers(self) -> bool:
        """Whether no list of papers was found for it: that says nothing of how many it takes."""
        return not self.components and self.provenance.get("components") == "not_found"

    @property
    def papers(self) -> tuple[RequiredDocument, ...]:
        """What can be brought and asked for: the published papers, or any where these are not known."""
        return (OTHER_PAPERS,) if self.has_unknown_papers else self.components

    @property
    def has_general_form(self) -> bool:
        """Whether its e-form asks no more than who wants what: it stands for no form of the procedure."""
        keys = {question.key for section in self.eform for question in section.fields}
        return "request" in keys and keys <= GENERAL_QUESTIONS

    def is_answered(self, document: RequiredDocument) -> bool:
        """Whether the questions of the e-form stand for this paper, so that online no file is sent for it.

        They do for the interactive form, and for the first form on paper that it was made of; another form of
        the procedure is a paper like any, and so is each where only the general questions are asked.
        """
        if not (document.is_form and self.eform):
            return False
        if document.is_filled_online:
            return True
        first = next((each.key for each in self.components if each.is_form and not each.is_filled_online), "")
        return document.key == first and not self.has_general_form

    @property
    def asks_relation(self) -> bool:
        """Whether its form names who asks apart from the person it is about, such as a child whose birth is
        registered: who asks then is the applicant, also for a child or a relative."""
        return any(question.key == RELATION for section in self.eform for question in section.fields)

    @property
    def matter(self) -> str:
        """What it is about, for after the word "thủ tục": its title without that word."""
        rest = self.title.removeprefix("Thủ tục ")
        return rest[:1].upper() + rest[1:]

    @property
    def national_code(self) -> str:
        """The code as people may quote it; empty where the procedure has none."""
        return codes.national(self.code)

    # A `variant` below is the case of a dossier: "" where it is in none of `variants`; None asks for all.
    @property
    def has_other_case(self) -> bool:
        """Whether somebody can be in none of the cases that have terms or papers of their own. Not where
        these leave no other, nor where no term stands for one.
        """
        is_timed = any(offered.variant is None for offered in self.limits)
        return bool(self.variants) and is_timed and not self.cases_cover_all

    @property
    def cases(self) -> tuple[str, ...]:
        """What a dossier of it can be, as one answers: its cases, then `OTHER_CASE` where there are others.
        Empty where nobody has to say."""
        return (*self.variants, OTHER_CASE) if self.has_other_case else self.variants

    def variant_of(self, case: str) -> str:
        """What an answer out of `cases` makes the dossier's case; empty for any other."""
        return case if case in self.variants else ""

    def case_of(self, variant: str) -> str:
        """The answer out of `cases` that made it the dossier's case; empty where there is none to give."""
        return variant or (OTHER_CASE if self.has_other_case else "")

    @property
    def has_exception(self) -> bool:
        """Whether its single case is one that most are not in."""
        return len(self.variants) == 1 and self.has_other_case

    @property
    def usual_case(self) -> str:
        """The one to begin with before anybody said."""
        return OTHER_CASE if self.has_exception else next(iter(self.variants), "")

    def limit_for(self, channel: str, variant: str | None = None) -> OfferedLimit | None:
        """The limit that fits best: the variant weighs more than the channel, an open cell fits all.

        None where the procedure offers no limit at all. The variant weighs more because the law sets
        time by case, while the channels of the national record sometimes hold cases (data-sources: 1.013978).
        """
        fitting = [
            offered
            for offered in self.limits
            if offered.channel in (None, channel) and offered.variant in (None, variant)
        ]
        return max(fitting, key=_closeness, default=None)

    def components_for(self, channel: str, variant: str | None = None) -> tuple[RequiredDocument, ...]:
        return tuple(document for document in self.papers if document.is_asked(channel, variant))

    def fees_for(self, channel: str, variant: str | None = None) -> tuple[Fee, ...]:
        return tuple(
            fee
            for fee in self.fees
            if fee.channel in (None, channel)
            and (variant is None or fee.variant in (None, variant) or fee.variant not in self.variants)
        )

    def channels(self) -> tuple[Channel, ...]:
        """The doors open to it: the counter always, online by its level, post where the text lists it.

        What a ministry provides online is not filed here.

        Basis: KT18-2.2.
        """
        listed = {offered.channel for offered in self.limits}
        doors = [Channel.COUNTER]
        if self.online_level is not OnlineLevel.NONE and not self.ministry:
            doors.append(Channel.ONLINE)
        if Channel.POSTAL in listed or listed <= {None}:
            doors.append(Channel.POSTAL)
        return tuple(doors)


def _closeness(offered: OfferedLimit) -> int:
    return 2 * (offered.variant is not None) + (offered.channel is not None)
