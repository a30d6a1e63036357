"""What settles a run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from motcua.kernel.dates import ZONE

YEAR = 365  # days


@dataclass(frozen=True, slots=True)
class Plan:
    """The same plan gives the same run."""

    province: str
    dossiers: int
    seed: int
    start: date

    @property
    def opens_at(self) -> datetime:
        return datetime.combine(self.start, time(), ZONE)

    @property
    def end(self) -> datetime:
        """Where the year ends; what is open then stays open."""
        return datetime.combine(self.start + timedelta(days=YEAR), time(), ZONE)

    @property
    def command(self) -> str:
        """What plays this run again."""
        return (
            f"motcua simulate --province {self.province} --dossiers {self.dossiers} --seed {self.seed} "
            f"--start {self.start}"
        )
