"""What a run tells at its end, on the screen and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from rich.console import Console
from rich.table import Table

from motcua.config.simulation.plan import Plan
from motcua.config.simulation.tally import Tally, Violation


@dataclass(frozen=True, slots=True)
class Report:
    """A run as it stands. `ended`: the year is over, and everything was looked at once more.

    `seconds` is how long it was played, over all sittings and all shares; `shares` how many of them have
    ended and how many there are.
    """

    plan: Plan
    tally: Tally
    ended: bool
    dossiers: int
    events: int
    seconds: float
    shares: tuple[int, int] = (0, 1)

    @property
    def holds(self) -> bool:
        return not self.tally.violated

    @classmethod
    def from_json(cls, plan: Plan, told: Mapping[str, Any]) -> Report:
        """A report that was kept by `to_json`."""
        return cls(
            plan=plan,
            tally=Tally.from_json(told["tally"]),
            ended=told["ended"],
            dossiers=told["dossiers"],
            events=told["events"],
            seconds=told["seconds"],
            shares=(int(told["ended"]), 1),
        )

    @classmethod
    def merged(cls, plan: Plan, parts: Iterable[Report]) -> Report:
        """One report of those shares of a run that have begun."""
        tally, known = Tally(), list(parts)
        for part in known:
            tally.add(part.tally, part.plan.share)
        ended = sum(part.ended for part in known)
        return cls(
            plan=plan,
            tally=tally,
            ended=ended == len(plan.shares),
            dossiers=sum(part.dossiers for part in known),
            events=sum(part.events for part in known),
            seconds=sum(part.seconds for part in known),
            shares=(ended, len(plan.shares)),
        )

    def to_json(self) -> dict[str, Any]:
        tally = self.tally
        return {
            "province": self.plan.province,
            "seed": self.plan.seed,
            "start": self.plan.start.isoformat(),
            "planned": self.plan.dossiers,
            "shares": list(self.shares),
            "ended": self.ended,
            "dossiers": self.dossiers,
            "events": self.events,
            "acts": tally.done,
            "acts_by_verb": dict(tally.acts.most_common()),
            "acts_by_regulation": dict(tally.regulations.most_common()),
            "refused": dict(tally.refused.most_common()),
            "turned_down": dict(tally.turned_down.most_common()),
            "troubles": dict(tally.troubles.most_common()),
            "happenings": dict(tally.happenings.most_common()),
            "pages": tally.pages,
            "seconds": round(self.seconds, 1),
            "violated": dict(tally.violated.most_common()),
            "violations": [asdict(one) | {"again": self._again(one)} for one in tally.violations],
            "tally": tally.to_json(),
        }

    def _again(self, one: Violation) -> str:
        """What plays the run up to the violation."""
        plan = replace(self.plan, share=one.share or self.plan.share)
        return f"{plan.command} --fresh --stop-at {one.act}"

    def print(self, console: Console) -> None:
        tally = self.tally
        tried = sum(tally.troubles.values())
        console.print(
            f"{tally.done:,} acts on {self.dossiers:,} dossiers, {self.events:,} events; "
            f"{self.seconds:,.0f} s, {tally.done / max(self.seconds, 0.1):,.0f} acts a second."
        )
        if self.shares[1] > 1:
            console.print(f"{self.shares[0]:,} of {self.shares[1]:,} shares have ended.")
        console.print(
            f"{tried:,} things tried in vain; {sum(tally.turned_down.values()):,} times people who "
            f"meant well were turned down; {tally.pages:,} public pages looked at."
        )
        _table(console, "Acts", "Verb", tally.acts)
        _table(console, "Acts under", "Regulation", tally.regulations)
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
            console.print(f"  again: {self._again(one)}", highlight=False, soft_wrap=True)


def _table(console: Console, title: str, head: str, counts: Counter[str]) -> None:
    if not counts:
        return
    table = Table(title=title, title_justify="left")
    table.add_column(head, overflow="fold")
    table.add_column("Times", justify="right", no_wrap=True)
    for name, count in counts.most_common():
        table.add_row(name, f"{count:,}")
    console.print(table)
