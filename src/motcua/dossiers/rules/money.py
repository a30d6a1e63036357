"""When and how fees are paid, and when what was paid is given back. The money itself is elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from motcua.catalogue.enums import PaymentTime
from motcua.catalogue.rules.fees import FeeDue, copies_asked, free_if, is_unwanted
from motcua.dossiers.enums import ENDED, Decision, PauseGround, RefundAnswer, RefundGround
from motcua.dossiers.rules.events import Paused
from motcua.dossiers.rules.returning import goes_back
from motcua.dossiers.rules.withdrawing import comes_too_late

if TYPE_CHECKING:
    from motcua.catalogue.rules.fees import FeesToPay
    from motcua.catalogue.rules.sheets import Fee, ProcedureSheet
    from motcua.dossiers.rules.state import State
    from motcua.law.rules import Regulation

_WAYS = {"full": "payment.ways_full", "partial": "payment.ways_partial"}


@dataclass(frozen=True, slots=True)
class RefundTerms:
    """What the regulation says of refunds; no grounds: it says nothing of its own."""

    grounds: tuple[RefundGround, ...]
    is_owed: bool
    none_when_settled: bool
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PaymentTerms:
    """By which means fees may be paid, and whether time and amount stand in the published procedure."""

    ways: tuple[str, ...]
    by_procedure: bool
    clauses: tuple[str, ...]


def payment_terms(level: str, regulation: Regulation) -> PaymentTerms:
    """By which means and when the fees of an online service are paid; an unknown level has no ways.

    Basis: KT18-7.1.b, KT18-7.2.b#1, KT18-7.2.b#2, QN20-12.1, QN20-12.2, KT22-10, DL24-9.3#1, DL24-24.8,
    PT24-10.4#1, PT24-12.1, PT24-24.4.
    """
    key = _WAYS.get(level)
    ways = regulation.words(key) if key else ()
    clauses = regulation.clauses(key) if key else ()
    by_procedure = regulation.flag("payment.time_per_procedure") is True
    return PaymentTerms(ways, by_procedure, clauses + regulation.clauses("payment.time_per_procedure"))


def when_due(published: PaymentTime | None, state: State | None, regulation: Regulation) -> FeeDue | None:
    """When a fee is due of which the procedure published this time, and whether it has come for the dossier;
    before there is one, it has not. None where the regulation does not take the time from the procedure, for
    then what was published binds nobody.

    A procedure that says nothing leaves it open, but where the regulation has what was filed online paid on
    coming for the result. The notice to pay is the one by which the term stands still, once the applicant has
    it; where no term stands still for a payment, it is the notice of acceptance, which says what to pay. The
    result is there to be received once that was announced.

    Basis: KT18-7.1.b, KT18-7.2.b#2, KT18-14.3#2, QN20-12.2, KT22-26.4, DL24-24.8, DL24-19.1.c, PT24-24.4;
    which moment of a dossier each time is, is ours (reading A77).
    """
    if not regulation.flag("payment.time_per_procedure"):
        return None
    time = published
    if time is None and state is not None and _is_paid_on_collection(state, regulation):
        time = PaymentTime.RESULT
    return FeeDue(
        time, has_come=time is not None and state is not None and _has_come(time, state, regulation)
    )


def _is_paid_on_collection(state: State, regulation: Regulation) -> bool:
    """Whether the text says when to pay what the procedure leaves open: only of who comes for the result."""
    comes = state.target.channel == "online" and goes_back(state, regulation) == "counter"
    return comes and regulation.flag("payment.on_collection") is True


def _has_come(time: PaymentTime, state: State, regulation: Regulation) -> bool:
    if time is PaymentTime.FILING:
        return state.filed_at is not None
    stops_to_be_paid = PauseGround.FINANCIAL_OBLIGATION.value in regulation.words("pause.grounds")
    if time is PaymentTime.ACCEPTANCE or (time is PaymentTime.NOTICE and not stops_to_be_paid):
        return state.accepted_at is not None
    if time is PaymentTime.NOTICE:
        is_asked = any(pause.reason == PauseGround.FINANCIAL_OBLIGATION.value for pause in state.pauses)
        return is_asked and all(letter.of != Paused.KIND for letter in state.letters)
    return state.ready_at is not None or state.returned_at is not None


def with_times(fees: FeesToPay, state: State | None, regulation: Regulation) -> FeesToPay:
    """The fees with when each is due; nothing of those that are free, and of a dossier that has ended.

    Basis: KT18-7.1.b, KT18-7.2.b#2, QN20-12.2, KT22-26.4, DL24-24.8, PT24-24.4; reading A77.
    """
    if state is not None and state.status in ENDED:
        return fees
    timed = (
        fee if fee.is_free else replace(fee, due=when_due(fee.published, state, regulation))
        for fee in fees.fees
    )
    return replace(fees, fees=tuple(timed))


@dataclass(frozen=True, slots=True)
class FeesDue:
    """What is to be paid for a dossier, as its published procedure says, when, and by which means.

    `fees` may hold one without an amount, which another decision sets, and one that costs nothing in some
    cases only; `dues` has one for each of them, None where the text does not take the time from the
    procedure. No `ways`: the text names none.
    """

    fees: tuple[Fee, ...]
    dues: tuple[FeeDue | None, ...]
    ways: tuple[str, ...]
    copies: int | None = None  # how many the form asks for, of the fee by the copy; None where nothing tells


def fees_due(state: State, sheet: ProcedureSheet, regulation: Regulation) -> FeesDue | None:
    """What the notice of acceptance tells the applicant to pay; None where it need not say or nothing is due.

    Fees are those of the procedure version under which the dossier was received; nothing is due for copies
    that the form asked about and nobody wants. The means hang on the level of the online service; what came
    over the counter or by post is paid in any way.

    Basis: KT18-14.3#2, DL24-19.1.c, KT18-7.1.b, KT18-7.2.b#1, KT18-7.2.b#2, DL24-24.8; reading A77.
    """
    if not regulation.flag("receipt.fees_to_pay"):
        return None
    fees = _payable(state, sheet)
    terms = payment_terms(str(sheet.online_level), regulation)
    ways = terms.ways if state.target.channel == "online" else ()
    copies = copies_asked(sheet, state.contents.form_data)
    return FeesDue(fees, dues(fees, state, regulation), ways, copies) if fees else None


def dues(fees: tuple[Fee, ...], state: State, regulation: Regulation) -> tuple[FeeDue | None, ...]:
    """When each of these fees is due for the dossier."""
    return tuple(when_due(fee.due, state, regulation) for fee in fees)


def times_of(state: State, sheet: ProcedureSheet, regulation: Regulation) -> tuple[tuple[str, FeeDue], ...]:
    """By name, when what the case costs is due; nothing where the regulation does not take that from the
    procedure. Unlike `fees_due` also where the notice of acceptance does not tell it.

    Basis: KT18-7.1.b, KT18-7.2.b#2, QN20-12.2, KT22-26.4, DL24-24.8, PT24-24.4; reading A77.
    """
    fees = _payable(state, sheet)
    found = zip(fees, dues(fees, state, regulation), strict=True)
    return tuple((fee.name, due) for fee, due in found if due is not None)


def _payable(state: State, sheet: ProcedureSheet) -> tuple[Fee, ...]:
    """The fees of the case that was filed, without those that cost nothing whatever happens, and those
    of copies that the form asked the applicant about and they do not want.
    """
    copies = copies_asked(sheet, state.contents.form_data)
    return tuple(
        fee
        for fee in sheet.fees_for(state.target.channel, state.target.variant)
        if (fee.amount is None or fee.amount.vnd or free_if(fee)) and not is_unwanted(fee, copies)
    )


def costs_nothing(state: State, sheet: ProcedureSheet) -> bool:
    """Whether nothing can have been paid for a dossier: no fee applies, or only such as cost nothing."""
    return not _payable(state, sheet)


def refund_terms(regulation: Regulation) -> RefundTerms:
    """On which grounds what was paid is given back, and how strongly.

    Basis: KT18-8.2.c#1, KT18-8.2.c#2, DL24-9.4#1, DL24-9.4#2, QN20-13.4#1, QN20-13.4#2, PT24-12.3;
    reading A19.
    """
    return RefundTerms(
        grounds=tuple(RefundGround(word) for word in regulation.words("refund.ground")),
        is_owed=regulation.choice("refund.strength") == "mandatory",
        none_when_settled=regulation.flag("refund.none_when_settled") is True,
        clauses=regulation.clauses("refund.ground") + regulation.clauses("refund.none_when_settled"),
    )


def refund(ground: RefundGround, *, is_settled: bool, terms: RefundTerms) -> RefundAnswer:
    """What a request for a refund on this ground leads to.

    Nothing is given back when the dossier was settled and only its result is not wanted: then the agency
    did perform, and a withdrawal comes too late. What was paid by mistake or in excess is given back all the
    same, because the result was never paid for with it.

    Basis: KT18-8.2.c#1, KT18-8.2.c#2, DL24-9.4#1, DL24-9.4#2, QN20-13.4#1, QN20-13.4#2, PT24-12.3;
    reading A19.
    """
    if ground not in terms.grounds:
        return RefundAnswer.NONE
    was_performed = is_settled and ground in (RefundGround.AGENCY_CANNOT, RefundGround.WITHDRAWAL)
    if was_performed and terms.none_when_settled:
        return RefundAnswer.NONE
    return RefundAnswer.OWED if terms.is_owed else RefundAnswer.CONSIDERED


def refund_when_stopped(state: State, sheet: ProcedureSheet, regulation: Regulation) -> RefundAnswer | None:
    """What becomes of paid fees where the applicant has the handling stopped: the same as when they withdraw.

    None where the case costs nothing.

    Basis: KT18-8.2.c#1, DL24-9.4#1, QN20-13.4#1, PT24-12.3; by reference TT 03/2025 Mẫu 05 (found in other
    software): the notice of stopping says what becomes of the fees.
    """
    if costs_nothing(state, sheet):
        return None
    return refund(RefundGround.WITHDRAWAL, is_settled=is_settled(state), terms=refund_terms(regulation))


def is_settled(state: State) -> bool:
    """Whether what was applied for is there.

    Basis: KT18-8.2.c#2, DL24-9.4#2, QN20-13.4#2.
    """
    return bool(state.results) and state.decision is not Decision.REFUSE


def refunds(state: State, regulation: Regulation) -> dict[RefundGround, RefundAnswer]:
    """What a request for a refund would lead to as the dossier stands, for each ground that leads to any.

    A dossier counts as settled once its result is there, whether or not anybody comes for it. The paper of a
    refusal is no such result: among others it tells people that the agency cannot do what they paid for. What
    can be withdrawn no more under the regulation as it reads on that day gives no ground by a withdrawal.

    Basis: KT18-8.2.c#1, KT18-8.2.c#2, DL24-9.4#1, DL24-9.4#2, QN20-13.4#1, QN20-13.4#2, PT24-12.3;
    readings A19, A55.
    """
    terms = refund_terms(regulation)
    settled = is_settled(state)
    answers = {ground: refund(ground, is_settled=settled, terms=terms) for ground in RefundGround}
    if comes_too_late(state, regulation):
        answers[RefundGround.WITHDRAWAL] = RefundAnswer.NONE
    return {ground: answer for ground, answer in answers.items() if answer is not RefundAnswer.NONE}
