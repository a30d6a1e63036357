"""National procedure codes and how they are compared."""

from __future__ import annotations

import re

_WITHOUT_DOT = re.compile(r"(?<![\d.])(\d)(\d{6})(?!\d)")


def comparable(code: str) -> str:
    """The part by which codes are compared: the first eight characters. Synthetic codes compare whole."""
    return code if code.startswith("X.") else code[:8]


def dotted(text: str) -> str:
    """What somebody typed, with the dot of national codes where they left it out: "1001193" is 1.001193."""
    return _WITHOUT_DOT.sub(r"\1.\2", text)


def national(code: str) -> str:
    """The code as people may quote it; empty for a synthetic one, which means nothing outside the house."""
    return "" if code.startswith("X.") else code
