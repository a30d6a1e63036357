"""What a unit is called by whoever does not know its agency: with the agency's own name, once."""

from __future__ import annotations

import re

_ANY = re.compile(r" cấp (?:xã|huyện)\b")
_PLACE = re.compile(r"\b(?:xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố) .+$")


def own_name(unit: str, agency: str) -> str:
    """`Trung tâm Phục vụ hành chính công cấp xã` of `Ủy ban nhân dân phường Ea Kao` is
    `Trung tâm Phục vụ hành chính công phường Ea Kao`: a name that every agency of the level gives its unit
    tells nobody which one is meant. Where it stands twice, the last one names the place."""
    place = _PLACE.search(agency)
    if place is None:
        return unit
    *first, last = _ANY.split(unit)
    return " ".join(["".join(first), place[0]]) + last if first else unit


def in_full(unit: str, agency: str) -> str:
    """The unit by its own name and its agency; the agency alone without one. What the unit's name says of
    the agency is not said again."""
    name = own_name(unit, agency)
    place = _PLACE.search(agency)
    if agency in name or (place is not None and place[0] in name):
        return name
    return ", ".join(filter(None, (name, agency)))
