"""`python -m tools.bench`: everything, or only what is named."""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from tools.bench import place

CONNECTIONS = 8  # as many as the web server has threads
STEADY = 20.0  # requests a second: two hundred officers who each open a list every ten seconds


def main() -> int:
    args = _arguments()
    console = Console(highlight=False)
    state = place.prepare(args.province)
    target = state.parent / "bench.json"
    with place.database(keep=args.pages_only) as server, Steps(console) as steps:
        if args.pages_only:
            figures = json.loads(target.read_text(encoding="utf-8")) | _pages(args, state, server, steps)
        else:
            figures = _measure(args, state, server, steps)
    from tools.bench import report

    report.print_table(figures, console)
    if args.record:
        report.record(figures, Path("docs/benchmarks.md"))
    target.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    console.print(f"Written to {target}")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__)
    parser.add_argument("--province", default="dak-lak")
    parser.add_argument(
        "--lives", type=int, default=200, help="full lives through the services (default 200)"
    )
    parser.add_argument("--played", type=int, default=300, help="dossiers played as originals of the copies")
    parser.add_argument("--dossiers", type=int, default=100_000, help="stored when pages are asked for")
    parser.add_argument("--seconds", type=float, default=20, help="of load on each page")
    parser.add_argument("--pages-only", action="store_true", help="ask again of what the last run stored")
    parser.add_argument("--rounds", type=int, default=8, help="how often each page of the registry is asked")
    parser.add_argument("--record", action="store_true", help="write the figures into docs/benchmarks.md")
    parser.add_argument("--verify", action="store_true", help="fold all stored dossiers again (minutes)")
    return parser.parse_args()


class Steps:
    """A bar for each step on a terminal; elsewhere a line when it is done."""

    def __init__(self, console: Console) -> None:
        columns = (
            TextColumn("{task.description:34}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        self._console = console
        self._bars = Progress(*columns, console=console, disable=not console.is_terminal)

    def __enter__(self) -> Steps:
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()

    @contextmanager
    def step(self, name: str, total: int = 1) -> Iterator[Callable[[int], None]]:
        """Gives a function to call with how much is done."""
        bar, start = self._bars.add_task(name, total=total), time.perf_counter()
        yield lambda done: self._bars.update(bar, completed=done)
        self._bars.update(bar, completed=total)
        if not self._console.is_terminal:
            self._console.print(f"{name}: {time.perf_counter() - start:.1f} s")


def _measure(args: argparse.Namespace, state: Path, server: Any, steps: Steps) -> dict[str, Any]:
    from tools.bench import duedates, floor, lives, machine, world

    with steps.step("Machine and due dates"):
        figures: dict[str, Any] = {"machine": machine.describe(server), "due_dates": duedates.measure()}
    with steps.step("Province and its people"):
        province = world.load()
    with steps.step("Full lives beside the floor", args.lives) as done, floor.Floor(server) as copy:
        found = lives.measure(province, copy, args.lives, done)
    figures["lives"] = asdict(found) | {
        "per_second": found.per_second,
        "floor_per_second": found.floor_per_second,
        "share_of_floor": found.floor_seconds / found.seconds,
    }
    with steps.step("Dossiers in every state", args.played) as done:
        figures["refused_while_playing"] = dict(world.play(province, args.played, done).refusals)
    figures["stored"] = _store(args, server, steps)
    figures |= _pages(args, state, server, steps)
    figures["machine"]["load_after"] = round(os.getloadavg()[0], 2)
    return figures


def _store(args: argparse.Namespace, server: Any, steps: Steps) -> dict[str, Any]:
    from django.conf import settings
    from django.db import connections
    from tools.bench import bulk

    from motcua.dossiers import services

    connections.close_all()
    dsn = server.dsn(settings.DATABASES["default"]["NAME"])
    start = time.perf_counter()
    with steps.step("Copies of them", args.dossiers) as done:
        count = bulk.multiply(dsn, args.dossiers, done)
    found: dict[str, Any] = {"dossiers": count, "load_seconds": time.perf_counter() - start}
    bulk.settle(dsn)
    found["bytes"] = bulk.sizes(dsn, count)
    if args.verify:
        start = time.perf_counter()
        with steps.step("Verifying", count) as done:
            verified = services.verify(progress=done)
        found["verified"] = {
            "dossiers": verified.dossiers,
            "events": verified.events,
            "per_second": verified.dossiers / (time.perf_counter() - start),
            "difference": str(verified.difference) if verified.difference else None,
        }
    return found


def _pages(args: argparse.Namespace, state: Path, server: Any, steps: Steps) -> dict[str, Any]:
    """The two pages that are asked most under load, then every page of the registry by itself."""
    with steps.step("Pages"):
        found = _busiest_pages(args, state, server)
    from tests.routes.registry import PAGES
    from tools.bench import routes

    with steps.step("Every page", len(PAGES)) as done:
        found["routes"] = routes.measure(args.rounds, done)
    return found


def _busiest_pages(args: argparse.Namespace, state: Path, server: Any) -> dict[str, Any]:
    from tools.bench import faces, load, usage

    pages = {"tracking": faces.tracking_pages(), "worklist": faces.worklist_pages()}
    found: dict[str, dict[str, Any]] = {}
    assert server.process is not None
    with place.children(state) as running:
        for name, each in pages.items():
            load.closed_loop(each, connections=CONNECTIONS, seconds=3)  # warm
            pids = (running["web"].pid, server.process.pid)
            busy = [usage.seconds_of_tree(pid) for pid in pids]
            fast = load.closed_loop(each, connections=CONNECTIONS, seconds=args.seconds)
            used = [usage.seconds_of_tree(pid) - before for pid, before in zip(pids, busy, strict=True)]
            found[name] = {
                "processor_ms": {
                    part: round(1000 * seconds / max(1, fast.requests), 1)
                    for part, seconds in zip(("web", "database"), used, strict=True)
                },
                f"{CONNECTIONS} connections, as fast as it goes": asdict(fast),
                f"steady {STEADY:.0f}/s": asdict(
                    load.steady(each, per_second=STEADY, connections=CONNECTIONS, seconds=args.seconds)
                ),
            }
        memories = {name: usage.of_tree(child.pid) for name, child in running.items()}
        memories["database"] = usage.of_tree(server.process.pid)
    return {"pages": found, "memory": memories}


if __name__ == "__main__":
    raise SystemExit(main())
