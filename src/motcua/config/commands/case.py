"""`motcua case run FILE…`: play worked cases and print what happened beside what was expected."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from motcua.config.cases import BadCase, Case, CaseResult

HELP = "play worked cases (docs/cases.md) through the real services on a scratch database"
NEEDS_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    run_parser = actions.add_parser("run", help="play files; exit 1 if anything differs")
    run_parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="a case, or a folder of cases"
    )
    run_parser.add_argument("--json", action="store_true", help="print a list of results as JSON")
    actions.add_parser("schema", help="print the JSON schema of the format")


def run(args: argparse.Namespace) -> int:
    from motcua.config.cases import reading

    if args.action == "schema":
        print(json.dumps(reading.schema(), ensure_ascii=False, indent=2))
        return 0
    cases, bad = _read(_paths(args.files))
    results: list[CaseResult] = []
    if cases:
        from motcua.config.postgres import PostgresError

        try:
            results, late = _play(cases)
        except PostgresError as error:
            print(f"no scratch database: {error}", file=sys.stderr)
            return 1
        bad += late
    _print(results, bad, as_json=args.json)
    return 1 if bad or not all(result.agrees for result in results) else 0


def _paths(given: Iterable[Path]) -> Iterator[Path]:
    for path in given:
        if path.is_dir():
            yield from sorted(path.glob("*.yaml"))
        else:
            yield path


def _read(paths: Iterable[Path]) -> tuple[list[Case], list[BadCase]]:
    from motcua.config.cases import BadCase, read_case

    cases: list[Case] = []
    bad: list[BadCase] = []
    for path in paths:
        try:
            cases.append(read_case(path))
        except BadCase as error:
            bad.append(error)
    return cases, bad


def _play(cases: Iterable[Case]) -> tuple[list[CaseResult], list[BadCase]]:
    from motcua.config.cases import BadCase, run_case
    from motcua.config.cases.scratch import scratch_database

    results: list[CaseResult] = []
    bad: list[BadCase] = []
    with scratch_database():
        for case in cases:
            try:
                results.append(run_case(case))
            except BadCase as error:
                bad.append(error)
    return results, bad


def _print(results: list[CaseResult], bad: list[BadCase], *, as_json: bool) -> None:
    from motcua.config.cases import printing

    if as_json:
        rows = [printing.as_json(result) for result in results] + [printing.bad_as_json(one) for one in bad]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for result in results:
        print(printing.as_text(result))
    for one in bad:
        print(f"not a case: {one.file}", file=sys.stderr)
        for fault in one.faults:
            print(f"  {fault}", file=sys.stderr)
    differ = sum(not result.agrees for result in results)
    print(f"{len(results)} cases played, {differ} differ, {len(bad)} files are not cases")
