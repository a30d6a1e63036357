"""The pages of one paper in the order in which they will be joined. Every change gives new pages."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
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
    """Pages in order; `joined` is the file that was made of them last, empty before.

    `came` are the files that stand for the paper by themselves and whose pages were taken in, those of which
    no page is left too; `settled` are the pages as the files that stand for the paper hold them now.
    """

    pages: tuple[Page, ...] = ()
    joined: str = ""
    came: tuple[str, ...] = ()
    settled: tuple[Page, ...] = ()

    @property
    def file_ids(self) -> tuple[str, ...]:
        """The files the pages come from, each once."""
        return tuple(dict.fromkeys(page.file_id for page in self.pages))

    @property
    def waiting(self) -> int:
        """How many pages wait to be joined: none while the paper's files hold just what lies here."""
        return 0 if self.pages == self.settled else len(self.pages)

    @property
    def dropped(self) -> frozenset[str]:
        """The files that came by themselves and of which no page is left."""
        return frozenset(self.came).difference(self.file_ids)

    def added(self, file_id: str, count: int) -> Pages:
        """With all pages of this file at the end; a file that is there already is not added again.

        Raises TooManyPages.
        """
        if file_id in self.file_ids:
            return self
        if len(self.pages) + count > MOST_PAGES:
            raise TooManyPages(most=MOST_PAGES)
        return self._with((*self.pages, *_whole(file_id, count)))

    def with_paper(self, file_id: str, count: int) -> Pages:
        """With all pages of a file that came for the paper by itself. Taken in once: a page of it that was
        dropped stays away. Raises TooManyPages.
        """
        if file_id in self.came:
            return self
        settled = (*self.settled, *_whole(file_id, count))
        return replace(self.added(file_id, count), came=(*self.came, file_id), settled=settled)

    def as_kept(self, here: Collection[str]) -> Pages:
        """What is left of these pages where just the files `here` stand for the paper.

        A file that was taken back takes its pages along; a joined one, all of them: the paper begins anew.
        """
        if self.joined and self.joined not in here:
            return Pages()
        gone = frozenset(self.came).difference(here)
        if not gone:
            return self
        return replace(
            self,
            pages=tuple(page for page in self.pages if page.file_id not in gone),
            came=tuple(each for each in self.came if each not in gone),
            settled=tuple(page for page in self.settled if page.file_id not in gone),
        )

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
        """These pages, now that this file was made of them and stands in place of what came before."""
        return Pages(self.pages, joined=file_id, settled=self.pages)

    def as_wire(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return {
            "pages": _rows(self.pages),
            "joined": self.joined,
            "came": list(self.came),
            "settled": _rows(self.settled),
        }

    def _place(self, key: str) -> int | None:
        return next((at for at, page in enumerate(self.pages) if page.key == key), None)

    def _with(self, pages: Iterable[Page]) -> Pages:
        return replace(self, pages=tuple(pages))


def _whole(file_id: str, count: int) -> tuple[Page, ...]:
    return tuple(Page(file_id, number + 1) for number in range(count))


def _rows(pages: Iterable[Page]) -> list[list[Any]]:
    return [[page.file_id, page.number, page.turn] for page in pages]


def from_wire(value: dict[str, Any]) -> Pages:
    """What `as_wire` gave; nothing for what it never gave."""
    rows: Sequence[Any] = value.get("pages", ())
    joined = value.get("joined", "")
    # What was laid there before pages were told apart by how they came: a joined paper was settled.
    settled: Sequence[Any] = value.get("settled", rows if joined else ())
    return Pages(
        tuple(Page(*row) for row in rows),
        joined,
        tuple(value.get("came", ())),
        tuple(Page(*row) for row in settled),
    )
