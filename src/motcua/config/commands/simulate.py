"""`motcua simulate`: a plausible year through the real services, checked after every act."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date

HELP = "play a plausible year through the real services and check that everything holds after every act"
NEEDS_DJANGO = False
PROVINCES = ("kon-tum", "quang-ngai", "dak-lak", "phu-tho")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--province", choices=PROVINCES, default="dak-lak")
    parser.add_argument("--dossiers", type=_count, default=1000, help="how many come in (default 1000)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed plays the same year")
    parser.add_argument(
        "--start", type=date.fromisoformat, metavar="DAY", help="first day of the year (by province)"
    )
    parser.add_argument(
        "--speed",
        type=_speed,
        metavar="HOURS",
        help="play so many hours in a second, to look on; as fast as it goes without",
    )
    parser.add_argument("--stop-at", type=_count, metavar="ACTS", help="stop after so many acts, to look")
    parser.add_argument("--fresh", action="store_true", help="begin anew, even if a run was interrupted")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")


def run(args: argparse.Namespace) -> int:
    """0 if everything held, 1 if something did not or the place is not ours, 130 after Ctrl-C."""
    from rich.console import Console

    from motcua.config.postgres import PostgresError
    from motcua.config.simulation import place, running
    from motcua.config.simulation.plan import Plan

    plan = Plan(args.province, args.dossiers, args.seed, args.start or place.STARTS[args.province])
    console = Console(stderr=args.json, highlight=False)
    wishes = running.Wishes(args.fresh, args.speed, args.stop_at)
    try:
        report = running.simulate(plan, wishes, console)
    except (place.NotOurs, PostgresError) as error:
        print(f"motcua: {error}", file=sys.stderr)
        return 1
    if args.json:
        print(json.dumps(report.to_json(), ensure_ascii=False, indent=2))
    else:
        report.print(console)
    if not report.holds:
        return 1
    if not report.ended:
        console.print(f"The run can go on: {plan.command}", soft_wrap=True)
        return 0 if args.stop_at else 130
    return 0


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def _speed(text: str) -> float:
    number = float(text)
    if not number > 0:
        raise argparse.ArgumentTypeError("must be more than 0")
    return number
