"""Parts of pages that the release alone can change: drawn once for each language, not for each reader.

Regulations, rights and duties are data and code of the release; two of their pages hold thousands of cells.
"""

from __future__ import annotations

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils import translation

from motcua.desk.law_pages import comparison, duties, outside
from motcua.desk.law_pages import regulation as pages
from motcua.law.rules import Regulation

_PARTS = "desk/administration/parts/"


@lru_cache(maxsize=64)  # every choice of two and more of five regulations, in two languages
def sides(regulations: tuple[Regulation, ...], own: str, language: str) -> str:
    """The regulations side by side, what differs first; `own` is the key of the province served."""
    with translation.override(language):
        found = comparison.comparison(regulations, own)
        return render_to_string(f"{_PARTS}comparison.html", {"comparison": found})


@lru_cache(maxsize=16)
def rights(regulation: Regulation, language: str) -> str:
    """Who may do what by which clause, and what the regulation gives to each party."""
    with translation.override(language):
        found = {
            "matrix": duties.matrix(regulation),
            "outside": outside.table(regulation),
            "parties": duties.parties(regulation),
        }
        return render_to_string(f"{_PARTS}rights.html", found)


@lru_cache(maxsize=16)
def values(regulation: Regulation, language: str) -> str:
    """Every value of a regulation by matter, and the words of the clauses they are read from."""
    with translation.override(language):
        return render_to_string(f"{_PARTS}values.html", {"sheet": pages.sheet(regulation)})
