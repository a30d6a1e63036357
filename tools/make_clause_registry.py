"""Make the clause registry of the law app from a table of requirements.

Usage: python tools/make_clause_registry.py SOURCE.csv [TARGET.csv]

The source has at least the columns of the registry. Rows keep their order; ids must be unique and belong to
one of the five regulations. Exits 1 with the faulty lines if they do not.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

COLUMNS = ("id", "inferred", "kind", "actor", "requirement", "parameter", "refers_to", "capability")
TARGET = Path(__file__).resolve().parent.parent / "src/motcua/law/data/clauses.csv"
_ID = re.compile(r"(KT18|QN20|KT22|DL24|PT24)-[^\s#]+(#\d+)?")


def registry(source: Path) -> tuple[list[dict[str, str]], list[str]]:
    """The rows with only our columns, trimmed, and the faults found."""
    rows: list[dict[str, str]] = []
    faults: list[str] = []
    seen: set[str] = set()
    with source.open(encoding="utf-8", newline="") as stream:
        for line, raw in enumerate(csv.DictReader(stream), start=2):
            row = {name: " ".join((raw.get(name) or "").split()) for name in COLUMNS}
            if not _ID.fullmatch(row["id"]):
                faults.append(f"line {line}: {row['id']!r} is not a clause id")
            elif row["id"] in seen:
                faults.append(f"line {line}: {row['id']} stands twice")
            elif not row["requirement"] or row["inferred"] not in {"0", "1"}:
                faults.append(f"line {line}: {row['id']} lacks its requirement or inferred is not 0 or 1")
            seen.add(row["id"])
            rows.append(row)
    return rows, faults


def main(arguments: list[str]) -> int:
    if not 1 <= len(arguments) <= 2:
        print(__doc__, file=sys.stderr)
        return 2
    rows, faults = registry(Path(arguments[0]))
    if faults:
        print("\n".join(faults), file=sys.stderr)
        return 1
    target = Path(arguments[1]) if len(arguments) == 2 else TARGET
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{len(rows)} clauses written to {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
