"""National procedure codes and how they are compared."""

from __future__ import annotations

import re

_PRINTED = re.compile(r"[1-9]\.\d{6}(?:\.000\.00\.00)?(?:\.H\d{2})?")


def is_printed_code(text: str) -> bool:
    """True for `1.001193`, `1.009645.H05` and `1.001193.000.00.00.H49`; the synthetic `X.…` is not one."""
    return bool(_PRINTED.fullmatch(text))


def comparable(code: str) -> str:
    """The part by which codes are compared: the first eight characters. Synthetic codes compare whole."""
    return code if code.startswith("X.") else code[:8]
