"""`motcua init`: make a new or upgraded installation ready: tables, static files, published data."""

from __future__ import annotations

import argparse

HELP = "prepare a new or upgraded installation (tables, static files, the province's published data)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true")
    parser.add_argument(
        "--bare", action="store_true", help="leave out agencies, procedures and processes of the province"
    )


def run(args: argparse.Namespace) -> int:
    from django.core.management import call_command

    verbosity = 0 if args.quiet else 1
    call_command("migrate", interactive=False, verbosity=verbosity)
    call_command("collectstatic", interactive=False, verbosity=verbosity, ignore_patterns=["*.scss"])
    if not args.bare:
        _load()
    return 0


def _load() -> None:
    """What is published for the province; repeating it changes only what has changed."""
    from django.conf import settings
    from django.db import transaction
    from django.utils import timezone

    from motcua.agencies import services as agencies
    from motcua.catalogue import services as catalogue
    from motcua.kernel.actors import SYSTEM
    from motcua.process import services as process

    at = timezone.localtime()
    with transaction.atomic():
        for report in (
            agencies.load_province(province=settings.PROVINCE, actor=SYSTEM, at=at),
            catalogue.load_published(province=settings.PROVINCE, actor=SYSTEM, at=at),
            process.load_published(actor=SYSTEM, at=at),
        ):
            for line in report.lines():
                print(line)
