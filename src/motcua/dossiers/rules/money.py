"""When and how fees are paid, and when what was paid is given back. The money itself is elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from motcua.dossiers.enums import RefundAnswer, RefundGround

if TYPE_CHECKING:
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
