"""What settles a run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from motcua.kernel.dates import ZONE

YEAR = 365  # days
SHARE = 2000  # dossiers that one process plays in one database: a small one stays quick


@dataclass(frozen=True, slots=True)
class Plan:
    """The same plan gives the same run.

    A run of many dossiers is played in shares, each in a database of its own with offices, absences and
    outages of its own. How many shares there are hangs on the number of dossiers alone, not on how many
    processes play them. `share` is the one that is meant, from 1 on; 0 is the whole run.
    """

    province: str
    dossiers: int
    seed: int
    start: date
    share: int = 0
    share_size: int = SHARE

    @property
    def opens_at(self) -> datetime:
        return datetime.combine(self.start, time(), ZONE)

    @property
    def end(self) -> datetime:
        """Where the year ends; what is open then stays open."""
        return datetime.combine(self.start + timedelta(days=YEAR), time(), ZONE)

    @property
    def shares(self) -> tuple[Plan, ...]:
        """The parts that are played on their own; of a small run it is the run itself."""
        count = -(-self.dossiers // self.share_size)
        if count == 1 or self.share:
            return (self,)
        return tuple(replace(self, share=number) for number in range(1, count + 1))

    @property
    def numbers(self) -> range:
        """The numbers of the dossiers that are played here."""
        first = max(self.share - 1, 0) * self.share_size
        return range(first, min(first + self.share_size, self.dossiers) if self.share else self.dossiers)

    @property
    def source(self) -> str:
        """Of what the happenings of the year are drawn."""
        return f"{self.seed}/share {self.share}" if self.share > 1 else str(self.seed)

    @property
    def name(self) -> str:
        """By what its folder is known."""
        size = "" if self.share_size == SHARE else f"-by-{self.share_size}"
        return f"{self.province}-{self.start:%Y%m%d}-{self.dossiers}-{self.seed}{size}"

    @property
    def command(self) -> str:
        """What plays this run again."""
        words = (
            f"motcua simulate --province {self.province} --dossiers {self.dossiers} --seed {self.seed} "
            f"--start {self.start}"
        )
        words += f" --share-size {self.share_size}" if self.share_size != SHARE else ""
        return f"{words} --share {self.share}" if self.share else words
