"""What a run tells at its end, on the screen and as JSON."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from rich.console import Console
from rich.table import Table

from motcua.config.simulation.plan import Plan
from motcua.config.simulation.tally import Tally


@dataclass(frozen=True, slots=True)
class Report:
    """A run as it stands. `ended`: the year is over, and everything was looked at once more."""

    plan: Plan
    tally: Tally
    ended: bool
    dossiers: int
    events: int
    seconds: float  # of this sitting
    acts_in_it: int

    @property
    def holds(self) -> bool:
        return not self.tally.violated

    def to_json(self) -> dict[str, Any]:
        tally = self.tally
        return {
            "province": self.plan.province,
            "seed": self.plan.seed,
            "start": self.plan.start.isoformat(),
            "planned": self.plan.dossiers,
            "ended": self.ended,
            "dossiers": self.dossiers,
            "events": self.events,
            "acts": tally.done,
            "acts_by_verb": dict(tally.acts.most_common()),
            "refused": dict(tally.refused.most_common()),
            "turned_down": dict(tally.turned_down.most_common()),
            "troubles": dict(tally.troubles.most_common()),
            "happenings": dict(tally.happenings.most_common()),
            "pages": tally.pages,
            "seconds": round(self.seconds, 1),
            "violated": dict(tally.violated.most_common()),
            "violations": [
                asdict(one) | {"again": f"{self.plan.command} --fresh --stop-at {one.act}"}
                for one in tally.violations
            ],
        }

    def print(self, console: Console) -> None:
        tally = self.tally
        tried = sum(tally.troubles.values())
        console.print(
            f"{tally.done:,} acts on {self.dossiers:,} dossiers, {self.events:,} events; "
            f"{self.acts_in_it:,} of them now in {self.seconds:,.0f} s."
        )
        console.print(
            f"{tried:,} things tried in vain; {sum(tally.turned_down.values()):,} times people who "
            f"meant well were turned down; {tally.pages:,} public pages looked at."
        )
        _table(console, "Acts", "Verb", tally.acts)
        _table(console, "Refused, as they had to be", "Code", tally.refused)
        _table(console, "Turned down", "Verb and code", tally.turned_down)
        _table(console, "What went wrong on purpose", "What", tally.troubles + tally.happenings)
        self._print_violations(console)

    def _print_violations(self, console: Console) -> None:
        if self.holds:
            console.print("Everything held." if self.ended else "Everything held so far.", style="green")
            return
        total = sum(self.tally.violated.values())
        console.print(f"{total:,} times something did not hold:", style="bold red")
        for one in self.tally.violations:
            console.print(f"{one.check}: {one.what}", style="red", highlight=False, soft_wrap=True)
            where = f"  after act {one.act:,}: {one.doing}, dossier {one.dossier_id or 'any'}"
            console.print(where, highlight=False, soft_wrap=True)
            again = f"  again: {self.plan.command} --fresh --stop-at {one.act}"
            console.print(again, highlight=False, soft_wrap=True)


def _table(console: Console, title: str, head: str, counts: Counter[str]) -> None:
    if not counts:
        return
    table = Table(title=title, title_justify="left")
    table.add_column(head, overflow="fold")
    table.add_column("Times", justify="right", no_wrap=True)
    for name, count in counts.most_common():
        table.add_row(name, f"{count:,}")
    console.print(table)
