"""`motcua django …`: Django's own management commands, with our settings and server."""

from __future__ import annotations

import argparse

HELP = "run a management command of Django (makemigrations, shell, …)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs=argparse.REMAINDER, metavar="…")


def run(args: argparse.Namespace) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["motcua django", *args.words])
    return 0
