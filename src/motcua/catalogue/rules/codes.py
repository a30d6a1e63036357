"""National procedure codes and how they are compared."""

from __future__ import annotations


def comparable(code: str) -> str:
    """The part by which codes are compared: the first eight characters. Synthetic codes compare whole."""
    return code if code.startswith("X.") else code[:8]
