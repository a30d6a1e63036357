"""`motcua law …`: read the regulations, check their data, and say how far the system obeys them."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

HELP = "show a regulation, check the data files, and tell what of the law is built and shown"


def NEEDS_DJANGO(args: argparse.Namespace) -> bool:
    """Reading the data files is plain Python; reading cases and dossiers is not."""
    return args.action in {"coverage", "book", "compare"}


def NEEDS_DATABASE(args: argparse.Namespace) -> bool:
    return args.action == "compare" and bool(args.dossier)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    show = actions.add_parser("show", help="print what one regulation says and where")
    show.add_argument("regulation", metavar="REG", help="KT18, QN20, KT22, DL24 or PT24")
    show.add_argument("--json", action="store_true", help="print as JSON")
    check = actions.add_parser("check", help="check every data file; exit 1 and name each fault")
    check.add_argument("--folder", type=Path, help="check this data folder instead of the installed one")
    coverage = actions.add_parser("coverage", help="clause by clause: built by, shown by, or why not yet")
    coverage.add_argument("--regulation", metavar="REG", help="only this regulation")
    how = coverage.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true", help="print a list of objects")
    how.add_argument("--html", action="store_true", help="print a page")
    how.add_argument(
        "--write", action="store_true", help="bring open.toml and docs/law/coverage.md up to date"
    )
    book = actions.add_parser("book", help="write the law book, a folder of pages for lawyers")
    book.add_argument("folder", type=Path, metavar="FOLDER", help="where it goes; made if it is not there")
    book.add_argument("--without-playing", action="store_true", help="leave the worked cases unplayed")
    book.add_argument("--language", choices=("vi", "en"), default="vi", help="of the headings; default vi")
    compare = actions.add_parser("compare", help="regulations side by side, or a dossier under another one")
    compare.add_argument("regulations", nargs="*", metavar="REG", help="two or more; without any, all")
    compare.add_argument("--dossier", metavar="CODE", help="what would --under say to this dossier?")
    compare.add_argument("--under", metavar="REG", help="the other regulation, with --dossier")
    compare.add_argument("--json", action="store_true", help="print as JSON")


def run(args: argparse.Namespace) -> int:
    actions = {
        "show": _show,
        "check": _check,
        "coverage": _coverage,
        "book": _book,
        "compare": _compare,
    }
    return actions[args.action](args)


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


def _coverage(args: argparse.Namespace) -> int:
    from motcua.config import places
    from motcua.config.coverage import compute, obeyed, openness, printing, proof
    from motcua.config.coverage.computing import OPEN_FILE
    from motcua.law import queries

    name = (args.regulation or "").upper()
    if name and name not in queries.law().regulations:
        print(f"no regulation {name}; there are {', '.join(queries.law().regulations)}", file=sys.stderr)
        return 1
    try:
        coverage = compute()
        if args.write:
            kept = openness.without(coverage.groups, coverage.shown)
            (places.ROOT / OPEN_FILE).write_text(openness.dump(kept), encoding="utf-8")
            tried = proof.without(coverage.verdicts, coverage.carriers)
            (places.ROOT / proof.FILE).write_text(proof.dump(tried), encoding="utf-8")
            unread = places.ROOT / obeyed.FILE
            left = obeyed.without(obeyed.read(unread), obeyed.keys_read(places.SOURCE))
            unread.write_text(obeyed.dump(left), encoding="utf-8")
            coverage = compute()
            (places.ROOT / printing.TABLE_FILE).write_text(printing.as_markdown(coverage), encoding="utf-8")
    except FileNotFoundError as error:
        print(f"coverage is computed from a checkout with its tests; missing: {error}", file=sys.stderr)
        return 1
    chosen = coverage.of(name) if name else coverage.clauses
    figures = f"{printing.aims(chosen)}\n{printing.summary(chosen)}"
    if args.json:
        print(json.dumps([each.to_json() for each in chosen], ensure_ascii=False, indent=2))
    elif args.html:
        print(printing.as_html(chosen))
    else:
        print(figures if args.write else printing.as_text(chosen))
    for line in printing.unproved(chosen):
        print(line, file=sys.stderr)
    if not args.write:
        print(figures, file=sys.stderr)
    listed = obeyed.read(places.ROOT / obeyed.FILE)
    problems = [*coverage.problems, *obeyed.problems(places.ROOT, coverage, listed)]
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def _book(args: argparse.Namespace) -> int:
    from django.utils import translation

    from motcua.config.lawbook import write_book
    from motcua.config.lawbook.stories import read_stories
    from motcua.config.lawbook.writing import NoStylesheet
    from motcua.config.postgres import PostgresError

    try:
        stories = read_stories(played=not args.without_playing)
        with translation.override(args.language):
            pages = write_book(args.folder, stories)
    except NoStylesheet:
        print("the stylesheet is not built; run `make setup`", file=sys.stderr)
        return 1
    except (OSError, PostgresError) as error:
        print(f"the law book cannot be written: {error}", file=sys.stderr)
        return 1
    differ = sum(story.agrees is False for story in stories)
    told = "not played" if args.without_playing else f"{differ} of them differ"
    print(f"{len(pages)} pages, {len(stories)} cases, {told}: {args.folder / 'index.html'}")
    return 1 if differ else 0


def _compare(args: argparse.Namespace) -> int:
    from motcua.config import comparing
    from motcua.kernel.errors import Refusal

    if bool(args.dossier) != bool(args.under) or (args.dossier and args.regulations):
        print("give regulations, or --dossier CODE together with --under REG", file=sys.stderr)
        return 2
    if len(args.regulations) == 1:
        print("one regulation cannot be compared; name another", file=sys.stderr)
        return 2
    try:
        if args.dossier:
            print(comparing.dossier(args.dossier, args.under, as_json=args.json))
        else:
            print(comparing.regulations(args.regulations, as_json=args.json))
    except Refusal as refusal:
        print(f"motcua law compare: {refusal}", file=sys.stderr)
        return 1
    return 0
