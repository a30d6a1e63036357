"""How the result of a procedure may come back: what its online level offers, and what it allows itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from motcua.catalogue.rules.sheets import ProcedureSheet
    from motcua.law.rules import Regulation

ALL = ("online", "counter", "postal")
_KEYS = {"full": "result.ways_full", "partial": "result.ways_partial"}


def ways(sheet: ProcedureSheet, channel: str, regulation: Regulation | None) -> tuple[str, ...]:
    """The ways in which the result of a filing may be had, the usual one first; never none.

    Those that the regulation has for the level, as far as the procedure allows them: where both who marry
    come and sign, nothing goes by post. Where the two leave nothing in common the procedure's own stand
    (reading A47); an import or a proposal that would come to that is refused before (`leaves_none`). Where no
    regulation is in force, only the procedure says.

    Basis: KT18-8.2.a, KT18-8.2.b, QN20-13.2, QN20-13.3, PT24-2.3, PT24-10.4#1, DL24-9.3#1, KT22-12.1;
    readings A17, A24, A47.
    """
    offered = of_level(str(sheet.online_level), channel, regulation) if regulation else ALL
    return tuple(way for way in offered if sheet.returns(way)) or sheet.result_ways


def of_level(level: str, channel: str, regulation: Regulation) -> tuple[str, ...]:
    """The ways that the regulation has for a level of service, whatever the procedure is.

    The levels of the regulations are those of online services: what came over the counter or by post goes
    back in any way. "Other ways" opens all; so does silence. KT18's level 4 is our full, its level 3 our
    partial (reading A24).

    Basis: KT18-8.2.a, KT18-8.2.b, QN20-13.2, QN20-13.3, PT24-2.3, PT24-10.4#1, DL24-9.3#1, KT22-12.1;
    readings A17, A24.
    """
    key = _KEYS.get(level) if channel == "online" else None
    named = regulation.words(key) if key else ()
    known = tuple(way for way in named if way in ALL)
    if not named or "other" in named:
        return known + tuple(way for way in ALL if way not in known)
    return known


def clauses_of_level(level: str, regulation: Regulation) -> tuple[str, ...]:
    """The clauses that give the ways of a level."""
    return regulation.clauses(_KEYS.get(level, "result.ways_full"))


def leaves_none(sheet: ProcedureSheet, regulation: Regulation) -> bool:
    """Whether no way of the procedure is one that the regulation has for its level, so that whoever files
    online could be offered none by both.

    Basis: KT18-8.2.a, PT24-2.3; reading A47.
    """
    return not any(sheet.returns(way) for way in of_level(str(sheet.online_level), "online", regulation))
