"""`motcua import procedures|agencies|processes FILE`: take published data from a file, row by row."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

HELP = "import agencies, procedures or processes from a JSON, CSV or XLSX file"
SUBJECTS = ("agencies", "procedures", "processes")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("subject", choices=SUBJECTS)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--dry-run", action="store_true", help="check everything, keep nothing")


def run(args: argparse.Namespace) -> int:
    """0 if every row was taken, 1 if some were refused; those leave nothing behind."""
    from django.db import transaction
    from django.utils import timezone

    from motcua.kernel.errors import Refusal

    with transaction.atomic():
        try:
            report = _import(args.subject, args.file, timezone.localtime())
        except Refusal as refusal:
            print(f"motcua: {refusal}", file=sys.stderr)
            return 1
        transaction.set_rollback(args.dry_run)
    for line in report.lines():
        print(line)
    return 1 if report.failures else 0
