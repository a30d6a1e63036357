"""`motcua simulate`: a plausible year through the real services, checked after every act."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from motcua.config.simulation.plan import Plan
    from motcua.config.simulation.report import Report

HELP = "play a plausible year through the real services and check that everything holds after every act"
NEEDS_DJANGO = False
PROVINCES = ("kon-tum", "quang-ngai", "dak-lak", "phu-tho")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--province", choices=PROVINCES, default="dak-lak")
    parser.add_argument("--dossiers", type=_count, default=1000, help="how many come in (default 1000)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed plays the same year")
    parser.add_argument(
        "--start",
        type=date.fromisoformat,
        metavar="DAY",
        help="first day of the year (by province); kon-tum from 2021-09-01 on sees its regulation change",
    )
    parser.add_argument(
        "--speed",
        type=_speed,
        metavar="HOURS",
        help="play so many hours in a second, to look on; as fast as it goes without",
    )
    parser.add_argument(
        "--workers", type=_count, default=1, help="so many shares of a large run at once (default 1)"
    )
    parser.add_argument(
        "--share-size", type=_count, metavar="DOSSIERS", help="how many dossiers make a share (default 2000)"
    )
    parser.add_argument("--share", type=_count, metavar="NUMBER", help="only this share of a large run")
    parser.add_argument(
        "--together",
        type=_count,
        metavar="PEOPLE",
        help="another kind of run: so many processes act on the same dossiers at once",
    )
    parser.add_argument("--tally", action="store_true", help="play nothing, tell how far the run is")
    parser.add_argument("--stop-at", type=_count, metavar="ACTS", help="stop after so many acts, to look")
    parser.add_argument("--fresh", action="store_true", help="begin anew, even if a run was interrupted")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")


def run(args: argparse.Namespace) -> int:
    """0 if everything held, 1 if something did not or the place is not ours, 130 after Ctrl-C."""
    from rich.console import Console

    from motcua.config.postgres import PostgresError
    from motcua.config.simulation import place
    from motcua.config.simulation.plan import SHARE, Plan

    start = args.start or place.STARTS[args.province]
    whole = Plan(args.province, args.dossiers, args.seed, start, 0, args.share_size or SHARE)
    if args.share and args.share > len(whole.shares):
        print(f"motcua: this run has no share {args.share}", file=sys.stderr)
        return 2
    plan = replace(whole, share=args.share or 0)
    console = Console(stderr=args.json, highlight=False)
    try:
        report = _played(plan, args, console)
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
        return 0 if args.stop_at or args.tally else 130
    return 0


def _played(plan: Plan, args: argparse.Namespace, console: Console) -> Report:
    from motcua.config.simulation import running, sharing
    from motcua.config.simulation.together import running as together

    if args.together:
        return together.simulate(plan, args.together, console)
    if args.tally:
        return sharing.told(plan)
    wishes = running.Wishes(args.fresh, args.speed, args.stop_at)
    if len(plan.shares) == 1:
        return running.simulate(plan.shares[0], wishes, console)
    return sharing.simulate(plan, wishes, args.workers, console)


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
