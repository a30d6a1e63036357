"""One paper of several pages: what lies there, what a press on its page does, and the paper they become."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from motcua.catalogue.rules.sheets import RequiredDocument
from motcua.documents import queries as stored
from motcua.documents import services as documents
from motcua.documents.errors import TooManyPages
from motcua.documents.rules.cards import FileCard
from motcua.documents.rules.limits import type_of
from motcua.documents.rules.pages import Page, Pages
from motcua.dossiers.rules.state import DocumentRef
from motcua.kernel.errors import Refusal
from motcua.portal import who
from motcua.portal.papers import PagesOf
from motcua.theme.errors_on_page import PageError
from motcua.theme.refusals import sentence

FILES = ("camera", "files")  # the fields of the page in the order in which what they bring is added
_BUTTONS: dict[str, Callable[[Pages, str], Pages]] = {
    "up": lambda pages, key: pages.moved(key, -1),
    "down": lambda pages, key: pages.moved(key, 1),
    "turn": lambda pages, key: pages.turned(key),
    "drop": lambda pages, key: pages.without(key),
}


def purpose_of_draft(dossier_id: str, key: str = "") -> str:
    """Under which name the pages lie; without a key, what all of this draft begin with."""
    return f"draft:{dossier_id}:{key}"


def of_papers(
    request: HttpRequest, route: str, dossier_id: str, purpose: str, kept: tuple[DocumentRef, ...]
) -> PagesOf:
    """For the list of papers: where the pages of each are put together, and how many wait there unjoined."""
    lying = stored.unjoined(who.actor(request), purpose)
    sent = {each.file_id for each in kept}

    def pages(key: str) -> tuple[str, int]:
        found = lying.get(purpose + key, Pages())
        waiting = sum(page.file_id not in sent for page in found.pages)
        return reverse(route, args=[dossier_id, key]), waiting

    return pages


def forget_draft(request: HttpRequest, dossier_id: str) -> None:
    """The filing was sent: its papers are what they are."""
    documents.clear(actor=who.actor(request), purpose=purpose_of_draft(dossier_id))


@dataclass(frozen=True, slots=True)
class PageLine:
    """One page as the list shows it; `at` counts from 1."""

    page: Page
    card: FileCard
    at: int
    is_first: bool
    is_last: bool

    @property
    def picture(self) -> str:
        address = reverse("portal:own_picture", args=[self.card.id, self.page.number])
        return f"{address}?xoay={self.page.turn}" if self.page.turn else address

    @property
    def kind(self) -> str:
        kind = type_of(self.card.media_type)
        return kind.label if kind else ""


@dataclass(slots=True)
class PaperPages:
    """The pages of one paper. `kept` are all papers that came so far, this one's files among them."""

    request: HttpRequest
    purpose: str
    paper: RequiredDocument
    kept: tuple[DocumentRef, ...]
    errors: list[PageError] = field(default_factory=list)
    pages: Pages = field(default_factory=Pages)
    counts: dict[str, int] = field(default_factory=dict)  # pages of files that came otherwise, by file

    def __post_init__(self) -> None:
        lying = stored.pages_of(who.actor(self.request), self.purpose)
        known = {*lying.file_ids, lying.joined}
        cards = stored.cards(tuple(each for each in self._here() if each not in known))
        for file_id, card in cards.items():
            with suppress(Refusal):  # a file without pages stays a paper of its own
                self.counts[file_id] = documents.count_pages(card)
        self.pages = self._with_kept(lying)

    def _here(self) -> list[str]:
        return [each.file_id for each in self.kept if each.key == self.paper.key and each.file_id]

    def _with_kept(self, pages: Pages) -> Pages:
        """A paper that was taken back begins anew; files that came for it otherwise are pages of it too."""
        here = self._here()
        if pages.joined and pages.joined not in here:
            pages = Pages()
        for file_id in here:
            if file_id in self.counts:
                with suppress(TooManyPages):
                    pages = pages.added(file_id, self.counts[file_id])
        return pages

    def press(self) -> str:
        """Do what was pressed, after taking in what was chosen; answers the key of the page it was about."""
        self._arrange(self._with_kept)
        for name in FILES:
            for upload in cast("list[UploadedFile[bytes]]", self.request.FILES.getlist(name)):
                self._take(upload)
        for name, change in _BUTTONS.items():
            if key := self.request.POST.get(name, ""):
                self._arrange(partial(_changed, change, key))
                return key
        return self.pages.pages[-1].key if self.pages.pages else ""

    def _take(self, upload: UploadedFile[bytes]) -> None:
        """A file that cannot be taken does not spoil the others."""
        actor, at = who.actor(self.request), who.now()
        try:
            card = documents.store(upload=upload, name=upload.name or "", actor=actor, at=at)
            count = documents.count_pages(card)
            self._arrange(lambda pages: pages.added(card.id, count))
        except Refusal as refusal:
            self.errors.append(PageError(sentence(refusal), f"#{FILES[-1]}"))

    def _arrange(self, change: Callable[[Pages], Pages]) -> None:
        self.pages = documents.arrange(
            actor=who.actor(self.request), purpose=self.purpose, change=change, at=who.now()
        )

    def join(self) -> FileCard | None:
        """The paper these pages become; None with the reason noted."""
        try:
            made = documents.join(
                pages=self.pages.pages, name=self.paper.name, actor=who.actor(self.request), at=who.now()
            )
        except Refusal as refusal:
            self.errors.append(PageError(sentence(refusal), f"#{FILES[-1]}"))
            return None
        return made

    def in_place(self, made: FileCard) -> tuple[DocumentRef, ...]:
        """What was kept, with the joined paper in place of its pages and of what was made of them before."""
        gone = {*self.pages.file_ids, self.pages.joined}
        others = tuple(each for each in self.kept if each.key != self.paper.key or each.file_id not in gone)
        return (*others, DocumentRef(self.paper.key, made.id, copies=1, name=self.paper.name))

    def note_joined(self, made: FileCard) -> None:
        self._arrange(partial(_joined_as, made.id))

    def lines(self) -> list[PageLine]:
        cards = stored.cards(self.pages.file_ids)
        last = len(self.pages.pages) - 1
        return [
            PageLine(page, cards[page.file_id], at + 1, at == 0, at == last)
            for at, page in enumerate(self.pages.pages)
            if page.file_id in cards
        ]

    def said(self, count: int) -> str:
        return gettext("Đã ghép %(count)s trang thành một tệp PDF.") % {"count": count}


def _changed(change: Callable[[Pages, str], Pages], key: str, pages: Pages) -> Pages:
    return change(pages, key)


def _joined_as(file_id: str, pages: Pages) -> Pages:
    return pages.as_joined(file_id)
