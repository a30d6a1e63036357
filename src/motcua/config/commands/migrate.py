"""`motcua migrate`: bring the database to the form this version needs."""

from __future__ import annotations

import argparse

HELP = "create or upgrade the tables of the database"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="only say whether something is to do (exit 1)")


def run(args: argparse.Namespace) -> int:
    from django.core.management import call_command

    try:
        call_command("migrate", interactive=False, verbosity=1, check_unapplied=args.check)
    except SystemExit as left_to_do:
        return int(left_to_do.code or 0)
    return 0
