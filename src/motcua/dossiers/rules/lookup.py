"""Looking for one's dossiers without their codes: what may be typed, and what it means."""

from __future__ import annotations

import re

from motcua.accounts.rules import identifiers
from motcua.kernel.text import fold

_LETTER = re.compile(r"[^\W\d_]")


def meant(typed: str) -> str | None:
    """A personal id as its 12 digits, a name folded as it is searched by; None for anything else.

    Basis: DL24-12.7.a.
    """
    text = typed.strip()[:200]
    if not text.isprintable():
        return None
    number = identifiers.personal_id(text)
    if number is not None:
        return number
    name = fold(text)
    if any(letter.isdigit() for letter in name) and " " not in name:
        return None  # a number that is none of a person, or a code
    return name if len(_LETTER.findall(name)) >= 2 else None


def is_number(named: str) -> bool:
    """Whether what `meant` answered is a personal id and not a name."""
    return named.isdigit()
