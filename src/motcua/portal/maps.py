"""Where to look for an agency on a map of everybody's."""

from __future__ import annotations

from urllib.parse import quote_plus

from motcua.agencies.rules.cards import AgencyCard

_SEARCH = "https://www.openstreetmap.org/search?query="


def search_of(card: AgencyCard) -> str:
    """A search for its address if one is known, else for its name."""
    return _SEARCH + quote_plus(card.address or card.name)
