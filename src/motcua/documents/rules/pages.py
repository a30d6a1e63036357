"""The pages of one paper in the order in which they will be joined. Every change gives new pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from motcua.documents.errors import TooManyPages

MOST_PAGES = 60  # of one paper; no text gives a number (mark: house)


@dataclass(frozen=True, slots=True)
class Page:
    """Page `number` (from 1) of a stored file, to be turned clockwise by `turn` degrees (0, 90, 180, 270)."""

    file_id: str
    number: int = 1
    turn: int = 0

    @property
    def key(self) -> str:
        """Tells the page within its paper, wherever it stands."""
        return f"{self.file_id}.{self.number}"


@dataclass(frozen=True, slots=True)
class Pages:
    """Pages in order; `joined` is the file that was made of them last, empty before."""

    pages: tuple[Page, ...] = ()
    joined: str = ""

    @property
    def file_ids(self) -> tuple[str, ...]:
        """The files the pages come from, each once."""
        return tuple(dict.fromkeys(page.file_id for page in self.pages))

    def added(self, file_id: str, count: int) -> Pages:
        """With all pages of this file at the end; a file that is there already is not added again.

        Raises TooManyPages.
        """
        if file_id in self.file_ids:
            return self
        if len(self.pages) + count > MOST_PAGES:
            raise TooManyPages(most=MOST_PAGES)
        return self._with((*self.pages, *(Page(file_id, number + 1) for number in range(count))))

    def moved(self, key: str, by: int) -> Pages:
        """With this page `by` places further down (negative: up), at most to the end."""
        at = self._place(key)
        if at is None:
            return self
        others = [*self.pages[:at], *self.pages[at + 1 :]]
        target = min(max(at + by, 0), len(others))
        return self._with((*others[:target], self.pages[at], *others[target:]))

    def turned(self, key: str, by: int = 90) -> Pages:
        """With this page turned clockwise by a multiple of 90 degrees."""
        return self._with(
            replace(page, turn=(page.turn + by) % 360) if page.key == key else page for page in self.pages
        )

    def without(self, key: str) -> Pages:
        """Without this page."""
        return self._with(page for page in self.pages if page.key != key)

    def as_joined(self, file_id: str) -> Pages:
        """These pages, now that this file was made of them."""
        return replace(self, joined=file_id)

    def as_wire(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return {
            "pages": [[page.file_id, page.number, page.turn] for page in self.pages],
            "joined": self.joined,
        }

    def _place(self, key: str) -> int | None:
        return next((at for at, page in enumerate(self.pages) if page.key == key), None)

    def _with(self, pages: Iterable[Page]) -> Pages:
        return replace(self, pages=tuple(pages))


def from_wire(value: dict[str, Any]) -> Pages:
    """What `as_wire` gave; nothing for what it never gave."""
    rows: Sequence[Any] = value.get("pages", ())
    return Pages(tuple(Page(*row) for row in rows), value.get("joined", ""))
