"""Where to look for an agency on a map of everybody's."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote_plus

from motcua.agencies.rules.cards import AgencyCard
from motcua.dossiers.labels import province_name

_SEARCH = "https://www.openstreetmap.org/search?query="
_BETWEEN = ";"  # what parts the addresses of an agency that has several


@dataclass(frozen=True, slots=True)
class Search:
    """A link to a map. `address` is what it looks for, where the agency has several; else empty."""

    href: str
    address: str = ""


def searches_of(card: AgencyCard) -> tuple[Search, ...]:
    """One search for each of its addresses, else for its name; in its province, for streets have the same
    names everywhere."""
    places = [each.strip() for each in card.address.split(_BETWEEN) if each.strip()]
    has_several = len(places) > 1
    return tuple(
        Search(_search_of(each, province_name(card.province)), each if has_several else "")
        for each in places or [card.name]
    )


def _search_of(place: str, province: str) -> str:
    return _SEARCH + quote_plus(place if f"tỉnh {province}" in place else f"{place}, {province}")
