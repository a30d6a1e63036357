"""Tables of verdicts as they are committed: one line for each, in an order that changes little."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    Row = TypeVar("Row", bound=DataclassInstance)


def read(path: Path, kind: Callable[..., Row]) -> list[Row]:
    """The rows of the file, each of this kind; none if there is no file."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [kind(**row) for row in csv.DictReader(file)]


def write(path: Path, kind: type[Row], rows: Iterable[Row], order: Callable[[Row], Any]) -> None:
    """Keep the rows in this order; an empty table keeps its heads."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, [each.name for each in fields(kind)], lineterminator="\n")
        table.writeheader()
        table.writerows(asdict(each) for each in sorted(rows, key=order))
