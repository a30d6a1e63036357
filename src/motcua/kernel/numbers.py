"""Numbers as they come in addresses and fields: digits of ASCII, and no more of them than anything holds."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

ROW_DIGITS: Final = 18  # every such number fits into the key of a row
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_WHOLE = re.compile(r"[0-9]+|[1-9][0-9]{0,2}(?:([ .,])[0-9]{3})(?:\1[0-9]{3})*")
_BELOW_ZERO = re.compile(r"[-−–]\s*[0-9]")  # with a hyphen, a minus sign, or the dash that keyboards offer
_PLAIN = re.compile(r"[0-9]+(?:[,.][0-9]+)?")


def read_number(text: str, *, digits: int = ROW_DIGITS) -> int | None:
    """The number that `text` is; None for a sign, a blank, digits of another script, or too many of them.

    A number of thousands of digits would take a second to read, and no column would hold it.
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None


def read_whole(text: str) -> Decimal | None:
    """The whole number that `text` is, plain or in groups of three: 50000000, 50.000.000, 50,000,000.

    None where a mark does not group (1.5; 50.000,5): whoever typed it meant a fraction, or mistyped.
    """
    typed = " ".join(text.split())
    return Decimal(re.sub(r"[ .,]", "", typed)) if _WHOLE.fullmatch(typed) else None


def is_below_zero(text: str) -> bool:
    """Whether this was meant for a negative number: a minus before a digit. Nothing here reads one."""
    return _BELOW_ZERO.match(text.strip()) is not None


def read_decimal(text: str) -> Decimal | None:
    """The number that `text` is as Vietnamese write it, 1.234,5: dots group, the comma is the decimal mark.

    A dot that cannot group (120.5) is a decimal point, as calculators have it. None for what reads in neither
    way, like 1,234.5.
    """
    typed = "".join(text.split())
    if _GROUPED.fullmatch(typed):
        return Decimal(typed.replace(".", "").replace(",", "."))
    return Decimal(typed.replace(",", ".")) if _PLAIN.fullmatch(typed) else None


def written(number: Decimal, *, grouped: bool = True) -> str:
    """The number as Vietnamese write it, which `read_decimal` reads: 1.234,5; 1234,5 if not `grouped`."""
    whole, _, rest = f"{number:,f}".partition(".")
    dots = whole.replace(",", "." if grouped else "")
    return f"{dots},{rest}" if rest else dots
