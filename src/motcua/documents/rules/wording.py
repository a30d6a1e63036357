"""How moments, numbers and people's texts are written on a slip."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set as AbstractSet
from datetime import date, datetime
from zoneinfo import ZoneInfo

_HERE = ZoneInfo("Asia/Ho_Chi_Minh")
_LONG_WORD = re.compile(r"\S{46,}")
_PIECE = re.compile(r"\S{20}")
_LONG_IN_COLUMN = re.compile(r"\S{13,}")
_PIECE_OF_COLUMN = re.compile(r"\S{6}")
_JOINT = re.compile(r"[.-]")
_MAY_BREAK = "\u200b"
_BOX = "□"
_DROPPED = {"Cc", "Cf", "Cs", "Co", "Cn"}


def local(at: datetime) -> datetime:
    return at.astimezone(_HERE)


def moment(at: datetime) -> str:
    """`08 giờ 30 phút, ngày 24 tháng 3 năm 2022`, Vietnamese time."""
    here = local(at)
    return f"{here:%H} giờ {here:%M} phút, {day(at)}"


def receipt(received_at: datetime, came_at: datetime | None) -> str:
    """The official receipt; of what came in while the agency was closed, when it came and from when it
    counts.

    Basis: DL24-8.1.c#2, PT24-9.2.c#2.
    """
    if came_at is None:
        return moment(received_at)
    return f"{moment(came_at)}; tính từ {moment(received_at)} (gửi ngoài giờ làm việc)"


def day(at: datetime) -> str:
    """`ngày 02 tháng 01 năm 2024`: days below 10 and months below 3 take a zero, as in official letters."""
    return date_words(local(at).date())


def date_words(day: date) -> str:
    """A day in the words of `day`."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def short_moment(at: datetime) -> str:
    """`08:30 24/03/2022`, for small print."""
    return f"{local(at):%H:%M %d/%m/%Y}"


def compact_moment(at: datetime) -> str:
    """`20220324T0830`, for the QR."""
    return f"{local(at):%Y%m%dT%H%M}"


def count(number: int) -> str:
    """Two digits at least, so that nobody writes one in front: `01`."""
    return f"{number:02d}"


def line(text: str, drawn: AbstractSet[int]) -> str:
    """One line that the font can set: composed letters, single spaces, nothing unseen.

    A character that is not in `drawn` (code points of the font) becomes a box, so that its absence shows.
    A word too long for a line may break.
    """
    composed = unicodedata.normalize("NFC", text)
    shown = "".join(_shown(char, drawn) for char in composed)
    return _LONG_WORD.sub(_breakable, " ".join(shown.split()))


def narrow(text: str, drawn: AbstractSet[int]) -> str:
    """As `line`, for a column as narrow as 16 mm: words may break sooner, so that none leaves it."""
    return _LONG_IN_COLUMN.sub(
        lambda found: _PIECE_OF_COLUMN.sub(lambda piece: piece[0] + _MAY_BREAK, found[0]),
        line(text, drawn).replace(_MAY_BREAK, ""),
    )


def code(text: str, drawn: AbstractSet[int]) -> str:
    """A code for a column of a table: it breaks between its parts only, after a point or a dash."""
    return _JOINT.sub(lambda found: found[0] + _MAY_BREAK, line(text, drawn))


def paragraphs(text: str, drawn: AbstractSet[int]) -> list[str]:
    """The lines that somebody typed, without empty ones."""
    return [words for each in text.splitlines() if (words := line(each, drawn))]


def _shown(char: str, drawn: AbstractSet[int]) -> str:
    if char.isspace():
        return " "
    if unicodedata.category(char) in _DROPPED or "\ufe00" <= char <= "\ufe0f":
        return ""
    return char if ord(char) in drawn else _BOX


def _breakable(match: re.Match[str]) -> str:
    return _PIECE.sub(lambda piece: piece[0] + _MAY_BREAK, match[0])
