"""The tables of a page as a reader takes them in: rows of cells, each its words."""

from __future__ import annotations

from html.parser import HTMLParser


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self._is_in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self._is_in_cell = True
        elif self._is_in_cell:
            self._add(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._is_in_cell = False

    def handle_data(self, data: str) -> None:
        if self._is_in_cell:
            self._add(data)

    def _add(self, data: str) -> None:
        self.tables[-1][-1][-1] += data


def tables(page: str) -> list[list[list[str]]]:
    """Every table of the page, in its order."""
    reader = _Tables()
    reader.feed(page)
    return [[[" ".join(cell.split()) for cell in row] for row in rows] for rows in reader.tables]
