"""Numbers as they come in addresses and fields: digits of ASCII, and no more of them than anything holds."""

from __future__ import annotations

from typing import Final

ROW_DIGITS: Final = 18  # every such number fits into the key of a row


def read_number(text: str, *, digits: int = ROW_DIGITS) -> int | None:
    """The number that `text` is; None for a sign, a blank, digits of another script, or too many of them.

    A number of thousands of digits would take a second to read, and no column would hold it.
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None
