"""A value of a regulation, and where it comes from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum

from motcua.kernel.limits import TimeLimit

Plain = TimeLimit | str | bool | int | tuple[str, ...] | dt.time | dt.date | None


class Mark(StrEnum):
    """How well a value that is not the regulation's own is known."""

    FOUND = "found"  # the law's own words were read, on a government or legal site
    SECONDARY = "secondary"  # only what others say of them was: a newspaper, somebody's software
    MEMORY = "memory"  # believed right, no text seen: check before relying on it
    MISSING = "missing"  # the law is named but its value is not known to us
    OURS = "ours"  # a setting of the system: no text gives it


@dataclass(frozen=True, slots=True)
class Amendment:
    """The law that changed an article from a day on. What it says there was not read."""

    by: str
    since: dt.date


@dataclass(frozen=True, slots=True)
class Reference:
    """The other law to which a regulation points, for example `NĐ 61/2018/NĐ-CP`, `Đ19`; of what is ours both
    are empty.

    `since` is its first day in force where that is later than the regulation's own; before it the regulation
    is silent. `amended` is what changed the article since it was read.
    """

    law: str
    article: str
    mark: Mark
    since: dt.date | None = None
    amended: Amendment | None = None

    def __str__(self) -> str:
        since = f", from {self.since}" if self.since else ""
        amended = f", amended by {self.amended.by} from {self.amended.since}" if self.amended else ""
        return f"{self.place} ({self.mark}{since}{amended})".lstrip()

    @property
    def place(self) -> str:
        return f"{self.law} {self.article}".strip()

    def on(self, day: dt.date) -> Reference:
        """The reference as it reads for an act of that day: what changes the article later is not told."""
        is_later = self.amended is not None and self.amended.since > day
        return replace(self, amended=None) if is_later else self


@dataclass(frozen=True, slots=True)
class Value:
    """What a regulation says under one key.

    `clauses` are the clauses that say it, or that point to the law in `by_reference`, which then gives
    the value; a value of ours has none. `readings` are the ids of our readings where the text is unclear.
    `value` is None only if the law pointed to is named but its value is not known (mark `missing`).
    """

    key: str
    value: Plain
    clauses: tuple[str, ...] = ()
    by_reference: Reference | None = None
    readings: tuple[str, ...] = ()
    note: str = ""

    def holds_on(self, day: dt.date) -> bool:
        """Whether the law that gives the value is in force on that day."""
        reference = self.by_reference
        return reference is None or reference.since is None or reference.since <= day

    def to_json(self) -> dict[str, object]:
        """A form for JSON: limits in their short form, times and dates in ISO."""
        return {
            "value": plain_json(self.value),
            "clauses": list(self.clauses),
            "by_reference": _reference_json(self.by_reference),
            "readings": list(self.readings),
            "note": self.note,
        }


def plain_json(value: Plain) -> object:
    """`3wd` for a limit, `15:00` for a time, a list for a tuple; others as they are."""
    if isinstance(value, TimeLimit):
        return str(value)
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    if isinstance(value, dt.date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _reference_json(reference: Reference | None) -> dict[str, str | None] | None:
    if reference is None:
        return None
    since = reference.since.isoformat() if reference.since else None
    return {
        "law": reference.law,
        "article": reference.article,
        "mark": str(reference.mark),
        "since": since,
        "amended_by": reference.amended.by if reference.amended else None,
        "amended_since": reference.amended.since.isoformat() if reference.amended else None,
    }
