"""`python -m tools.mutation [--only dossiers/rules] [--pure]`, or `--clauses`: go on, and report."""

from __future__ import annotations

import argparse
import os
import sys

import pytest

FOLDERS = (
    "kernel law worktime audit accounts agencies catalogue documents incidents notify process dossiers cases"
)
HEAVY = "tests/worktime/test_reference.py"  # ten thousand cases minute by minute: too dear to repeat
QUIET = ("-p", "no:randomly", "-p", "no:cacheprovider", "-p", "no:xdist", "-q", "--capture=sys")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.mutation", description=__doc__)
    parser.add_argument("--only", default="", help="break only files whose path contains this")
    parser.add_argument(
        "--seconds",
        type=float,
        default=10.0,
        help="of tests that a mutant must outlive (10)",
    )
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="mutants at once (cores)")
    parser.add_argument("--every", type=int, default=1, help="only every so many-th mutant: a sample")
    parser.add_argument("--pure", action="store_true", help="only with tests that need no database")
    parser.add_argument(
        "--clauses",
        nargs="?",
        const="",
        metavar="IDS",
        help="instead: prove each shown clause (whose id contains one of these, by commas) not proved yet",
    )
    parser.add_argument(
        "--values",
        nargs="?",
        const="",
        metavar="IDS",
        help="instead: let each value that such clauses give say something else, and ask who carries them",
    )
    parser.add_argument(
        "--facts",
        nargs="?",
        const="",
        metavar="IDS",
        help="instead: leave each fact of facts.toml out, and ask who carries the clauses that want it told",
    )
    parser.add_argument("--report", action="store_true", help="only write the report of what is known")
    args = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    import django

    django.setup()
    if not args.report:
        status = pytest.main([*QUIET, *_asked(args)])
        if status not in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}:
            return int(status)
    from tools.mutation import report

    report.write()
    return 0


def _asked(args: argparse.Namespace) -> list[str]:
    """What pytest is told: which plugin breaks what, and of which tests it may ask."""
    together = f"--processes={args.processes}"
    if args.clauses is not None:
        return ["-p", "tools.mutation.proving", f"--only-clauses={args.clauses}", together, "tests"]
    if args.values is not None:
        return ["-p", "tools.mutation.obeying", f"--only-clauses={args.values}", together, "tests"]
    if args.facts is not None:
        return ["-p", "tools.mutation.telling", f"--only-clauses={args.facts}", together, "tests"]
    return [
        *("-p", "tools.mutation.running"),
        f"--only-rules={args.only}",
        f"--enough={args.seconds}",
        f"--every={args.every}",
        f"--deselect={HEAVY}",
        together,
        *(["--pure"] if args.pure else []),
        *(f"tests/{folder}" for folder in FOLDERS.split()),
    ]


if __name__ == "__main__":
    sys.exit(main())
