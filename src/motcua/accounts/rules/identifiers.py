"""How people are named: personal id, phone, e-mail, username. Checking and bringing to one form."""

from __future__ import annotations

import re
from enum import StrEnum

_PERSONAL_ID = re.compile(r"[0-9]{12}")
_PHONE = re.compile(r"0[35789][0-9]{8}")
_FIXED = re.compile(r"02[0-9]{9}")
_EMAIL = re.compile(r"[^@\s,;<>()\[\]\"']+@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")
_PASSPORT = re.compile(r"[A-Z0-9]{5,15}")
MAX_SHARING_A_PHONE = 4  # a family with one phone; more are told to use their personal id
_SEPARATORS = re.compile(r"[\s.\-()]")


class IdentifierKind(StrEnum):
    PERSONAL_ID = "personal_id"
    EMAIL = "email"
    PHONE = "phone"


def personal_id(text: str) -> str | None:
    """The 12 digits, whatever spaces were typed between them; None if they are not 12 digits.

    Basis: DL24-6.3, PT24-6.1.a; 12 digits by reference Luật Căn cước 26/2023/QH15 Đ12 (memory).
    """
    bare = _SEPARATORS.sub("", text)
    return bare if _PERSONAL_ID.fullmatch(bare) else None


def birth_year(number: str) -> int | None:
    """The year of birth that a personal id tells: its fourth digit stands for century and sex, the next two
    for the year. None for what is no such number.

    Basis: by reference NĐ 137/2015/NĐ-CP Đ13 (memory).
    """
    if not _PERSONAL_ID.fullmatch(number):
        return None
    return 1900 + int(number[3]) // 2 * 100 + int(number[4:6])


def passport(text: str) -> str | None:
    """The number of a passport or another travel paper in capitals; None unless 5 to 15 letters and digits.

    By reference ICAO Doc 9303 (memory): a letter more or less, as each state numbers its papers.
    """
    bare = _SEPARATORS.sub("", text).upper()
    return bare if bare.isascii() and _PASSPORT.fullmatch(bare) and any(c.isdigit() for c in bare) else None


def phone(text: str) -> str | None:
    """A Vietnamese mobile number as ten digits (`+84 912 345 678` is `0912345678`); None if it is none."""
    bare = _national(text)
    return bare if _PHONE.fullmatch(bare) else None


def line(text: str) -> str | None:
    """The number of a mobile, or of a fixed line as organisations have: eleven digits with its area code.

    None if it is neither. By reference TT 22/2014/TT-BTTTT and the area codes since 2017 (memory).
    """
    bare = _national(text)
    return bare if _PHONE.fullmatch(bare) or _FIXED.fullmatch(bare) else None


def _national(text: str) -> str:
    bare = _SEPARATORS.sub("", text)
    for prefix in ("+84", "0084"):
        if bare.startswith(prefix):
            return "0" + bare.removeprefix(prefix).removeprefix("0")
    return bare


def email(text: str) -> str | None:
    """The address in lower case; None if mail could not be sent to it."""
    bare = text.strip().lower()
    local, _, _ = bare.partition("@")
    if len(bare) > 254 or len(local) > 64 or ".." in local or local.startswith(".") or local.endswith("."):
        return None
    return bare if _EMAIL.fullmatch(bare) and bare.isascii() else None


def username(text: str) -> str | None:
    """An officer's username in lower case; None unless 3 to 60 Latin letters, digits, dots and dashes."""
    bare = text.strip().lower()
    return bare if _USERNAME.fullmatch(bare) else None


def recognise(text: str) -> tuple[IdentifierKind, str] | None:
    """What a citizen typed to name themselves at the log-in: personal id, phone or e-mail."""
    for kind, read in (
        (IdentifierKind.PERSONAL_ID, personal_id),
        (IdentifierKind.PHONE, phone),
        (IdentifierKind.EMAIL, email),
    ):
        value = read(text)
        if value is not None:
            return kind, value
    return None


def is_phone(text: str) -> bool:
    """Whether what a citizen typed to name themselves is a phone number, which several may bear."""
    recognised = recognise(text)
    return recognised is not None and recognised[0] is IdentifierKind.PHONE
