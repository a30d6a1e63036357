"""What an agency promises beyond the published procedure: less time for online filings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from motcua.catalogue.enums import Channel

if TYPE_CHECKING:
    from motcua.catalogue.rules.sheets import OfferedLimit
    from motcua.kernel.limits import TimeLimit


def is_shorter(promise: TimeLimit, offered: OfferedLimit) -> bool:
    """Whether the promise is less than what is published, in the same unit: none is ever converted."""
    limit = offered.limit
    return limit is not None and promise.unit is limit.unit and promise.value < limit.value


def with_promise(offered: OfferedLimit, promise: TimeLimit | None, channel: str) -> OfferedLimit:
    """The term of a filing: the agency's promise where it was sent online and the promise is the shorter one.

    A promise never lengthens a term, and never touches one within the day of receipt.

    Basis: QN20-11.5, KT18-8.1.c.
    """
    if promise is None or channel != Channel.ONLINE or offered.cutoff is not None:
        return offered
    if not is_shorter(promise, offered):
        return offered
    return replace(offered, limit=promise, printed_value=str(promise.value), printed_unit=promise.unit.value)
