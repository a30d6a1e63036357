"""What a scanner types: the address on one of our slips, or the text of an identity card."""

from __future__ import annotations

import re

from motcua.accounts.rules.identity_cards import read_card

_TRACKING = re.compile(r"/tra-cuu/([^/?#\s]{4,60})")


def reference_in(text: str) -> str:
    """The number in the address of a slip's QR code; any other text as it was typed, without outer blanks."""
    typed = text.strip()
    found = _TRACKING.search(typed)
    return found[1] if found else typed


def searched_in(text: str) -> str:
    """What is searched for: of an identity card its number, which alone says whose a dossier is."""
    card = read_card(text)
    return card.personal_id if card else reference_in(text)
