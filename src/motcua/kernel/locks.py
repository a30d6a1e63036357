"""The numbers of the advisory locks that acts take which have no row to lock.

All of them share one space in the database, so they stand in one list: two acts with one number would wait
for each other without a reason. Locks on something that has a name (a file's bytes, a code's address) take a
hash of the name as their number.
"""

from __future__ import annotations

from enum import IntEnum, unique


@unique
class Lock(IntEnum):
    """What is done one at a time, each until its transaction ends."""

    OUTAGES = 7_201_118  # two declarations of one outage become one incident
    NOTICES = 7_201_119  # a button pressed twice gives one public notice
    WORDING = 7_201_120  # a letter has one newest wording
    REPORTS = 7_201_121  # of an hour one report is the first
    ACTS = 0x6D637561  # whoever adds to the chain of acts of administration
