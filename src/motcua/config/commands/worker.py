"""`motcua worker`: the jobs: delivery of messages, clean-ups, everything that may wait."""

from __future__ import annotations

import argparse

HELP = "run the jobs (messages, clean-ups)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="do what is due and leave")
    parser.add_argument("--concurrency", type=int, default=2, help="jobs at the same time (default 2)")


def run(args: argparse.Namespace) -> int:
    from motcua.config import jobs

    jobs.work(concurrency=args.concurrency, until_empty=args.once)
    return 0
