"""What the regulation in force offers for a procedure: ways of return, means of payment, refunds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings

from motcua.dossiers.rules import money, returning
from motcua.dossiers.rules.state import State
from motcua.law import queries as law
from motcua.law.errors import NoRegulation

if TYPE_CHECKING:
    from motcua.catalogue.rules.sheets import ProcedureSheet


@dataclass(frozen=True, slots=True)
class MoneyOffer:
    """What a person may know beforehand of paying and getting back."""

    payment: money.PaymentTerms
    refund: money.RefundTerms


def return_ways(sheet: ProcedureSheet, channel: str, on: date) -> tuple[str, ...]:
    """The ways in which a result may be had, the usual one first; all where no regulation is in force."""
    try:
        regulation = law.regulation_in_force(settings.PROVINCE, on)
    except NoRegulation:
        return ("online", "counter", "postal")
    return returning.ways(str(sheet.online_level), channel, regulation)


def money_offer(sheet: ProcedureSheet, on: date) -> MoneyOffer | None:
    """Payment and refund of a procedure; None where no regulation is in force."""
    try:
        regulation = law.regulation_in_force(settings.PROVINCE, on)
    except NoRegulation:
        return None
    terms = money.payment_terms(str(sheet.online_level), regulation)
    return MoneyOffer(terms, money.refund_terms(regulation))


def compares_papers(state: State, sheet: ProcedureSheet) -> bool:
    """Whether papers filed online are to be compared if the result is handed over at the counter."""
    return returning.must_compare(state, sheet, "counter", law.regulation(state.target.regulation))


def to_bring(state: State, sheet: ProcedureSheet) -> tuple[str, ...]:
    """The papers that the applicant brings when the result is collected."""
    if not state.target.regulation:
        return ()
    return returning.papers_to_bring(state, sheet, law.regulation(state.target.regulation))
