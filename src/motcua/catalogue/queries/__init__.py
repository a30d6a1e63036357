"""What other apps ask of the catalogue: sheets, lists, search, and who settles what."""

from motcua.catalogue.queries.lists import (
    by_sector,
    competences_of,
    life_events,
    offers_of,
    promise_for,
    published,
    sectors,
    settled_by,
    settling_agencies,
    settling_unit,
    with_codes,
)
from motcua.catalogue.queries.search import by_end_of_code, search
from motcua.catalogue.queries.sheets import by_code, forget, sheet, sheets, version_in_force

__all__ = [
    "by_code",
    "by_end_of_code",
    "by_sector",
    "competences_of",
    "forget",
    "life_events",
    "offers_of",
    "promise_for",
    "published",
    "search",
    "sectors",
    "settled_by",
    "settling_agencies",
    "settling_unit",
    "sheet",
    "sheets",
    "version_in_force",
    "with_codes",
]
