"""What the QR code of an identity card says, as a scanner types it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from motcua.accounts.rules import identifiers

_FEWEST, _KNOWN = 6, 7  # older prints leave the day of issue out; newer ones go on behind it
_LONGEST = 500
_START = re.compile(r"[0-9]{12}(?=\|)")
_NUMBER_AT_END = re.compile(r".*[0-9]{12}")


@dataclass(frozen=True, slots=True)
class IdentityCard:
    """The person on the card. Days that are not real are left out: the paper itself lies on the counter."""

    personal_id: str
    old_id: str
    name: str
    date_of_birth: date | None
    sex: str
    address: str
    issued_on: date | None


def read_card(text: str) -> IdentityCard | None:
    """`id|old id|name|ddmmyyyy|sex|address|ddmmyyyy`; None for anything else.

    A scanner types behind what a field holds: of a number and a card, or of two cards, the last card counts.
    A number behind a card is no card: nobody can tell which of the two is meant.

    The order of the fields is as read off real cards (found), not from a published text.
    """
    said = text[:_LONGEST].strip()
    if (card := _card(said)) is not None:
        return card
    starts = [found.start() for found in _START.finditer(said)]
    for start in reversed([each for each in starts if each]):
        card = _card(said[start:])
        # The old number of a card may have twelve digits too; after it stands no name and no day.
        if card is not None and card.date_of_birth and not any(letter.isdigit() for letter in card.name):
            return card
    return None


def _card(text: str) -> IdentityCard | None:
    parts = [" ".join(part.split()) for part in text.split("|")]
    if len(parts) < _FEWEST or _NUMBER_AT_END.fullmatch(parts[-1]):
        return None
    more = parts[_KNOWN:]
    if more and (_day(parts[6]) is None or any(_NUMBER_AT_END.fullmatch(each) for each in more)):
        return None  # passed over only behind seven fields that are right, and no second card
    number = identifiers.personal_id(parts[0])
    if number is None or not parts[2]:
        return None
    return IdentityCard(
        personal_id=number,
        old_id=parts[1],
        name=parts[2][:200],
        date_of_birth=_day(parts[3]),
        sex=parts[4],
        address=parts[5][:300],
        issued_on=_day(parts[6]) if len(parts) >= _KNOWN else None,
    )


def _day(text: str) -> date | None:
    if len(text) != 8 or not (text.isascii() and text.isdigit()):
        return None
    try:
        return date(int(text[4:]), int(text[2:4]), int(text[:2]))
    except ValueError:
        return None
