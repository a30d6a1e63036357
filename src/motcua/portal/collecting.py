"""Where a result waits to be fetched: the desk, its address, its hours, what to bring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from motcua.agencies import queries as agencies
from motcua.agencies.rules.cards import AgencyCard
from motcua.agencies.rules.naming import own_name
from motcua.portal import opening
from motcua.portal.opening import Opening


@dataclass(frozen=True, slots=True)
class Collecting:
    """The desk that hands the result over; `to_bring` are names of papers beside receipt and card.

    `signs_form`: what was filled in online is signed there. `is_refusal`: nothing is asked for but
    who one is.
    """

    desk_name: str
    agency: AgencyCard
    opening: Opening
    to_bring: tuple[str, ...]
    signs_form: bool
    is_refusal: bool = False


def of(
    unit_id: int | None,
    to_bring: tuple[str, ...],
    at: datetime,
    *,
    signs_form: bool,
    is_refusal: bool,
) -> Collecting | None:
    """None where nothing waits at a desk."""
    if unit_id is None:
        return None
    desk = agencies.unit(unit_id)
    card = agencies.agency(desk.agency_id)
    hours = opening.of(agencies.calendar_of(card.id, at.date()), at)
    return Collecting(own_name(desk.name, card.name), card, hours, to_bring, signs_form, is_refusal)
