"""A procedure sheet as people read it: tables, papers, and what comes of their own choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlencode

from django.utils.translation import gettext, ngettext

from motcua.catalogue import labels as catalogue_labels
from motcua.catalogue.enums import Channel
from motcua.catalogue.rules.blank_forms import FormsOf
from motcua.catalogue.rules.cards import Offer
from motcua.catalogue.rules.fees import FeeDue, free_if, is_on_request, tier_amounts, unit_of
from motcua.catalogue.rules.promises import with_promise
from motcua.catalogue.rules.sheets import Fee, OfferedLimit, ProcedureSheet, RequiredDocument
from motcua.dossiers import labels as dossier_labels
from motcua.dossiers import queries as dossiers
from motcua.dossiers.queries import RealTime
from motcua.kernel.limits import TimeLimit
from motcua.kernel.money import Money
from motcua.portal import papers, words
from motcua.portal.agency_choice import LONG
from motcua.portal.paying import ONLINE
from motcua.theme.errors_on_page import PageError
from motcua.worktime import rules as worktime
from motcua.worktime.errors import NeverOpens
from motcua.worktime.rules import Calendar, Due

MOST_OF_EACH = 999
ENOUGH_DOSSIERS = 5  # fewer would say something about single people


# --- Tables ---------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Cell:
    """One line of the table of times: for which case, by which channel."""

    variant: str
    channel: words.Text
    value: object
    note: str
    printed: str = ""


def terms_of(read: ProcedureSheet) -> list[Cell]:
    """The table of times, case by case: no row says again, or against another, what one of them says.

    Beside named cases the term without one is that of the others: it stands last and says so, and falls where
    the cases leave no other.

    Basis: KT18-3.1.
    """
    named = any(each.variant for each in read.limits)
    others = gettext(catalogue_labels.OTHER_CASES) if named else ""
    by_case: dict[str, list[OfferedLimit]] = {}
    for each in sorted(read.limits, key=lambda each: each.variant is None):
        if each.variant or not (named and read.cases_cover_all):
            by_case.setdefault(each.variant or others, []).append(each)
    return [cell for case, offered in by_case.items() for cell in _cells_of(case, offered, read)]


def _cells_of(case: str, offered: Sequence[OfferedLimit], read: ProcedureSheet) -> list[Cell]:
    by_channel = [each for each in offered if each.channel]
    open_ones = [each for each in offered if not each.channel]
    names_all = {str(each.channel) for each in by_channel} >= {str(channel) for channel in read.channels()}
    if len({_says(each) for each in offered}) == 1 and (open_ones or names_all):
        return [_cell(case, "", offered[0])]
    rest = gettext("Các cách nộp khác") if by_channel else ""
    shown = [] if names_all else [_cell(case, rest, each) for each in open_ones]
    return [*(_cell(case, channel_name(each.channel), each) for each in by_channel), *shown]


def _cell(case: str, channel: words.Text, offered: OfferedLimit) -> Cell:
    return Cell(case, channel, offered.limit, same_day(offered), printed(offered))


def _says(offered: OfferedLimit) -> tuple[object, ...]:
    return (offered.limit, offered.cutoff, printed(offered))


def same_day(offered: OfferedLimit) -> str:
    """What the hour of receipt means for a result of the same day."""
    if offered.cutoff is None:
        return ""
    return gettext(
        "Nhận đến %(hour)s giờ thì trả trong ngày, sau đó thì trả trong ngày làm việc tiếp theo."
    ) % {"hour": offered.cutoff.hour}


def printed(offered: OfferedLimit) -> str:
    """What the publication says, in words, where the law's arithmetic does not know the unit; else empty."""
    if offered.limit:
        return ""
    return catalogue_labels.printed_term(f"{offered.printed_value} {offered.printed_unit}", gettext)


def fees_of(read: ProcedureSheet) -> list[dict[str, object]]:
    return [
        {
            "name": fee.name,
            "where": ", ".join(str(part) for part in (fee.variant, channel_name(fee.channel)) if part),
            "unit": unit_of(fee),
            "amount": fee.amount,
            "free_if": free_if(fee),
            "exempt": fee.exempt,
            "due": FeeDue(fee.due) if _costs(fee) else None,
        }
        for fee in read.fees
    ]


def _costs(fee: Fee) -> bool:
    """Whether somebody may have to pay it, so that it matters when."""
    return fee.amount is None or bool(fee.amount.vnd or free_if(fee))


def channel_name(channel: str | None) -> words.Text:
    return words.CHANNELS[channel] if channel else ""


def results_of(read: ProcedureSheet) -> list[str]:
    return [result.name for result in read.results]


def return_ways_of(read: ProcedureSheet) -> list[words.Text]:
    """In which ways its result comes back, named; nothing where the procedure limits none."""
    return [words.RETURN_WAYS[way] for way in read.result_ways]


def papers_of(read: ProcedureSheet, forms: FormsOf | None = None) -> list[dict[str, object]]:
    """Papers with the forms that can be had and the channels they are asked on."""
    return [
        {
            "paper": each,
            "channels": ", ".join(str(words.BY_CHANNEL[channel]) for channel in each.channels),
            "variants": ", ".join(each.variants),
            "condition": each.own_condition,
            "has_questions": read.is_answered(each),
            "forms": (forms or {}).get(each.key, ()),
        }
        for each in sorted(read.components, key=weight)
        if not each.is_filled_online
    ]


def online_forms(read: ProcedureSheet) -> list[RequiredDocument]:
    """Interactive forms: no papers to bring, but what is answered when filing online."""
    return [each for each in read.components if each.is_filled_online]


@dataclass(frozen=True, slots=True)
class OnlinePapers:
    """How many papers the filing asks for as files: from everybody, and from those whose case needs them."""

    always: int
    if_needed: int


def online_papers(read: ProcedureSheet, variant: str) -> OnlinePapers:
    found = papers.asked(read, variant)
    always = sum(each.required for each in found)
    return OnlinePapers(always, len(found) - always)


def weight(document: RequiredDocument) -> tuple[bool, bool]:
    """Forms first, then what everybody needs, then what some need."""
    return (not document.required, not document.is_form)


def is_unverified(read: ProcedureSheet) -> bool:
    return any(mark not in {"found", "derived"} for mark in read.provenance.values())


# --- How long it really takes ---------------------------------------------------------------------
def real_time_words(found: RealTime | None) -> tuple[str, str] | None:
    """Median and nine in ten in words; None where too few dossiers are done to say."""
    if found is None or found.dossiers < ENOUGH_DOSSIERS:
        return None
    return length(found.median_hours), length(found.most_hours)


def length(hours: int) -> str:
    if hours < 48:
        return ngettext("%(n)d giờ", "%(n)d giờ", hours) % {"n": hours}
    days = -(-hours // 24)
    return ngettext("%(n)d ngày", "%(n)d ngày", days) % {"n": days}


# --- What comes of the reader's choices -----------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Choice:
    """How, in which case and where somebody would file. What an address asks for in vain is passed over."""

    channel: str
    case: str  # out of the procedure's `cases`; empty where it has none
    offer: Offer | None
    amounts: Mapping[int, int | None]  # how many of which fee, by its place; None while nobody said
    copies: Mapping[int, int | None]  # of how many copies, by the first fee of tiers that hold for each
    picked: frozenset[int]  # of fees that exclude each other, those that are theirs
    faulty: Mapping[str, str]  # what was typed for a number and is none that can be, by its field
    has_counted: bool  # they said themselves how many


def choice_of(read: ProcedureSheet, offers: Sequence[Offer], asked: Mapping[str, str]) -> Choice:
    doors = [str(channel) for channel in doors_of(read, offers)]
    channel = asked.get("kenh", "")
    variant = asked.get("truong-hop", "")
    place = asked.get("noi", "")
    only = offers[0] if len(offers) == 1 else None
    channel = channel if channel in doors else doors[0]
    case = variant if variant in read.cases else read.usual_case
    questions = fee_questions(read, channel, read.variant_of(case))
    picked = [question.picked(asked) for question in questions]
    return Choice(
        channel=channel,
        case=case,
        offer=next((offer for offer in offers if str(offer.agency_id) == place), only),
        amounts=_amounts(questions, asked),
        copies={each.number: each.copies(asked) for each in questions if each.is_per_copy},
        picked=frozenset(number for number in picked if number is not None),
        faulty={
            key: asked[key][:40]
            for number in wanted_numbers(questions)
            for key in (f"phi-{number}", f"ban-{number}")
            if is_no_number(asked.get(key, ""))
        },
        has_counted=any(key.startswith(("phi-", "muc-")) for key in asked),
    )


def has_many(offers: Sequence[Offer]) -> bool:
    """Whether the agency is chosen on a page of its own."""
    return len(offers) > LONG


def kept_choices(read: ProcedureSheet, asked: Mapping[str, str]) -> dict[str, str]:
    """What the calculator was given, but for the agency, to come back with."""
    asked_of_fees = (f"{kind}-{number}" for kind in ("phi", "ban", "muc") for number in range(len(read.fees)))
    known = ("kenh", "truong-hop", *asked_of_fees)
    return {key: asked[key][:200] for key in known if asked.get(key)}


def carried(read: ProcedureSheet, chosen: Choice, asked: Mapping[str, str]) -> str:
    """What the reader has chosen themselves, as the query with which a filing begins; empty without any."""
    case = chosen.case if asked.get("truong-hop") == chosen.case else None
    offer = chosen.offer if chosen.offer and asked.get("noi") == str(chosen.offer.agency_id) else None
    found = {"truong-hop": case, "noi": offer.agency_id if offer else None}
    query = urlencode({key: value for key, value in found.items() if value})
    return f"?{query}" if query else ""


def doors_of(read: ProcedureSheet, offers: Sequence[Offer]) -> list[Channel]:
    """Open channels, online first where it is open."""
    doors = [channel for channel in read.channels() if channel != Channel.ONLINE or offers]
    return sorted(doors, key=lambda channel: channel != Channel.ONLINE)


# --- What to ask about fees -------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class FeeQuestion:
    """One thing to ask about fees: how many of one, how many pieces of tiers, or which of several is theirs.

    `fees` by their places on the sheet; `is_sole`: no other fee may be due besides, but on request.
    """

    fees: Mapping[int, Fee]
    is_sole: bool

    @property
    def number(self) -> int:
        return next(iter(self.fees))

    @property
    def is_tiered(self) -> bool:
        return all(fee.from_piece for fee in self.fees.values())

    @property
    def is_choice(self) -> bool:
        return len(self.fees) > 1 and not self.is_tiered

    @property
    def is_per_copy(self) -> bool:
        return self.is_tiered and all(fee.per_copy for fee in self.fees.values())

    def copies(self, asked: Mapping[str, str]) -> int | None:
        """Of how many copies: one where nobody said; None where it cannot be read."""
        typed = asked.get(f"ban-{self.number}", "")
        return None if is_no_number(typed) else typed_amount(typed or "1")

    def picked(self, asked: Mapping[str, str]) -> int | None:
        """Which of several is theirs; None where there is nothing to pick, or nobody did."""
        typed = asked.get(f"muc-{self.number}", "")
        found = [number for number in self.fees if str(number) == typed]
        return found[0] if self.is_choice and found else None

    def amounts(self, asked: Mapping[str, str]) -> dict[int, int | None]:
        """How many of each of its fees; None where nobody said and it may be any number."""
        if self.is_choice:
            return self._amounts_of_picked(asked)
        typed = asked.get(f"phi-{self.number}", "")
        if is_no_number(typed):
            return dict.fromkeys(self.fees)
        said = typed_amount(typed)
        fee = self.fees[self.number]
        if said is None:
            said = 0 if is_on_request(fee) else 1 if self.is_sole else None
        if said is None:
            return dict.fromkeys(self.fees)
        if not self.is_tiered:
            return {self.number: said}
        return dict(zip(self.fees, tier_amounts(tuple(self.fees.values()), said), strict=True))

    def _amounts_of_picked(self, asked: Mapping[str, str]) -> dict[int, int | None]:
        theirs = self.picked(asked)
        if theirs is None:
            return dict.fromkeys(self.fees)
        typed = asked.get(f"phi-{theirs}", "")
        if is_no_number(typed):
            return dict.fromkeys(self.fees)
        said = typed_amount(typed)
        return {number: (1 if said is None else said) if number == theirs else 0 for number in self.fees}


def fee_questions(read: ProcedureSheet, channel: str, variant: str) -> list[FeeQuestion]:
    """What there is to ask about the fees of a channel and a case that cost something, in their order."""
    wanted = set(read.fees_for(channel, variant))
    groups: dict[str, dict[int, Fee]] = {}
    for number, fee in enumerate(read.fees):
        if fee in wanted and fee.amount is not None and fee.amount.vnd:
            groups.setdefault(fee.one_of or f"#{number}", {})[number] = fee
    always = [each for each in groups.values() if not all(is_on_request(fee) for fee in each.values())]
    return [FeeQuestion(fees, is_sole=len(always) < 2) for fees in groups.values()]


def _amounts(questions: Sequence[FeeQuestion], asked: Mapping[str, str]) -> dict[int, int | None]:
    return {number: amount for each in questions for number, amount in each.amounts(asked).items()}


def typed_amount(typed: str) -> int | None:
    """What was typed if it is a number of pieces that somebody may have."""
    typed = typed.strip()
    is_number = typed.isascii() and typed.isdigit() and len(typed) <= len(str(MOST_OF_EACH))
    return int(typed) if is_number else None


def is_no_number(typed: str) -> bool:
    """Whether something was typed that is no such number: that is said, and never counted as something."""
    return bool(typed.strip()) and typed_amount(typed) is None


def wanted_numbers(questions: Sequence[FeeQuestion]) -> list[int]:
    """The fees, by their places, of which a number may be asked."""
    return [number for each in questions for number in each.fees]


@dataclass(frozen=True, slots=True)
class FeeLine:
    number: int
    name: str
    unit: str
    each: Money
    amount: int | None


@dataclass(frozen=True, slots=True)
class ToCount:
    """A number to ask for; `typed` is empty while nobody said it."""

    number: int
    name: str
    unit: str
    typed: str  # as it was typed where it is faulty
    fault: str
    copies: str | None  # of how many copies, None where that is not asked
    copies_fault: str


@dataclass(frozen=True, slots=True)
class ToPick:
    """Fees that exclude each other, of which one is to be picked."""

    number: int
    lines: tuple[FeeLine, ...]
    picked: int | None


@dataclass(frozen=True, slots=True)
class Needed:
    """A paper to bring, where there is a `condition` only by whom it names; `is_answered`: the questions of
    the online form are in its place."""

    key: str
    name: str
    is_answered: bool
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the choices mean: the term, when the result would be due, what to pay and to bring."""

    term: OfferedLimit | None
    published: OfferedLimit | None
    due: Due | None
    lines: tuple[FeeLine, ...]
    counted: tuple[ToCount, ...]  # a single fee that is taken once leaves nothing to ask
    picks: tuple[ToPick, ...]
    capped_at: Money | None  # the most that tiers cost, where it is reached
    of_one_copy: Money | None  # where that is multiplied by a number of copies
    copies: int | None
    total: Money | None  # None while several fees may apply and nobody said which
    open_fees: tuple[str, ...]  # names of fees whose amount another decision sets
    free_in_cases: tuple[tuple[str, str], ...]  # fees that cost nothing in some cases: name, and which
    exempt: tuple[tuple[str, str], ...]  # fees of which some people pay nothing: name, and who
    dues: tuple[tuple[str, FeeDue], ...]  # when each fee that costs something is paid: name, and when
    papers: tuple[Needed, ...]
    in_some_cases: int
    has_unknown_papers: bool  # then `papers` says nothing

    @property
    def printed_term(self) -> str:
        return printed(self.term) if self.term else ""


def answer(
    read: ProcedureSheet,
    chosen: Choice,
    calendar: Calendar | None,
    at: datetime,
    promise: TimeLimit | None = None,
) -> Answer:
    """What it takes as chosen, received at `at`; `promise` is the shorter term of the agency for online
    filings.

    Basis: DL24-5.8, PT24-5.1 (what a service costs and takes is public), QN20-11.5, KT18-8.1.c; due dates as
    in ADR 4.
    """
    variant = read.variant_of(chosen.case)
    published = read.limit_for(chosen.channel, variant)
    term = with_promise(published, promise, chosen.channel) if published else None
    wanted = set(read.fees_for(chosen.channel, variant))
    fees = [(number, fee) for number, fee in enumerate(read.fees) if fee in wanted]
    questions = fee_questions(read, chosen.channel, variant)
    lines = tuple(_line(number, fee, chosen) for each in questions for number, fee in each.fees.items())
    paid = sum_of(questions, chosen)
    wanted_papers = read.components_for(chosen.channel, variant)
    return Answer(
        term=term,
        published=published if published is not None and term != published else None,
        due=due_now(term, calendar, at) if calendar else None,
        lines=lines,
        counted=_to_count(questions, chosen),
        picks=tuple(_to_pick(each, chosen) for each in questions if each.is_choice),
        capped_at=paid.capped_at if paid else None,
        of_one_copy=paid.of_one_copy if paid else None,
        copies=paid.copies if paid else None,
        total=paid.total if paid and (chosen.has_counted or len(lines) < 2) else None,
        open_fees=tuple(fee.name for _, fee in fees if fee.amount is None),
        free_in_cases=tuple((fee.name, cases) for _, fee in fees if (cases := free_if(fee))),
        exempt=tuple(dict.fromkeys((fee.name, fee.exempt) for _, fee in fees if fee.exempt)),
        dues=tuple(dict.fromkeys((fee.name, FeeDue(fee.due)) for _, fee in fees if _costs(fee))),
        papers=tuple(
            Needed(
                each.key,
                each.called,
                chosen.channel == Channel.ONLINE and read.is_answered(each),
                each.own_condition,
            )
            for each in sorted(wanted_papers, key=weight)
            if each.required and not each.is_filled_online
        ),
        in_some_cases=0 if read.has_unknown_papers else sum(not paper.required for paper in wanted_papers),
        has_unknown_papers=read.has_unknown_papers,
    )


def _line(number: int, fee: Fee, chosen: Choice) -> FeeLine:
    return FeeLine(number, fee.name, unit_of(fee), fee.amount or Money(0), chosen.amounts[number])


def _to_pick(question: FeeQuestion, chosen: Choice) -> ToPick:
    lines = tuple(_line(number, fee, chosen) for number, fee in question.fees.items())
    return ToPick(question.number, lines, next(iter(chosen.picked & question.fees.keys()), None))


def _to_count(questions: Sequence[FeeQuestion], chosen: Choice) -> tuple[ToCount, ...]:
    """The numbers to ask for: of tiers one, of a picked fee where it is by the piece."""
    found = []
    for each in questions:
        if each.is_choice:
            theirs = chosen.picked & each.fees.keys()
            found += [(number, each.fees[number]) for number in theirs if unit_of(each.fees[number])]
        elif len(questions) > 1 or unit_of(each.fees[each.number]):
            found.append((each.number, each.fees[each.number]))
    return tuple(_counted(number, fee, questions, chosen) for number, fee in found)


def _counted(number: int, fee: Fee, questions: Sequence[FeeQuestion], chosen: Choice) -> ToCount:
    pieces, copies = _pieces(number, questions, chosen), chosen.copies.get(number)
    has_copies, most = number in chosen.copies, {"most": MOST_OF_EACH}
    if has_copies:
        fault = gettext("Số trang phải là số nguyên từ 0 đến %(most)d.") % most
    else:
        fault = gettext("Số lượng phải là số nguyên từ 0 đến %(most)d.") % most
    copies_fault = gettext("Số bản phải là số nguyên từ 0 đến %(most)d.") % most
    bad, bad_copies = chosen.faulty.get(f"phi-{number}"), chosen.faulty.get(f"ban-{number}")
    return ToCount(
        number,
        fee.name,
        unit_of(fee),
        typed=bad or ("" if pieces is None else str(pieces)),
        fault=fault if bad is not None else "",
        copies=(bad_copies or str(copies)) if has_copies else None,
        copies_fault=copies_fault if bad_copies is not None else "",
    )


def _pieces(number: int, questions: Sequence[FeeQuestion], chosen: Choice) -> int | None:
    """The number as it was typed: that of tiers is spread over them."""
    question = next(each for each in questions if number in each.fees)
    if not question.is_tiered:
        return chosen.amounts[number]
    spread = [amount for each in question.fees if (amount := chosen.amounts[each]) is not None]
    return sum(spread) if spread else None


@dataclass(frozen=True, slots=True)
class ToPay:
    """What is to be paid; the cap that was reached; and what one of several copies costs."""

    total: Money
    capped_at: Money | None = None
    of_one_copy: Money | None = None
    copies: int | None = None


def sum_of(questions: Sequence[FeeQuestion], chosen: Choice) -> ToPay | None:
    """What is to be paid; None while one number is missing."""
    total, found = 0, ToPay(Money(0))
    for each in questions:
        cost = 0
        for number, fee in each.fees.items():
            amount = chosen.amounts[number]
            if amount is None:
                return None
            cost += (fee.amount or Money(0)).vnd * amount
        caps = [fee.at_most for fee in each.fees.values() if fee.at_most is not None]
        if each.is_tiered and caps and cost > min(cap.vnd for cap in caps):
            lowest = min(caps, key=lambda cap: cap.vnd)
            found, cost = replace(found, capped_at=lowest), lowest.vnd
        if each.is_per_copy:
            copies = chosen.copies[each.number]
            if copies is None:
                return None
            found = replace(found, of_one_copy=Money(cost), copies=copies)
            cost *= copies
        total += cost
    return replace(found, total=Money(total))


def faults_of(asked: Answer) -> list[PageError]:
    """The numbers that cannot be counted with, each by its field."""
    pages = [PageError(each.fault, f"#phi-{each.number}") for each in asked.counted if each.fault]
    return pages + [
        PageError(each.copies_fault, f"#ban-{each.number}") for each in asked.counted if each.copies_fault
    ]


def due_now(term: OfferedLimit | None, calendar: Calendar, at: datetime) -> Due | None:
    """The due date of a dossier that were received at this moment; None where no limit can be computed."""
    if term is None or term.limit is None:
        return None
    try:
        return worktime.due(calendar, at, term.limit, same_day_cutoff=term.cutoff)
    except NeverOpens:
        return None


@dataclass(frozen=True, slots=True)
class Charging:
    """Paying and getting back, in words; `refunds` is empty where the regulation says nothing of its own.

    `is_online_named`: the regulation lets one pay online, which no page here does yet.
    `by_procedure`: when and how much is paid is what the announced procedure says; else not its time.
    """

    ways: tuple[str, ...]
    is_online_named: bool
    by_procedure: bool
    refunds: tuple[str, ...]
    is_owed: bool
    none_when_settled: bool


def charging_of(read: ProcedureSheet, today: date) -> Charging | None:
    """What people should know beforehand; None for a procedure without fees.

    Basis: KT18-7.1.b, KT18-7.2.b#1, KT18-7.2.b#2, QN20-12.2, KT22-26.4, DL24-24.8, PT24-24.4.
    """
    offer = dossiers.money_offer(read, today) if read.fees else None
    if offer is None:
        return None
    return Charging(
        tuple(gettext(dossier_labels.PAYMENT[way]) for way in offer.payment.ways),
        not ONLINE.isdisjoint(offer.payment.ways),
        offer.payment.by_procedure,
        tuple(gettext(dossier_labels.REFUND_GROUND[ground]) for ground in offer.refund.grounds),
        offer.refund.is_owed,
        offer.refund.none_when_settled,
    )
