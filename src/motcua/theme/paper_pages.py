"""The pages of one paper while it is put together: taken in, ordered, turned, joined. For both faces."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from django.urls import reverse
from django.utils.translation import gettext

from motcua.documents import queries as stored
from motcua.documents import services as documents
from motcua.documents.rules.cards import FileCard
from motcua.documents.rules.limits import type_of
from motcua.documents.rules.pages import Page, Pages
from motcua.kernel.actors import Actor

_BUTTONS: dict[str, Callable[[Pages, str], Pages]] = {
    "up": lambda pages, key: pages.moved(key, -1),
    "down": lambda pages, key: pages.moved(key, 1),
    "turn": lambda pages, key: pages.turned(key),
    "drop": lambda pages, key: pages.without(key),
}


@dataclass(frozen=True, slots=True)
class PageLine:
    """One page as the list shows it; `at` counts from 1. `picture` and `file` are addresses.

    `after` names, for each button beside the page, what has the focus when it was pressed.
    """

    page: Page
    card: FileCard
    at: int
    is_first: bool
    is_last: bool
    picture: str
    file: str
    after: Mapping[str, str]

    @property
    def kind(self) -> str:
        kind = type_of(self.card.media_type)
        return kind.label if kind else ""


class Stack:
    """Pages that lie ready for a purpose of the actor's (ADR 0024).

    `picture` and `file` name routes that show a page (file id, number) and a file (file id) to its sender.
    `owner` is whose tray they lie in, where that is not the actor's own.
    """

    def __init__(
        self,
        *,
        actor: Actor,
        at: datetime,
        purpose: str,
        picture: str,
        file: str,
        owner: Actor | None = None,
    ) -> None:
        self.actor, self.at, self.purpose = actor, at, purpose
        self.owner = owner or actor
        self._picture, self._file = picture, file
        self.pages = stored.pages_of(self.owner, purpose)

    def arrange(self, change: Callable[[Pages], Pages]) -> None:
        """Change what lies there, one change after the other; lets the refusals of `change` through."""
        self.pages = documents.arrange(actor=self.owner, purpose=self.purpose, change=change, at=self.at)

    def add(self, card: FileCard) -> None:
        """All pages of a file, at the end. Raises what `documents.count_pages` raises, and TooManyPages."""
        count = documents.count_pages(card)
        self.arrange(lambda pages: pages.added(card.id, count))

    def press(self, typed: Mapping[str, str]) -> str:
        """Do what was pressed beside a page; the key of the page, empty if it was no such button."""
        key = pressed_page(typed)
        if key:
            self.arrange(partial(after_press, typed))
        return key

    def join(self, name: str) -> FileCard:
        """One PDF of the pages. Raises what `documents.join` raises."""
        return documents.join(pages=self.pages.pages, name=name, actor=self.actor, at=self.at)

    def as_one(self) -> FileCard:
        """The one file whose pages these are, all of them as they came; else what they are joined to, called
        as the first file is. Raises what `documents.join` raises, NoSuchFile without any page."""
        card = stored.card(next(iter(self.pages.file_ids), ""))
        if len(self.pages.file_ids) == 1:
            as_it_came = Pages().added(card.id, documents.count_pages(card))
            if as_it_came.pages == self.pages.pages:
                return card
        return self.join(Path(card.name).stem)

    def clear(self) -> None:
        """The paper has gone where it belongs."""
        documents.clear(actor=self.owner, purpose=self.purpose)

    def lines(self) -> list[PageLine]:
        """The pages as the list shows them."""
        cards = stored.cards(self.pages.file_ids)
        return lines_of(self.pages, cards, picture=self._picture, file=self._file)


def lines_of(pages: Pages, cards: Mapping[str, FileCard], *, picture: str, file: str) -> list[PageLine]:
    """Pages as their list shows them; `picture` and `file` name routes, as for a `Stack`."""
    last = len(pages.pages) - 1
    return [
        PageLine(
            page, cards[page.file_id], at + 1, at == 0, at == last, _shown(page, picture),
            reverse(file, args=[page.file_id]), places_after(page.key, pages),
        )
        for at, page in enumerate(pages.pages)
        if page.file_id in cards
    ]  # fmt: skip


def place_after(name: str, key: str, pages: Pages) -> str:
    """The id of what has the focus after a button beside a page was pressed; `pages` are those before it.

    The same button of the same page, so that it can be pressed again; where it is gone, the one beside it.
    Empty if nothing is left to stand on.
    """
    keys = [page.key for page in pages.pages]
    if key not in keys:
        return ""
    at, last = keys.index(key), len(keys) - 1
    if name == "up" and at <= 1:
        name = "down" if last else "turn"
    elif name == "down" and at >= last - 1:
        name = "up" if last else "turn"
    elif name == "drop":
        others = keys[at + 1 :] or keys[:at][-1:]
        return f"p-{others[0]}-drop" if others else ""
    return f"p-{key}-{name}"


def places_after(key: str, pages: Pages) -> dict[str, str]:
    """`place_after` of every button beside the page."""
    return {name: place_after(name, key, pages) for name in _BUTTONS}


def told_after(name: str, key: str, pages: Pages) -> str:
    """What a button beside a page did, for who does not see the list; `pages` are those before it."""
    keys = [page.key for page in pages.pages]
    if key not in keys:
        return ""
    at = keys.index(key)
    numbers = {"at": at + 1, "now": at, "count": len(keys) - 1}
    match name:
        case "up" if at > 0:
            return gettext("Trang %(at)s nay là trang %(now)s.") % numbers
        case "down" if at < len(keys) - 1:
            return gettext("Trang %(at)s nay là trang %(now)s.") % (numbers | {"now": at + 2})
        case "turn":
            return gettext("Đã xoay trang %(at)s sang phải.") % numbers
        case "drop":
            return gettext("Đã bỏ trang %(at)s. Còn %(count)s trang.") % numbers
    return ""


def is_page_press(typed: Mapping[str, str]) -> bool:
    """Whether a button beside a page was pressed, or the one that adds pages."""
    return "add" in typed or bool(pressed_page(typed))


def pressed(typed: Mapping[str, str]) -> tuple[str, str]:
    """The button that was pressed beside a page and the key of that page; empty words if none was."""
    return next(((name, key) for name in _BUTTONS if (key := typed.get(name, ""))), ("", ""))


def pressed_page(typed: Mapping[str, str]) -> str:
    """The key of the page beside which a button was pressed; empty if none was."""
    return pressed(typed)[1]


def after_press(typed: Mapping[str, str], pages: Pages) -> Pages:
    """These pages after the button that was pressed; the same if it is beside none of them."""
    for name, change in _BUTTONS.items():
        if key := typed.get(name, ""):
            return change(pages, key)
    return pages


def _shown(page: Page, picture: str) -> str:
    address = reverse(picture, args=[page.file_id, page.number])
    return f"{address}?xoay={page.turn}" if page.turn else address
