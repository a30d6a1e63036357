"""`motcua law show REG` and `motcua law check`: read the regulations and check their data files."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

HELP = "show a regulation, or check the data files of all of them"
NEEDS_DJANGO = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    show = actions.add_parser("show", help="print what one regulation says and where")
    show.add_argument("regulation", metavar="REG", help="KT18, QN20, KT22, DL24 or PT24")
    show.add_argument("--json", action="store_true", help="print as JSON")
    check = actions.add_parser("check", help="check every data file; exit 1 and name each fault")
    check.add_argument("--folder", type=Path, help="check this data folder instead of the installed one")


def run(args: argparse.Namespace) -> int:
    return _show(args) if args.action == "show" else _check(args)


def _show(args: argparse.Namespace) -> int:
    from motcua.law import queries
    from motcua.law.errors import UnknownRegulation
    from motcua.law.rules.values import plain_json

    try:
        regulation = queries.regulation(args.regulation)
    except UnknownRegulation:
        known = ", ".join(queries.law().regulations)
        print(f"no regulation {args.regulation}; there are {known}", file=sys.stderr)
        return 1
    if args.json:
        print(json.dumps(regulation.to_json(), ensure_ascii=False, indent=2))
        return 0
    ends = regulation.validity.end or "…"
    print(f"{regulation.short_name}  {regulation.title}")
    print(f"      {regulation.decision}, {regulation.province}, {regulation.validity.start} – {ends}")
    for value in regulation.values:
        shown = plain_json(value.value)
        text = ", ".join(map(str, shown)) if isinstance(shown, list) else str(shown)
        source = " ".join(value.clauses)
        if value.by_reference:
            source += f" → {value.by_reference}"
        print(f"  {value.key:34} {text}\n  {'':34} {source}")
    return 0


def _check(args: argparse.Namespace) -> int:
    from motcua.law import queries
    from motcua.law.errors import BadLaw

    try:
        law = queries.load(args.folder) if args.folder else queries.law()
    except BadLaw as bad:
        print(f"{len(bad.problems)} problems:", file=sys.stderr)
        for problem in bad.problems:
            print(f"  {problem}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"cannot read {error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    values = sum(len(regulation.values) for regulation in law.regulations.values())
    print(
        f"{len(law.regulations)} regulations, {values} values, {len(law.timelines)} timelines, "
        f"{len(law.clauses)} clauses, {len(law.readings)} readings: no problem found"
    )
    return 0
