"""Codes with a configurable pattern, such as the dossier code `000.00.00.H15-240207-0001`."""

from __future__ import annotations

import re
from datetime import date

_FIELD = re.compile(r"\{(agency|date|serial)\}")


def dossier_code(pattern: str, *, agency: str, on: date, serial: int) -> str:
    """Fill a pattern such as `{agency}-{date}-{serial}`.

    `date` is yymmdd of the receipt; `serial` has at least four digits and goes on with five past 9999.
    Raises ValueError for a bad pattern, or if the serial is not positive.

    Basis: DL24-8.2#1, PT24-9.2bis#1; format by reference TT 01/2018 Đ19 (found).
    """
    if serial < 1:
        raise ValueError("serials start at 1")
    check_pattern(pattern)
    parts = {"agency": agency, "date": on.strftime("%y%m%d"), "serial": f"{serial:04d}"}
    return _FIELD.sub(lambda match: parts[match[1]], pattern)


def check_pattern(pattern: str) -> None:
    """Raise ValueError unless the pattern holds each field once, and between them what an address can carry.

    Capital letters only, so that a code can be typed in any case.
    """
    if sorted(_FIELD.findall(pattern)) != ["agency", "date", "serial"]:
        raise ValueError("a dossier code pattern needs {agency}, {date} and {serial}, each once")
    if not re.fullmatch(r"[0-9A-Z.-]*", _FIELD.sub("", pattern)):
        raise ValueError(
            "a dossier code pattern has only capitals, digits, dots and dashes between its fields"
        )
