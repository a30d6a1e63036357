"""What a unit is called by whoever does not know its agency: with the agency's own name, once."""

from __future__ import annotations

import re

_ANY = re.compile(r" cấp (?:xã|huyện)\b")
_PLACE = re.compile(r"\b(?:xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố) .+$")
_KIND = re.compile(r"^(?:xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố) ")


def own_name(unit: str, agency: str) -> str:
    """`Trung tâm Phục vụ hành chính công cấp xã` of `Ủy ban nhân dân phường Ea Kao` is
    `Trung tâm Phục vụ hành chính công phường Ea Kao`: a name that every agency of the level gives its unit
    tells nobody which one is meant. Where it stands twice, the last one names the place."""
    place = _PLACE.search(agency)
    if place is None:
        return unit
    *first, last = _ANY.split(unit)
    return " ".join(["".join(first), place[0]]) + last if first else unit


def seat_of(agency: str) -> str:
    """The unit in which an agency below the province sits, as its papers are dated: `Âu Cơ` of `Ủy ban nhân
    dân phường Âu Cơ`; empty where its name says no place.

    The kind stays before a number (`Phường 1`). NĐ 30/2020 Phụ lục I, from memory, keeps it before the name
    of a person or an event too; which names are that no data say, so there it is left out.
    """
    place = _PLACE.search(agency)
    if place is None:
        return ""
    name = _KIND.sub("", place[0])
    return place[0][0].upper() + place[0][1:] if name[:1].isdigit() else name


def in_full(unit: str, agency: str) -> str:
    """The unit by its own name and its agency; the agency alone without one. What the unit's name says of
    the agency is not said again."""
    name = own_name(unit, agency)
    place = _PLACE.search(agency)
    if agency in name or (place is not None and place[0] in name):
        return name
    return ", ".join(filter(None, (name, agency)))
