"""`motcua verify`: fold every dossier again, check every hash, read every stored file."""

from __future__ import annotations

import argparse

HELP = "Fold every dossier again, check every hash and every stored file, and name what differs."
NEEDS_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--without-files", action="store_true", help="do not read the stored files")
    parser.add_argument("--quiet", action="store_true", help="no progress")


def run(args: argparse.Namespace) -> int:
    """0 if everything holds, 1 if a row or a file differs."""
    rows_hold = _verify_rows(args)
    if args.without_files:
        return 0 if rows_hold else 1
    return 0 if _verify_files(args) and rows_hold else 1


def _verify_rows(args: argparse.Namespace) -> bool:
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
        return False
    if result.difference is None:
        console.print("Every hash holds and every row is what its events make of it.")
        return True
    console.print(f"Differs: {result.difference}", style="bold red", highlight=False)
    return False


def _verify_files(args: argparse.Namespace) -> bool:
    """Whether every stored file is what it was when it came; read outside the transaction of the rows."""
    from rich.console import Console
    from rich.progress import Progress

    from motcua.documents import queries, services

    console = Console()
    with Progress(console=console, disable=args.quiet, transient=True) as progress:
        bar = progress.add_task("Reading files", total=queries.how_many_contents())
        checked = services.check_contents(progress=lambda done: progress.update(bar, completed=done))
    console.print(f"{checked.contents} stored files read.")
    for what, found in (("is gone", checked.lost), ("is not what was stored", checked.altered)):
        for sha256 in found:
            named = ", ".join(queries.files_of(sha256))
            console.print(
                f"File {sha256} {what}: {named}.", style="bold red", highlight=False, soft_wrap=True
            )
    if checked.lost or checked.altered:
        return False
    console.print("Every stored file is what it was when it came.")
    return True
