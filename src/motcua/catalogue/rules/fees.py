"""What a procedure costs one applicant: fees of a channel and a case, and what can be said of their sum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from motcua.kernel.errors import N_
from motcua.kernel.money import Money
from motcua.kernel.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from motcua.catalogue.enums import PaymentTime
    from motcua.catalogue.rules.sheets import Fee, ProcedureSheet


COPIES = "copies"  # the question of a form how many copies somebody wants
BY_COPY = frozenset({N_("mỗi bản"), N_("mỗi bản sao")})  # units of fees that this number counts
_COMPARED = frozenset({"found", "derived"})  # marks of figures that stand in a publication, or follow from it


@dataclass(frozen=True, slots=True)
class FeeDue:
    """When a fee is paid; no `time`: its published procedure does not say. `has_come`: it is time by now."""

    time: PaymentTime | None
    has_come: bool = False


@dataclass(frozen=True, slots=True)
class FeeToPay:
    """One fee as it applies. `amount` is None where another decision sets it; `unit` is what one is charged
    for ("mỗi bản"), empty where it is charged once; `case` is named while no case was chosen; `free_if` says
    in which cases an amount of nothing holds, empty where it always does; `copies` is how many of a fee by
    the copy somebody asked for in the form, None where nobody was asked; `exempt` says who pays nothing of
    what others pay; `published` is the time of payment in the procedure. When it is `due` follows from that,
    the regulation and the course of the dossier (`dossiers/rules/money.py`); None until somebody asked."""

    name: str
    amount: Money | None
    unit: str
    case: str
    is_on_request: bool
    free_if: str = ""
    copies: int | None = None
    exempt: str = ""
    published: PaymentTime | None = None
    due: FeeDue | None = None

    @property
    def sum(self) -> Money | None:
        """What the copies cost that were asked for; None where none were."""
        return Money(self.amount.vnd * self.copies) if self.amount is not None and self.copies else None

    @property
    def is_free(self) -> bool:
        return self.amount is not None and not self.amount.vnd and not self.free_if


@dataclass(frozen=True, slots=True)
class FeesToPay:
    """`total` is None where it hangs on numbers or choices that the procedure does not tell.

    `is_unverified`: the figures were not compared with what was published.
    """

    fees: tuple[FeeToPay, ...]
    total: Money | None
    is_unverified: bool = False

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to pay at all: no fee, or only such as cost nothing."""
        return all(fee.is_free for fee in self.fees)

    @property
    def is_free(self) -> bool:
        return self.total is not None and not self.total.vnd

    @property
    def of_unsaid_time(self) -> tuple[str, ...]:
        """The names of those that cost something, and of which nobody published when."""
        return tuple(
            dict.fromkeys(fee.name for fee in self.fees if fee.due is not None and fee.due.time is None)
        )


def unit_of(fee: Fee) -> str:
    """ "mỗi bản" of a note that begins with it; empty otherwise.

    What stands in brackets behind "/lần" is the text it is from, no unit.
    """
    first = fee.note.replace(";", ",").split(",")[0].strip()
    if first.startswith("/"):
        return "mỗi " + first.partition("(")[0].strip("/ ").replace("/", ", mỗi ")
    return first if first.startswith("mỗi ") else ""


def copies_asked(sheet: ProcedureSheet, answers: Mapping[str, Any]) -> int | None:
    """How many copies somebody asks for in the form, 0 where it asks and they want none.

    None where nothing tells: the form does not ask, was not filled in here (its paper came to the desk), or
    its answer is no number.
    """
    is_asked = any(question.key == COPIES for section in sheet.eform for question in section.fields)
    if not is_asked or not answers:
        return None
    typed = str(answers.get(COPIES) or "0").strip()
    return int(typed) if typed.isascii() and typed.isdigit() else None


def copies_of(fee: Fee, fees: Sequence[Fee], copies: int | None) -> int | None:
    """The copies that a fee is for: that of the only fee by the copy, of no tiers; else None."""
    by_copy = [each for each in fees if unit_of(each) in BY_COPY]
    return copies if by_copy == [fee] and fee.from_piece is None else None


def is_on_request(fee: Fee) -> bool:
    """Whether it is only charged for what somebody asks for besides."""
    return "neu yeu cau" in fold(fee.note)


def is_unwanted(fee: Fee, copies: int | None) -> bool:
    """Whether it is only charged for copies that somebody asks for, and they want none."""
    return copies == 0 and is_on_request(fee) and unit_of(fee) in BY_COPY


def free_if(fee: Fee) -> str:
    """In which cases a fee that is recorded as nothing costs nothing: what its note says after "miễn nếu".

    Empty where it costs something, and where it is free for everybody.
    """
    _, _, cases = fee.note.partition("miễn nếu ")
    return "" if fee.amount is None or fee.amount.vnd else cases.partition(";")[0].strip()


def tier_amounts(tiers: Sequence[Fee], pieces: int) -> tuple[int, ...]:
    """How many of so many pieces fall to each tier, in the order given.

    `tier_amounts((from_first, from_third), 5) == (2, 3)`.
    """
    starts = sorted(fee.from_piece or 1 for fee in tiers)
    ends = dict(zip(starts, [start - 1 for start in starts[1:]] + [pieces], strict=True))
    found = []
    for fee in tiers:
        start = fee.from_piece or 1
        found.append(max(0, min(pieces, ends[start]) - start + 1))
    return tuple(found)


def fees_to_pay(
    sheet: ProcedureSheet, channel: str, variant: str | None, answers: Mapping[str, Any] | None = None
) -> FeesToPay:
    """The fees of a procedure for this channel and case; all cases where none is chosen.

    A sum is told where it is sure: nothing to pay, or a single fee that is charged once, or as often as the
    `answers` of the form ask for copies.

    Basis: DL24-5.8, PT24-5.1.
    """
    found, copies = sheet.fees_for(channel, variant), copies_asked(sheet, answers or {})
    fees = tuple(
        FeeToPay(
            fee.name,
            fee.amount,
            unit_of(fee),
            "" if fee.variant == variant else (fee.variant or ""),
            is_on_request(fee),
            free_if(fee),
            copies_of(fee, found, copies),
            fee.exempt,
            fee.due,
        )
        for fee in found
    )
    return FeesToPay(fees, _total(fees), sheet.provenance.get("fee", "found") not in _COMPARED)


def _total(fees: tuple[FeeToPay, ...]) -> Money | None:
    charged = [fee for fee in fees if not fee.is_free]
    if not charged:
        return Money(0)
    only = charged[0]
    is_open = only.case or only.free_if or (not only.sum and (only.unit or only.is_on_request))
    return None if len(charged) > 1 or is_open else only.sum or only.amount
