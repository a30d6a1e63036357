"""Make the clause registry of the law app from a table of requirements.

Usage: python tools/make_clause_registry.py SOURCE.csv [TARGET.csv]

The source has the columns of the registry; its order is kept. A table in English only (`requirement` and
`parameter` without `_english` beside them) takes its Vietnamese from the registry as it stands, clause by
clause. Ids must be unique and belong to one of the five regulations, and every row must have its words in
both languages. Exits 1 with the faulty lines if they do not; nothing is written then.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from motcua.law.rules.clauses import COLUMNS

TARGET = Path(__file__).resolve().parent.parent / "src/motcua/law/data/clauses.csv"
_ID = re.compile(r"(KT18|QN20|KT22|DL24|PT24)-[^\s#]+(#\d+)?")
_Row = dict[str, str]


def registry(source: Path, known: Mapping[str, _Row]) -> tuple[list[_Row], list[str]]:
    """The rows with only our columns, trimmed, and the faults found; `known` is the registry by id."""
    rows: list[_Row] = []
    faults: list[str] = []
    seen: set[str] = set()
    with source.open(encoding="utf-8", newline="") as stream:
        table = csv.DictReader(stream)
        is_english = "requirement_english" not in (table.fieldnames or ())
        for line, raw in enumerate(table, start=2):
            row = {name: " ".join((raw.get(name) or "").split()) for name in COLUMNS}
            if is_english:
                row = _with_vietnamese(row, known.get(row["id"], {}))
            if not _ID.fullmatch(row["id"]):
                faults.append(f"line {line}: {row['id']!r} is not a clause id")
            elif row["id"] in seen:
                faults.append(f"line {line}: {row['id']} stands twice")
            elif row["inferred"] not in {"0", "1"}:
                faults.append(f"line {line}: inferred of {row['id']} is not 0 or 1")
            elif not (row["requirement"] and row["requirement_english"]):
                faults.append(f"line {line}: {row['id']} lacks its requirement in Vietnamese or in English")
            elif bool(row["parameter"]) != bool(row["parameter_english"]):
                faults.append(f"line {line}: {row['id']} has its parameter in one language only")
            seen.add(row["id"])
            rows.append(row)
    return rows, faults


def _with_vietnamese(row: _Row, known: Mapping[str, str]) -> _Row:
    """A row of an English table with the Vietnamese that was written for just these words, else with none."""
    told = dict(row)
    for name in ("requirement", "parameter"):
        told[f"{name}_english"] = row[name]
        told[name] = known.get(name, "") if known.get(f"{name}_english") == row[name] else ""
    return told


def main(arguments: list[str]) -> int:
    if not 1 <= len(arguments) <= 2:
        print(__doc__, file=sys.stderr)
        return 2
    with TARGET.open(encoding="utf-8", newline="") as stream:
        known = {row["id"]: row for row in csv.DictReader(stream)}
    rows, faults = registry(Path(arguments[0]), known)
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
