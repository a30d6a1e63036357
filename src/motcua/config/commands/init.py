"""`motcua init`: make a new or upgraded installation ready: tables, static files."""

from __future__ import annotations

import argparse

HELP = "prepare a new or upgraded installation (tables, static files)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true")


def run(args: argparse.Namespace) -> int:
    from django.core.management import call_command

    verbosity = 0 if args.quiet else 1
    call_command("migrate", interactive=False, verbosity=verbosity)
    call_command("collectstatic", interactive=False, verbosity=verbosity, ignore_patterns=["*.scss"])
    return 0
