"""`motcua import procedures|agencies|processes|promises FILE`: take published data, row by row."""

from __future__ import annotations

import argparse
import csv
import importlib
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from motcua.kernel.actors import SYSTEM

if TYPE_CHECKING:
    from motcua.agencies.rules.imports import ImportReport

HELP = "import agencies, procedures, processes or promises from a JSON, CSV or XLSX file"
_SERVICES = {
    "agencies": ("agencies", "import_file"),
    "procedures": ("catalogue", "import_file"),
    "processes": ("process", "import_file"),
    "promises": ("catalogue", "import_promise_file"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("subject", choices=tuple(_SERVICES))
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--dry-run", action="store_true", help="check everything, keep nothing")


def run(args: argparse.Namespace) -> int:
    """0 if every row was taken, 1 if some were refused; those leave nothing behind."""
    from django.db import transaction
    from django.utils import timezone

    from motcua.kernel.errors import Refusal

    try:
        with transaction.atomic():
            report = _import(args.subject, args.file, timezone.localtime())
            transaction.set_rollback(args.dry_run)
    except Refusal as refusal:
        print(f"motcua: {refusal}", file=sys.stderr)
        return 1
    except (ValueError, RecursionError, csv.Error) as error:
        print(f"motcua: {args.file}: the file cannot be read: {error}", file=sys.stderr)
        return 1
    for line in report.lines():
        print(line.encode(errors="backslashreplace").decode())
    return 1 if report.failures else 0


def _import(subject: str, file: Path, at: datetime) -> ImportReport:
    app, name = _SERVICES[subject]
    service = importlib.import_module(f"motcua.{app}.services")
    report: ImportReport = getattr(service, name)(file, actor=SYSTEM, at=at)
    if subject == "procedures":  # what has no approved table gets the standard process
        process = importlib.import_module("motcua.process.services")
        process.generate_standards(actor=SYSTEM, at=at)
    return report
