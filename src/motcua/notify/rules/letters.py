"""A letter ready to be sent, and what its delivery answered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

_BEFORE_MARK = re.compile(r"\s+([:,])(?=\s|$)")  # where a code was left out


@dataclass(frozen=True, slots=True)
class Letter:
    """One e-mail. `message_id` stays the same however often it is tried, so that a mail server or a
    reader can recognise a second copy."""

    address: str
    name: str
    subject: str
    body: str
    message_id: str


def message_id(number: int, posted_at: datetime, host: str) -> str:
    """The Message-ID of an outbox row: `<motcua.17.1771234567890123@dichvucong.example.vn>`."""
    micros = int(posted_at.timestamp()) * 1_000_000 + posted_at.microsecond
    return f"<motcua.{number}.{micros}@{host or 'motcua.invalid'}>"


def split(text: str) -> tuple[str, str]:
    """Subject (the first line, on one line whatever was put into it) and body of a rendered text.

    Where a code was left out of the subject, no mark is left hanging: "Mã đặt lại mật khẩu".
    """
    first, _, rest = text.strip().partition("\n")
    return _BEFORE_MARK.sub(r"\1", " ".join(first.split())).rstrip(" :,"), tidy(rest)


def tidy(body: str) -> str:
    """At most one empty line in a row: sentences that were left out leave no holes."""
    kept: list[str] = []
    for line in body.strip().splitlines():
        stripped = line.rstrip()
        if stripped or (kept and kept[-1]):
            kept.append(stripped)
    return "\n".join(kept)


@dataclass(frozen=True, slots=True)
class Words:
    """What the province adds to every letter to people: a line on top, a sentence at the end, and the number
    to call that letters and slips name. Empty adds nothing."""

    header: str = ""
    closing: str = ""
    header_english: str = ""
    closing_english: str = ""
    hotline: str = ""

    def dress(self, body: str, language: str) -> str:
        """The body with both; in English where that was written, else in Vietnamese."""
        is_vietnamese = language == "vi"
        header = self.header if is_vietnamese else self.header_english or self.header
        closing = self.closing if is_vietnamese else self.closing_english or self.closing
        return "\n\n".join(part for part in (header, body, closing) if part)
