"""Whether what is offered for a procedure is what its online level asks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

from motcua.catalogue.enums import Channel, OnlineLevel
from motcua.catalogue.rules.fees import fees_to_pay
from motcua.catalogue.rules.sheets import ProcedureSheet

_NUMBER = {OnlineLevel.PARTIAL: 3, OnlineLevel.FULL: 4}
CAN_BE_PAID_ONLINE = False  # before payments come, a level that asks it is not reached


class Lack(StrEnum):
    """What its level asks and the procedure does not have."""

    TERM = "term"
    RESULT = "result"
    BASIS = "basis"
    FORMS = "forms"  # blank forms to take home
    QUESTIONS = "questions"  # a form that is answered on the page
    PAYMENT = "payment"


# As what the laws ask for it, `law.rules.conformity.CHECKS`.
CHECK_OF = {
    Lack.TERM: "information",
    Lack.RESULT: "information",
    Lack.BASIS: "information",
    Lack.FORMS: "forms",
    Lack.QUESTIONS: "eform",
    Lack.PAYMENT: "payment",
}


def number_of(level: OnlineLevel, scale: Collection[str]) -> int:
    """The level as a number; 3 and 4 are partial and full by our mapping. What is not filed online is at
    level 2 where the regulation knows that level, else at none.

    Basis: QN20-3.3, KT18-5.2#2; reading A24.
    """
    return _NUMBER.get(level, 2 if "2" in scale else 0)


def lacks_of(
    sheet: ProcedureSheet, put_up: Collection[str], scale: Collection[str], asked: Mapping[str, int]
) -> tuple[Lack, ...]:
    """What the procedure lacks at its level. `put_up` are the keys of the papers whose blank form can be had,
    `asked` says from which level on each thing is asked; what it does not name is asked of none.

    What may be to be paid counts as to be paid. What a ministry provides online is judged by the ministry.

    Basis: QN20-3.3, DL24-3.1, KT18-5.2#2; reading A24.
    """
    level = number_of(sheet.online_level, scale)
    if sheet.ministry:
        return ()
    return tuple(
        lack
        for lack, has_it in _offered(sheet, put_up).items()
        if not has_it and CHECK_OF[lack] in asked and asked[CHECK_OF[lack]] <= level
    )


def _offered(sheet: ProcedureSheet, put_up: Collection[str]) -> dict[Lack, bool]:
    forms = [paper for paper in sheet.components if paper.is_form]
    return {
        Lack.TERM: any(each.limit or each.printed_value for each in sheet.limits),
        Lack.RESULT: bool(sheet.results),
        Lack.BASIS: bool(sheet.legal_basis),
        Lack.FORMS: all(paper.key in put_up for paper in forms if paper.takes_form),
        Lack.QUESTIONS: bool(sheet.eform) or not forms,
        Lack.PAYMENT: CAN_BE_PAID_ONLINE or fees_to_pay(sheet, Channel.ONLINE, None).is_nothing,
    }
