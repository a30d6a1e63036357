"""Cells of a spreadsheet that hold what people typed."""

from __future__ import annotations

from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE


def text_cell(page: Any, text: str) -> Any:
    """Text and nothing else: never a formula, and without the characters that no spreadsheet can hold."""
    cell = WriteOnlyCell(page, value=ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type = "s"
    return cell
