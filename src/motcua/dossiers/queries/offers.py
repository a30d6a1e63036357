"""What the regulation in force offers for a procedure: ways of return, means of payment, refunds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings

from motcua.agencies import queries as agencies
from motcua.catalogue.rules.fees import FeesToPay, fees_to_pay
from motcua.catalogue.rules.return_ways import ways
from motcua.documents import queries as documents
from motcua.documents.enums import SlipKind
from motcua.dossiers.enums import RefundAnswer, RefundGround, Status
from motcua.dossiers.rules import money, receipt, returning
from motcua.dossiers.rules.completeness import is_followed_by_post
from motcua.dossiers.rules.contracted import ACTS
from motcua.dossiers.rules.decide.asking import usual_term
from motcua.dossiers.rules.preparation import Preparation, preparation
from motcua.dossiers.rules.state import State, Target
from motcua.law import queries as law
from motcua.law.errors import NoRegulation
from motcua.worktime.rules import local

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from typing import Any

    from motcua.catalogue.rules.sheets import ProcedureSheet
    from motcua.kernel.limits import TimeLimit
    from motcua.law.rules import Regulation
    from motcua.worktime.rules import Calendar


@dataclass(frozen=True, slots=True)
class MoneyOffer:
    """What a person may know beforehand of paying and getting back."""

    payment: money.PaymentTerms
    refund: money.RefundTerms


def return_ways(sheet: ProcedureSheet, channel: str, on: date) -> tuple[str, ...]:
    """The ways in which a result may be had, the usual one first; where no regulation is in force, all that
    the procedure allows."""
    try:
        regulation = law.regulation_in_force(settings.PROVINCE, on)
    except NoRegulation:
        return ways(sheet, channel, None)
    return ways(sheet, channel, regulation)


def preparation_of(
    state: State, sheet: ProcedureSheet, on: date, agencies: Collection[int] = ()
) -> Preparation:
    """How far the parts of a draft have come, by the regulation in force on that day, if there is one.

    `agencies` are those that settle the procedure, among which the applicant chooses.
    """
    regulation: Regulation | None
    try:
        regulation = law.regulation_in_force(settings.PROVINCE, on)
    except NoRegulation:
        regulation = None
    filed = (sheet, state.target, state.contents, regulation, on)
    return preparation(*filed, behalf=state.behalf, agencies=agencies)


def handings(state: State, sheet: ProcedureSheet) -> tuple[str, ...]:
    """The ways in which the desk may hand over the result of a dossier, the one that was agreed first."""
    return returning.handings(state, sheet, law.regulation(state.target.regulation))


def contracted_acts(on: date) -> tuple[str, ...]:
    """What the regulation in force on the day gives to contracted staff; nothing where none is in force.

    Basis: KT22-1.2.g, QN20-28.2, KT18-8.2.b, DL24-9.3#1, PT24-10.4#1.
    """
    try:
        return law.regulation_in_force(settings.PROVINCE, on).words(ACTS)
    except NoRegulation:
        return ()


def money_offer(sheet: ProcedureSheet, on: date) -> MoneyOffer | None:
    """Payment and refund of a procedure; None where no regulation is in force."""
    try:
        regulation = law.regulation_in_force(settings.PROVINCE, on)
    except NoRegulation:
        return None
    terms = money.payment_terms(str(sheet.online_level), regulation)
    return MoneyOffer(terms, money.refund_terms(regulation))


def receipt_if_sent(at: datetime, channel: str, calendar: Calendar) -> datetime:
    """The earliest moment as which what is sent now can count as received; where no regulation is in force,
    not before the agency opens.

    Basis: DL24-8.1.c#1, DL24-8.1.c#2, PT24-9.2.c#1, PT24-9.2.c#2, QN20-11.1#2, KT18-14.3#1, KT22-9#1;
    readings A20, A52.
    """
    try:
        regulation = law.regulation_in_force(settings.PROVINCE, local(at).date())
    except NoRegulation:
        return calendar.next_opening(at)
    return receipt.receipt_if_sent(at, channel, regulation, calendar)


def compares_papers(state: State, sheet: ProcedureSheet) -> bool:
    """Whether papers filed online are to be compared if the result is handed over at the counter."""
    return returning.must_compare(state, sheet, "counter", law.regulation(state.target.regulation))


def goes_registered(state: State) -> bool:
    """Whether this dossier's regulation has results that go by post registered and signed for."""
    return returning.goes_registered("postal", law.regulation(state.target.regulation))


def goes_back(state: State) -> str:
    """The way in which what was decided reaches the applicant unless they come."""
    if not state.target.regulation:
        return state.contents.delivery.how
    return returning.goes_back(state, law.regulation(state.target.regulation))


def signs_form(state: State, sheet: ProcedureSheet) -> bool:
    """Whether the form filled in online is to be signed if the result is handed over at the counter."""
    if not state.target.regulation:
        return False
    return returning.must_sign(state, sheet, "counter", law.regulation(state.target.regulation))


def to_bring(state: State, sheet: ProcedureSheet) -> tuple[str, ...]:
    """The papers that the applicant brings when the result is collected."""
    if not state.target.regulation:
        return ()
    return returning.papers_to_bring(state, sheet, law.regulation(state.target.regulation))


@dataclass(frozen=True, slots=True)
class RefundOffer:
    """What may be given back as the dossier stands, ground by ground; and whether the text says that nothing
    is, because the dossier was settled and only its result is not wanted."""

    answers: dict[RefundGround, RefundAnswer]
    is_lost: bool


def refunds_of(state: State, on: date) -> RefundOffer:
    """Refunds of a dossier under the regulation that it lives under, as it reads on that day."""
    if not state.target.regulation:
        return RefundOffer({}, False)
    regulation = law.regulation(state.target.regulation, on)
    return RefundOffer(money.refunds(state, regulation), is_refund_lost(state))


def is_refund_lost(state: State) -> bool:
    """Whether the text says that nothing is given back, for the dossier was settled and only its result is
    not wanted.

    Basis: KT18-8.2.c#2, DL24-9.4#2, QN20-13.4#2.
    """
    terms = money.refund_terms(law.regulation(state.target.regulation))
    return money.is_settled(state) and terms.none_when_settled


def costs_nothing(state: State, sheet: ProcedureSheet) -> bool:
    """Whether nothing can have been paid for a dossier, so that nothing is to be said of refunds."""
    return money.costs_nothing(state, sheet)


def refund_when_stopped(state: State, sheet: ProcedureSheet) -> RefundAnswer | None:
    """What becomes of fees where an accepted dossier is stopped as asked; None where it costs nothing."""
    return money.refund_when_stopped(state, sheet, law.regulation(state.target.regulation))


def gives_stop_notice(at: datetime) -> bool:
    """Whether the forms of the day know a notice of stopping.

    Basis: by reference TT 03/2025 Mẫu 05 (found); the forms of 2018 have none.
    """
    return SlipKind.STOP_NOTICE in documents.forms_on(at).forms


def fees_due(state: State, sheet: ProcedureSheet) -> money.FeesDue | None:
    """What the acceptance notice tells the applicant to pay; None where it says nothing."""
    if not state.target.regulation:
        return None
    return money.fees_due(state, sheet, law.regulation(state.target.regulation))


def fees_of(
    state: State, sheet: ProcedureSheet, on: date, answers: Mapping[str, Any] | None = None
) -> FeesToPay:
    """What a dossier costs and when each fee is due, by the regulation of the dossier, of a draft by the one
    in force on the day; with these `answers` of the e-form in place of those that it has.

    Basis: DL24-5.8, PT24-5.1, KT18-7.1.b, KT18-7.2.b#2, QN20-12.2, KT22-26.4, DL24-24.8, PT24-24.4.
    """
    said = state.contents.form_data if answers is None else answers
    fees = fees_to_pay(sheet, state.target.channel, state.target.variant, said)
    regulation = _regulation_of(state, on)
    return money.with_times(fees, state, regulation) if regulation else fees


def fees_offered(sheet: ProcedureSheet, channel: str, variant: str | None, on: date) -> FeesToPay:
    """What a dossier would cost that is filed on that day, and when each fee of it would be due.

    Basis: DL24-5.8, PT24-5.1, KT18-7.1.b, KT18-7.2.b#2, QN20-12.2, KT22-26.4, DL24-24.8, PT24-24.4.
    """
    fees = fees_to_pay(sheet, channel, variant)
    try:
        regulation = law.regulation_in_force(settings.PROVINCE, on)
    except NoRegulation:
        return fees
    return money.with_times(fees, None, regulation)


@dataclass(frozen=True, slots=True)
class Paying:
    """How the fees of a dossier are paid, as the province says: by which means (none named: in any way), and
    whether the receipt names the amount."""

    ways: tuple[str, ...]
    is_on_receipt: bool


def paying_of(state: State, sheet: ProcedureSheet, on: date) -> Paying | None:
    """By the regulation of the dossier, of a draft by the one in force on the day; None without any.

    The means hang on the level of the online service; what came over the counter or by post is paid in any
    way.

    Basis: KT18-7.1.b, KT18-7.2.b#1, KT18-14.3#2, DL24-19.1.c.
    """
    regulation = _regulation_of(state, on)
    if regulation is None:
        return None
    terms = money.payment_terms(str(sheet.online_level), regulation)
    ways = terms.ways if state.target.channel == "online" else ()
    return Paying(ways, regulation.flag("receipt.fees_to_pay") is True)


def waits_for_post(state: State, sheet: ProcedureSheet, on: date) -> bool:
    """Whether the dossier, also a draft, is taken in only when its certified papers have come by post.

    Basis: KT18-7.2.a#2.
    """
    regulation = _regulation_of(state, on)
    if regulation is None or state.status not in (Status.DRAFT, Status.SUBMITTED):
        return False
    return is_followed_by_post(sheet, state.target, regulation)


def posted_to(target: Target) -> str:
    """Where papers go that come by post: the desk, its agency and the address, as far as they are known."""
    card = agencies.agency(target.agency_id)
    return ", ".join(part for part in (card.desk_name, card.name, card.address) if part)


def is_receipt_on_request(state: State, sheet: ProcedureSheet, on: date) -> bool:
    """Whether the dossier, also a draft, may be accepted without a receipt unless its applicant asks for one,
    who has not done so with the filing.

    Basis: DL24-8.2#3, DL24-8.2#4, PT24-9.2bis#3, PT24-9.2bis#4.
    """
    regulation = _regulation_of(state, on)
    term = sheet.limit_for(state.target.channel, state.target.variant)
    if regulation is None or term is None:
        return False
    return receipt.is_receipt_on_request(term, regulation) and not state.contents.delivery.receipt_asked


def _regulation_of(state: State, on: date) -> Regulation | None:
    """That of the dossier, of a draft the one in force on the day; None without any."""
    try:
        if state.target.regulation:
            return law.regulation(state.target.regulation)
        return law.regulation_in_force(settings.PROVINCE, on)
    except NoRegulation:
        return None


def asks_for_a_term(state: State) -> bool:
    """Whether a question to others must name a term.

    Basis: DL24-9.1.b#1, PT24-10.1.b#1.
    """
    return law.regulation(state.target.regulation).flag("consultation.term") is True


def usual_consult_term(state: State) -> TimeLimit:
    """The term of a question that names none.

    Basis: QN20-11.4#2, KT18-8.1.b; by reference NĐ 61/2018 Đ19 (memory); the length is ours (ADR 0042).
    """
    return usual_term(law.regulation(state.target.regulation))
