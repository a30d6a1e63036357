"""Cells of a spreadsheet that hold what people typed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from motcua.worktime.rules import local

_MOMENT = "hh:mm dd/mm/yyyy"


def text_cell(page: Any, text: str) -> Any:
    """Text and nothing else: never a formula, and without the characters that no spreadsheet can hold."""
    cell = WriteOnlyCell(page, value=ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type = "s"
    return cell


def moment_cell(page: Any, at: datetime) -> Any:
    """A moment by the province's clock that can be sorted and counted with, written as on the screen."""
    cell = WriteOnlyCell(page, value=local(at).replace(tzinfo=None, second=0, microsecond=0))
    cell.number_format = _MOMENT
    return cell
