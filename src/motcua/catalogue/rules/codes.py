"""National procedure codes and how they are compared."""

from __future__ import annotations


def comparable(code: str) -> str:
    """The part by which codes are compared: the first eight characters. Synthetic codes compare whole."""
    return code if code.startswith("X.") else code[:8]


def national(code: str) -> str:
    """The code as people may quote it; empty for a synthetic one, which means nothing outside the house."""
    return "" if code.startswith("X.") else code
