"""Reading an import file into rows: JSON, CSV or XLSX.

JSON is a list of rows, or an object that holds the list under a known key beside `meta`. In tables the header
is a path (`legal_time.value`), empty cells are absent, and a cell that starts with `[` or `{` is JSON. A
cell beside the columns of the header says that the row has shifted, so nothing of it is taken.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from motcua.agencies.errors import UnreadableFile

MAX_BYTES = 64 * 1024 * 1024


class Line(dict[str, Any]):
    """A row of a table: its line there, and whether cells stood beside the columns of the header."""

    def __init__(self, number: int, *, has_surplus: bool) -> None:
        super().__init__()
        self.number, self.has_surplus = number, has_surplus


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows in file order and what the file says about all of them."""

    rows: tuple[Any, ...]
    meta: dict[str, Any] = field(default_factory=dict)


def read(path: Path, *, keys: Sequence[str]) -> Sheet:
    """The rows of a file; `keys` are the names under which a JSON object may hold them.

    Raises UnreadableFile with a reason for people.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _unreadable(path, _("tệp lớn hơn 64 MB"))
        if path.suffix.lower() == ".csv":
            return Sheet(tuple(_from_cells(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))))
        if path.suffix.lower() in (".xlsx", ".xlsm"):
            return Sheet(tuple(_from_cells(_workbook_rows(path))))
        return _from_json(
            path, json.loads(path.read_text("utf-8-sig"), parse_constant=_refuse_constant), keys
        )
    except UnicodeDecodeError:
        raise _unreadable(path, _("tệp không phải văn bản UTF-8")) from None
    except json.JSONDecodeError as error:
        reason = _("không phải JSON hợp lệ, dòng %(line)d cột %(column)d")
        raise _unreadable(path, reason % {"line": error.lineno, "column": error.colno}) from None
    except ValueError as error:
        raise _unreadable(path, str(error)) from None
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from None


def _refuse_constant(name: str) -> None:
    raise ValueError(_("%(name)s không phải là số") % {"name": name})


def _from_json(path: Path, value: Any, keys: Sequence[str]) -> Sheet:
    if isinstance(value, list):
        return Sheet(tuple(value))
    if isinstance(value, dict):
        for key in keys:
            if isinstance(value.get(key), list):
                meta = value.get("meta")
                return Sheet(tuple(value[key]), meta if isinstance(meta, dict) else {})
    expected = ", ".join(f'"{key}"' for key in keys)
    raise _unreadable(path, _("cần một danh sách, hoặc một đối tượng có khóa %(keys)s") % {"keys": expected})


def _workbook_rows(path: Path) -> Iterable[Sequence[Any]]:
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except Exception as error:
        raise _unreadable(path, _("không phải bảng tính XLSX hợp lệ")) from error
    with_rows = book.worksheets[0]
    try:
        yield from with_rows.iter_rows(values_only=True)
    finally:
        book.close()


def _from_cells(table: Iterable[Sequence[Any]]) -> Iterable[Line]:
    lines = iter(table)
    header = [str(cell or "").strip() for cell in next(lines, [])]
    for number, line in enumerate(lines, start=2):
        cells = [
            (name, cell) for name, cell in zip_longest(header, line, fillvalue="") if cell not in (None, "")
        ]
        if cells:
            row = Line(number, has_surplus=not all(name for name, _cell in cells))
            for name, cell in cells:
                if name:
                    _put(row, name.split("."), _cell(cell))
            yield row


def _put(row: dict[str, Any], path: Sequence[str], value: Any) -> None:
    *folders, last = path
    for name in folders:
        inner = row.setdefault(name, {})
        row = inner if isinstance(inner, dict) else {}
    row[last] = value


def _cell(cell: Any) -> Any:
    if hasattr(cell, "isoformat"):
        return cell.isoformat()[:10]
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if not isinstance(cell, str):
        return cell
    text = cell.strip()
    if text[:1] in ("[", "{"):
        try:
            return json.loads(text)
        except json.JSONDecodeError:
            return text
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else text


def _unreadable(path: Path, reason: str) -> UnreadableFile:
    return UnreadableFile(file=path.name, reason=reason)
