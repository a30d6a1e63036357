"""Acting for somebody else: mandates between people, and people of an organisation."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from motcua.accounts.rules.limits import limit
from motcua.kernel.errors import N_
from motcua.kernel.text import fold

NO_START = N_("Hãy nhập ngày bắt đầu, ví dụ 15/03/2026.")
NO_END = N_("Hãy nhập ngày kết thúc, ví dụ 15/03/2027.")
ENDS_FIRST = N_("Ngày kết thúc phải sau ngày bắt đầu.")
IS_OVER = N_("Ngày kết thúc đã qua.")
TOO_LONG = N_("Thời gian quá dài. Hãy chọn ngày kết thúc sớm hơn; khi hết hạn, bạn lập ủy quyền mới.")
NO_PAPER = N_("Hãy gửi kèm ảnh chụp hoặc bản quét giấy ủy quyền.")
NO_PROCEDURE = N_("Hãy chọn ít nhất một thủ tục, hoặc chọn mọi thủ tục.")
TOO_MANY_PROCEDURES = N_("Bạn nêu quá nhiều thủ tục. Nếu cần nhiều như vậy, hãy ủy quyền mọi thủ tục.")
OWN_NUMBER = N_("Đây là số định danh của chính bạn.")
NO_ORGANISATION_NAME = N_("Hãy nhập tên đầy đủ của tổ chức.")
BAD_ORGANISATION_NAME = N_("Tên tổ chức dài nhất 200 ký tự và không có ký tự lạ.")
BAD_TAX_CODE = N_("Mã số thuế gồm 10 chữ số, 10 chữ số và 3 chữ số của chi nhánh, hoặc 12 chữ số.")
BAD_ESTABLISHMENT = N_("Hãy nhập số quyết định thành lập, dài nhất 50 ký tự.")
BAD_ADDRESS = N_("Hãy nhập địa chỉ trụ sở, dài nhất 300 ký tự.")


class MemberRole(StrEnum):
    """What somebody may do in an organisation, the most first."""

    OWNER = "owner"  # the legal representative: files, invites, gives roles
    FILER = "filer"  # files and acts on what was filed
    VIEWER = "viewer"  # only sees what was filed


class NumberKind(StrEnum):
    TAX_CODE = "tax_code"
    ESTABLISHMENT = "establishment"  # the number of the decision by which it was founded


class Proof(StrEnum):
    """How sure the house is of an organisation: what its owner says, or what a register has shown."""

    DECLARED = "declared"
    PROVED = "proved"


_TAX_CODE = re.compile(r"([0-9]{10})(?:-?([0-9]{3}))?|[0-9]{12}")


@dataclass(frozen=True, slots=True)
class Grant:
    """What an account may do for somebody else now: by a mandate of a person, or within an organisation.

    `key` names it on a page (`uy-quyen-5`, `to-chuc-3`). `principal_id` is the account of the person, empty
    for an organisation, whose id is then `organisation_id`. `procedures` are codes; empty means all.
    """

    key: str
    name: str
    number: str
    may_act: bool
    principal_id: str = ""
    organisation_id: str = ""
    procedures: frozenset[str] = frozenset()
    file_id: str = ""
    since: date | None = None
    until: date | None = None
    role: MemberRole | None = None
    is_proved: bool = False  # of an organisation: a register has shown that it is what it says

    def covers(self, procedure_code: str) -> bool:
        """Whether this procedure is among those for which it was given."""
        return not self.procedures or procedure_code in self.procedures


def in_force(since: date, until: date, today: date) -> bool:
    """Whether a mandate that was accepted and not ended holds on the day: both days are inside."""
    return since <= today <= until


def check_term(since: date | None, until: date | None, today: date) -> dict[str, str]:
    """The faults of the dates of a mandate, by field.

    Basis: KT22-1.2.c, PT24-8.2; by reference Bộ luật Dân sự 2015 Đ563 (memory).
    """
    if since is None or until is None:
        return ({"since": NO_START} if since is None else {}) | ({"until": NO_END} if until is None else {})
    if until < since:
        return {"until": ENDS_FIRST}
    if until < today:
        return {"until": IS_OVER}
    return {"until": TOO_LONG} if until > years_after(since, limit("mandate.longest_years")) else {}


def years_after(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes 28."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def tax_code(text: str) -> str | None:
    """A tax code in its one form (`0100109106`, `0100109106-001`, 12 digits of a household); None if none.

    The form by reference Thông tư 86/2024/TT-BTC (memory); no check digit is counted.
    """
    bare = re.sub(r"[\s.]", "", text)
    found = _TAX_CODE.fullmatch(bare)
    if found is None or not bare.isascii():
        return None
    return f"{found[1]}-{found[2]}" if found[2] else bare


def organisation_number(kind: NumberKind, text: str) -> str | None:
    """The number by which an organisation is known, in its one form; None if it is none of that kind."""
    if kind is NumberKind.TAX_CODE:
        return tax_code(text)
    plain = " ".join(text.split())
    return plain if 0 < len(plain) <= 50 and plain.isprintable() else None


def kind_of_number(number: str) -> NumberKind:
    """Which kind of number this is, in its one form: no decision is numbered by ten digits alone."""
    return NumberKind.TAX_CODE if tax_code(number) else NumberKind.ESTABLISHMENT


def check_organisation(*, name: str, number: str | None, kind: NumberKind, address: str) -> dict[str, str]:
    """The faults of what somebody declares of an organisation, by field."""
    errors: dict[str, str] = {}
    if not name:
        errors["name"] = NO_ORGANISATION_NAME
    elif len(name) > 200 or not name.isprintable():
        errors["name"] = BAD_ORGANISATION_NAME
    if number is None:
        errors["number"] = BAD_TAX_CODE if kind is NumberKind.TAX_CODE else BAD_ESTABLISHMENT
    return errors | check_address(address)


def check_address(address: str) -> dict[str, str]:
    """The fault of where an organisation says that it sits, by field."""
    is_good = 0 < len(address) <= 300 and address.isprintable()
    return {} if is_good else {"address": BAD_ADDRESS}


def is_named(full_name: str, typed: str) -> bool:
    """Whether an account's name is the one that was typed, whatever its case and accents."""
    return fold(full_name) == fold(typed)


def may_be_named(full_name: str, typed: str) -> bool:
    """Whether both may be names of one person whose number is known to agree: all words of the shorter stand
    in the longer, in whatever order, case and accents. Whoever left out a middle name is nobody else.

    No text says when two spellings name one person; this is ours (ADR 0109).
    """
    one, other = Counter(fold(full_name).split()), Counter(fold(typed).split())
    return one <= other or other <= one
