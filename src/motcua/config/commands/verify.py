"""`motcua verify`: fold every dossier again and check every hash."""

from __future__ import annotations

import argparse

HELP = "Fold every dossier again, check every hash, and name the first row that differs."
NEEDS_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="no progress")


def run(args: argparse.Namespace) -> int:
    """0 if everything holds, 1 if a row differs."""
    from django.db import connection, transaction
    from rich.console import Console
    from rich.progress import Progress

    from motcua.audit import queries as audit
    from motcua.dossiers import queries, services

    console = Console()
    with (
        transaction.atomic(),
        Progress(console=console, disable=args.quiet, transient=True) as progress,
    ):
        with connection.cursor() as cursor:  # one picture of the data, beside the work that goes on
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        bar = progress.add_task("Verifying", total=queries.how_many())
        result = services.verify(progress=lambda done: progress.update(bar, completed=done))
        broken = audit.verify_acts()
    console.print(f"{result.dossiers} dossiers, {result.events} events verified.")
    if broken is not None:
        console.print(f"Administrative act {broken.ref} does not hold.", style="bold red", highlight=False)
        return 1
    if result.difference is None:
        console.print("Every hash holds and every row is what its events make of it.")
        return 0
    console.print(f"Differs: {result.difference}", style="bold red", highlight=False)
    return 1
