"""Which terms of use somebody has acknowledged: a regulation, and since when it is in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class TermsVersion:
    """The terms of one regulation in one period of the province's timeline, such as `DL24/2024-01-29`."""

    regulation: str
    since: date

    def __str__(self) -> str:
        return f"{self.regulation}/{self.since.isoformat()}"
