"""What people enter about themselves, and the sentence for each entry that cannot be taken."""

from __future__ import annotations

import re
from datetime import date

from motcua.accounts.rules import identifiers
from motcua.kernel.errors import N_
from motcua.kernel.text import as_seen

_CHILD = 6  # years
_AS_SAID = re.compile(r"[0-9+ .()\-]{8,15}")  # the line of an organisation
_PARTS = re.compile(r"[^'’.-]+")  # of a word of a name: each begins with a capital letter

BAD_PERSONAL_ID = N_("Hãy nhập đủ 12 chữ số của số định danh cá nhân, như trên thẻ căn cước.")
NO_NAME = N_("Hãy nhập họ và tên như trên thẻ căn cước.")
LONG_NAME = N_("Họ và tên dài quá 150 ký tự.")
BAD_NAME = N_("Họ và tên chỉ gồm chữ cái, dấu cách và các dấu ' . -")
BAD_LINE = N_(
    "Hãy nhập số di động gồm 10 chữ số hoặc số máy bàn gồm 11 chữ số có mã vùng, ví dụ 0912 345 678 "
    "hoặc 0262 385 1234."
)
BAD_PHONE = N_("Hãy nhập số điện thoại di động gồm 10 chữ số, ví dụ 0912 345 678.")
BAD_EMAIL = N_("Hãy nhập địa chỉ thư điện tử, ví dụ ten@example.vn.")
LONG_ADDRESS = N_("Địa chỉ dài quá 300 ký tự.")
BAD_BIRTH = N_("Ngày sinh không hợp lý. Hãy kiểm tra lại.")
BAD_LANGUAGE = N_("Ngôn ngữ này chưa được hỗ trợ.")
BAD_USERNAME = N_(
    "Tên đăng nhập gồm 3 đến 60 ký tự: chữ cái không dấu, chữ số, dấu chấm, gạch ngang, gạch dưới."
)


def check_name(full_name: str, *, field: str = "full_name") -> dict[str, str]:
    """The fault of a name, under the name of its field; letters of any language are taken."""
    name = as_seen(full_name)
    if not name:
        return {field: NO_NAME}
    if len(name) > 150:
        return {field: LONG_NAME}
    if not all(char.isalpha() or char in " '’.-" or char.isspace() for char in name):
        return {field: BAD_NAME}
    return {}


def written_name(full_name: str) -> str:
    """The name of a person as it is written: composed, with single spaces, and of each word that is wholly in
    small or wholly in capital letters only the first one large.

    A word in mixed case stays: its owner meant it so. Small words beside such a one stay as well ("Trưởng
    thôn Hòa"), and so does what stands behind a comma, which is no name.
    """
    name, comma, said_of_them = as_seen(full_name).partition(",")
    words = name.split()
    knows_how = any(not (word.islower() or word.isupper()) for word in words)
    written = (word if knows_how and word.islower() else _written_word(word) for word in words)
    return " ".join(written) + comma + said_of_them


def _written_word(word: str) -> str:
    is_plain = word.islower() or word.isupper()
    return _PARTS.sub(lambda part: _begun_large(part[0]), word) if is_plain else word


def _begun_large(part: str) -> str:
    first = next((index for index, char in enumerate(part) if char.lower() != char.upper()), None)
    if first is None:
        return part
    return part[:first] + part[first].title() + part[first + 1 :].lower()


def check_person(*, full_name: str, phone: str, email: str, address: str) -> dict[str, str]:
    """The faults of a citizen's entries by field; empty if all can be taken."""
    errors = check_name(full_name)
    if identifiers.phone(phone) is None:
        errors["phone"] = BAD_PHONE
    if identifiers.email(email) is None:
        errors["email"] = BAD_EMAIL
    if len(address) > 300:
        errors["address"] = LONG_ADDRESS
    return errors


def needs_representative(born_on: date, today: date) -> bool:
    """Whether somebody born on that day is too young to bring anything: it is filed by a representative.

    Basis: by reference Bộ luật Dân sự 2015 Đ21 khoản 2 (memory): before the sixth birthday.
    """
    return (today.year - born_on.year) - ((today.month, today.day) < (born_on.month, born_on.day)) < _CHILD


def check_birth(born_on: date | None, today: date) -> dict[str, str]:
    """A birth date may be left out; it does not lie ahead nor more than 130 years back."""
    if born_on is None or (born_on <= today and today.year - born_on.year <= 130):
        return {}
    return {"date_of_birth": BAD_BIRTH}


def phone_at_desk(typed: str, *, is_organisation: bool) -> str | None:
    """The number as it is kept of whom the desk asks for it; None if it is none.

    Who comes to the counter may have no phone; a number that is given must be one. An organisation may have a
    line of its own: it is kept as it was said.
    """
    bare = typed.strip()
    if not bare or (is_organisation and _AS_SAID.fullmatch(bare)):
        return bare
    return identifiers.phone(bare)
