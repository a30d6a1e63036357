"""How an agency can be reached: numbers and mailboxes as people write them."""

from __future__ import annotations

import re
from collections.abc import Mapping

MOST_PHONES = 3
_PHONE = re.compile(r"[0-9+][0-9 .()-]{5,39}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_BETWEEN = re.compile(r"[;,\n]")
SAMPLE = "sample"


def is_phone(text: str) -> bool:
    """Whether people could call what is written."""
    return bool(_PHONE.fullmatch(text))


def is_mailbox(text: str) -> bool:
    return bool(_EMAIL.fullmatch(text)) and len(text) <= 200


def phones_in(text: str) -> tuple[str, ...]:
    """The numbers of one line, parted by semicolons or commas, each once and in their order."""
    found = (" ".join(part.split()) for part in _BETWEEN.split(text))
    return tuple(dict.fromkeys(part for part in found if part))


def is_sample(marks: Mapping[str, object]) -> bool:
    """Whether the numbers and the mailbox are made up for a demonstration."""
    return marks.get("contact") == SAMPLE
