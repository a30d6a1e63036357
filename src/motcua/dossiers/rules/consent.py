"""Consent to the use of personal data: asked when a filing is sent online, and kept with that event."""

from __future__ import annotations

from motcua.dossiers.errors import ConsentRequired

CONSENT = "2026-3"  # the words that are asked now; other words get another name, the old ones stay known


def check_consent(given: str) -> None:
    """Refuse to send what nobody has agreed to, or what was agreed to in other words than those of now.

    Who does not agree loses nothing but this way: the counter takes the dossier without it.

    Basis: DL24-3.4, PT24-3.6, QN20-21.5#1, KT18-13.5; by reference the law on personal data (memory).
    """
    if given != CONSENT:
        raise ConsentRequired()
