"""What other apps ask about agencies."""

from __future__ import annotations

from motcua.agencies.queries.contact_cards import contacts
from motcua.agencies.queries.memory import forget
from motcua.agencies.queries.posts import (
    absences,
    asked_positions_of,
    colleagues_of,
    holders_of,
    holding,
    holdings,
    officers_of,
    officers_of_each,
    positions_of,
    staffed_units,
    supporters_of,
)
from motcua.agencies.queries.trees import (
    agencies,
    agencies_of_kind,
    agencies_of_parties,
    agency,
    agency_by_code,
    agency_by_key,
    agency_of_party,
    cards,
    facts_of,
    place,
    places,
    spoken_names,
    successors,
    unit,
    units,
)
from motcua.agencies.queries.working_time import calendar_of, calendars, closure, closures, closures_mark

__all__ = [
    "absences",
    "agencies",
    "agencies_of_kind",
    "agencies_of_parties",
    "agency",
    "agency_by_code",
    "agency_by_key",
    "agency_of_party",
    "asked_positions_of",
    "calendar_of",
    "calendars",
    "cards",
    "closure",
    "closures",
    "closures_mark",
    "colleagues_of",
    "contacts",
    "facts_of",
    "forget",
    "holders_of",
    "holding",
    "holdings",
    "officers_of",
    "officers_of_each",
    "place",
    "places",
    "positions_of",
    "spoken_names",
    "staffed_units",
    "successors",
    "supporters_of",
    "unit",
    "units",
]
