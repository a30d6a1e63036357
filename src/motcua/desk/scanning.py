"""What a scanner types: the address on one of our slips."""

from __future__ import annotations

import re

_TRACKING = re.compile(r"/tra-cuu/([^/?#\s]{4,60})")


def reference_in(text: str) -> str:
    """The number in the address of a slip's QR code; any other text as it was typed, without outer blanks."""
    typed = text.strip()
    found = _TRACKING.search(typed)
    return found[1] if found else typed
