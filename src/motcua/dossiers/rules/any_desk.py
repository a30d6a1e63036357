"""Receipt whatever the administrative boundaries: a desk takes in for another agency of the province."""

from __future__ import annotations

from motcua.agencies.enums import AgencyLevel
from motcua.dossiers.errors import OnlyForItsOwn
from motcua.law.rules import Regulation

_KEY = "intake.any_desk"
_WITH_SUCH_DESKS = frozenset({AgencyLevel.PROVINCE, AgencyLevel.COMMUNE})


def is_open(regulation: Regulation) -> bool:
    """Whether desks take in for other agencies on the day on which the regulation is read.

    Basis: KT22-9#1, KT22-27.2, QN20-1.3, QN20-30.1, DL24-19.2, DL24-26#1, PT24-3.2; readings A31, A37.
    """
    return regulation.flag(_KEY) is True


def has_such_a_desk(level: AgencyLevel) -> bool:
    """Whether a desk of this level takes in for others: those of the province and of communes do.

    Basis: KT22-9#1, QN20-1.3, DL24-19.2, PT24-3.2; reading A31.
    """
    return level in _WITH_SUCH_DESKS


def refusal(regulation: Regulation) -> OnlyForItsOwn:
    """That a desk takes in only for its own agency, on the clauses that speak of it; where none does, on
    those of the act."""
    return OnlyForItsOwn(clauses=regulation.clauses(_KEY))
