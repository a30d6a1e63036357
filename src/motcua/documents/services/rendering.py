"""Setting a slip as PDF/A by typst. (First stone: the templates follow.)"""

from __future__ import annotations

from motcua.documents.rules.slips import AnySlip


def pdf(slip: AnySlip) -> bytes:
    raise NotImplementedError
