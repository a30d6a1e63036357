"""`motcua verify`: fold every dossier again and check every hash."""

from __future__ import annotations

import argparse

HELP = "check every event chain and every stored row against the events"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="no progress, only the result")


def run(args: argparse.Namespace) -> int:
    from django.db import connection, transaction
    from rich.progress import Progress

    from motcua.dossiers import services
    from motcua.dossiers.models import Dossier

    with transaction.atomic(), Progress(disable=args.quiet, transient=True) as progress:
        with connection.cursor() as cursor:  # one consistent picture beside normal work
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        task = progress.add_task("Dossiers", total=Dossier.objects.count())
        found = services.verify(progress=lambda done: progress.update(task, completed=done))
    if found.difference is not None:
        print(f"DIFFERS  {found.difference}")
        print(f"{found.dossiers} dossiers were in order before it.")
        return 1
    print(f"In order: {found.dossiers} dossiers, {found.events} events.")
    return 0
