"""What a run has done so far, and what it found. Kept as JSON when a run is interrupted."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field, replace
from typing import Any

_COUNTERS = ("acts", "regulations", "refused", "turned_down", "troubles", "happenings", "violated")
KEPT = 50  # violations that are told one by one; all are counted


@dataclass(frozen=True, slots=True)
class Violation:
    """Something that must hold and does not; `act` is how many acts had been done when it was seen."""

    check: str
    what: str
    act: int
    number: int  # of the dossier in the run; -1 at the end, over everything
    dossier_id: str
    doing: str
    share: int = 0


@dataclass(slots=True)
class Tally:
    """Counts by verb, by refusal and by what went wrong on purpose.

    `regulations` counts acts by the regulation of their dossier. `refused` counts refusals of what had to be
    refused, `turned_down` those of people who meant well, with the verb before the code.
    """

    acts: Counter[str] = field(default_factory=Counter)
    regulations: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    turned_down: Counter[str] = field(default_factory=Counter)
    troubles: Counter[str] = field(default_factory=Counter)
    happenings: Counter[str] = field(default_factory=Counter)
    pages: int = 0
    violated: Counter[str] = field(default_factory=Counter)
    violations: list[Violation] = field(default_factory=list)

    @property
    def done(self) -> int:
        """How many acts on dossiers were done."""
        return sum(self.acts.values())

    def add(self, other: Tally, share: int) -> None:
        """Put the tally of a share to this one."""
        for name in _COUNTERS:
            getattr(self, name).update(getattr(other, name))
        self.pages += other.pages
        told = [replace(one, share=share) for one in other.violations]
        self.violations += told[: KEPT - len(self.violations)]

    def violate(self, check: str, what: str, *, number: int, dossier_id: str, doing: str) -> None:
        self.violated[check] += 1
        if len(self.violations) < KEPT:
            self.violations.append(Violation(check, what, self.done, number, dossier_id, doing))

    def to_json(self) -> dict[str, Any]:
        counters = {name: dict(getattr(self, name)) for name in _COUNTERS}
        return counters | {"pages": self.pages, "violations": [asdict(one) for one in self.violations]}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Tally:
        return cls(
            **{name: Counter(kept[name]) for name in _COUNTERS},
            pages=kept["pages"],
            violations=[Violation(**one) for one in kept["violations"]],
        )
