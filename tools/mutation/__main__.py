"""`python -m tools.mutation [--only dossiers/rules] [--pure] [--clauses]`: go on, and write the report."""

from __future__ import annotations

import argparse
import os
import sys

import pytest

FOLDERS = (
    "kernel law worktime audit accounts agencies catalogue documents incidents notify process dossiers cases"
)
HEAVY = "tests/worktime/test_reference.py"  # ten thousand cases minute by minute: too dear to repeat
PLUGINS = ("-p", "tools.mutation.running", "-p", "no:randomly", "-p", "no:cacheprovider", "-p", "no:xdist")


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
        "--clauses", action="store_true", help="only as many as it takes to prove each clause that is shown"
    )
    parser.add_argument("--report", action="store_true", help="only write the report of what is known")
    args = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    import django

    django.setup()
    if not args.report:
        tests = [f"tests/{folder}" for folder in FOLDERS.split()]
        status = pytest.main(
            [
                *PLUGINS,
                "-q",
                "--capture=sys",
                f"--only-rules={args.only}",
                f"--enough={args.seconds}",
                f"--processes={args.processes}",
                f"--every={args.every}",
                f"--deselect={HEAVY}",
                *(["--pure"] if args.pure else []),
                *(["--clauses"] if args.clauses else []),
                *tests,
            ]
        )
        if status not in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}:
            return int(status)
    from tools.mutation import report

    report.write()
    return 0


if __name__ == "__main__":
    sys.exit(main())
