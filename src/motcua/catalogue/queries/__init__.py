"""What other apps ask of the catalogue: sheets, lists, search, and who settles what."""

from motcua.catalogue.queries.lists import by_sector, offers_of, published, sectors, settling_unit
from motcua.catalogue.queries.search import by_end_of_code, search
from motcua.catalogue.queries.sheets import by_code, forget, sheet, version_in_force

__all__ = [
    "by_code",
    "by_end_of_code",
    "by_sector",
    "forget",
    "offers_of",
    "published",
    "search",
    "sectors",
    "settling_unit",
    "sheet",
    "version_in_force",
]
