"""How long dossiers really took, from filing to the result, as people live it: with nights and waiting."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction

from motcua.dossiers.rules.state import State

FINE = 72  # hours that are told apart one by one; beyond, whole days are enough


def hours_taken(before: State | None, after: State) -> int | None:
    """Hours from filing until the result lay at the desk, rounded up, for the event that brought it there
    (from `before` to `after`); None for any other.

    Rounded to whole days beyond three, so that a procedure of months keeps few rows. Needs no calendar, so
    that folding again gives the same.

    Basis: DL24-5.6, PT24-5.2, KT18-5.1.b#2 (figures on settlement are public; the texts name no measure).
    """
    if before is None or before.finished_at is not None:
        return None
    if after.filed_at is None or after.finished_at is None:
        return None
    return rounded(after.filed_at, after.finished_at)


def rounded(start: datetime, end: datetime) -> int:
    hours = max(1, -int((start - end).total_seconds() // 3600))
    return hours if hours <= FINE else -(-hours // 24) * 24


def percentile(counts: Mapping[int, int], share: Fraction) -> int | None:
    """The length within which that share of the dossiers was done; None where there are none."""
    total = sum(counts.values())
    if not total:
        return None
    reached = 0
    for hours in sorted(counts):
        reached += counts[hours]
        if reached >= share * total:
            return hours
    raise AssertionError("a share is at most one")
