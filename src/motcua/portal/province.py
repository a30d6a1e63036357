"""What this province's regulation in force says about its pages."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.conf import settings

from motcua.catalogue.enums import OnlineLevel
from motcua.law import queries as law
from motcua.law.errors import NoRegulation
from motcua.law.rules import Regulation
from motcua.portal import words


@lru_cache(maxsize=64)
def _in_force(province: str, on: date) -> Regulation | None:
    try:
        return law.regulation_in_force(province, on)
    except NoRegulation:
        return None


def regulation(on: date) -> Regulation | None:
    """The regulation of this province on that day; None where none is known."""
    return _in_force(settings.PROVINCE, on)


def level_name(level: OnlineLevel, on: date) -> words.Text:
    """The online level as the regulation in force names it: by number where it still counts levels.

    Basis: KT18-5.2#2, KT22-23.1#1, QN20-3.5#1, PT24-2.3, PT24-2.4; that full is 4 and partial 3 is our
    mapping (A24), so both names are given.
    """
    rules = regulation(on)
    scale = rules.words("levels.scale") if rules else ()
    if "4" in scale:
        return words.NUMBERED_LEVELS[level] if level != OnlineLevel.NONE or "2" in scale else words.NOT_ONLINE
    return words.ONLINE_LEVELS[level]
