"""One paper of several pages: what lies there, what a press on its page does, and the paper they become."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from motcua.catalogue.rules.sheets import RequiredDocument
from motcua.documents import queries as stored
from motcua.documents import services as documents
from motcua.documents.errors import TooManyPages
from motcua.documents.rules.cards import FileCard
from motcua.documents.rules.pages import Pages
from motcua.dossiers.errors import Stale
from motcua.dossiers.rules.state import DocumentRef
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Refusal
from motcua.portal import who
from motcua.portal.papers import PagesOf
from motcua.theme.errors_on_page import PageError
from motcua.theme.paper_pages import PageLine, Stack, after_press, place_after, pressed, told_after
from motcua.theme.refusals import sentence

FILES = ("camera", "files")  # the fields of the page in the order in which what they bring is added


def purpose_of_draft(dossier_id: str, key: str = "") -> str:
    """Under which name the pages lie; without a key, what all of this draft begin with."""
    return f"draft:{dossier_id}:{key}"


def of_papers(
    owner: Actor, route: str, dossier_id: str, purpose: str, kept: tuple[DocumentRef, ...]
) -> PagesOf:
    """For the list of papers: where the pages of each are put together, and how many wait there unjoined."""
    lying = stored.all_pages(owner, purpose)

    def pages(key: str) -> tuple[str, int]:
        found = lying.get(purpose + key, Pages()).as_kept(files_of(key, kept))
        return reverse(route, args=[dossier_id, key]), found.waiting

    return pages


def files_of(key: str, kept: tuple[DocumentRef, ...]) -> list[str]:
    """The files that stand for this paper among those that came so far."""
    return [each.file_id for each in kept if each.key == key and each.file_id]


def forget_draft(owner: Actor, dossier_id: str) -> None:
    """The filing was sent: its papers are what they are."""
    documents.clear(actor=owner, purpose=purpose_of_draft(dossier_id))


@dataclass(frozen=True, slots=True)
class Pressed:
    """The id of what has the focus after a press, and what was done, in words; both may be empty."""

    place: str = ""
    told: str = ""


def added(count: int, now: int) -> str:
    return ngettext(
        "Đã thêm %(count)s trang. Nay có %(now)s trang.",
        "Đã thêm %(count)s trang. Nay có %(now)s trang.",
        count,
    ) % {"count": count, "now": now}


@dataclass(slots=True)
class PaperPages:
    """The pages of one paper. `kept` are all papers that came so far, this one's files among them; `owner` is
    whose tray the pages lie in."""

    request: HttpRequest
    purpose: str
    paper: RequiredDocument
    kept: tuple[DocumentRef, ...]
    owner: Actor
    errors: list[PageError] = field(default_factory=list)
    stack: Stack = field(init=False)
    counts: dict[str, int] = field(default_factory=dict)  # pages of files that came otherwise, by file

    def __post_init__(self) -> None:
        self.stack = Stack(
            actor=who.actor(self.request),
            owner=self.owner,
            at=who.now(),
            purpose=self.purpose,
            picture="portal:own_picture",
            file="portal:own_upload",
        )
        lying = self.stack.pages
        known = {*lying.file_ids, *lying.came, lying.joined}
        cards = stored.cards(tuple(each for each in self._here() if each not in known))
        for file_id, card in cards.items():
            with suppress(Refusal):  # a file without pages stays a paper of its own
                self.counts[file_id] = documents.count_pages(card)
        self.stack.pages = self._with_kept(lying)

    @property
    def pages(self) -> Pages:
        return self.stack.pages

    def _here(self) -> list[str]:
        return files_of(self.paper.key, self.kept)

    def _with_kept(self, pages: Pages) -> Pages:
        """What was taken back takes its pages along; files that came by themselves are pages too."""
        pages = pages.as_kept(self._here())
        for file_id in self._here():
            if file_id in self.counts:
                with suppress(TooManyPages):
                    pages = pages.with_paper(file_id, self.counts[file_id])
        return pages

    @property
    def has_dropped(self) -> bool:
        """Whether a file stands for the paper of which every page was dropped here."""
        return not self.pages.dropped.isdisjoint(self._here())

    def without_dropped(self, now: tuple[DocumentRef, ...]) -> tuple[DocumentRef, ...]:
        """The papers of now without the files of which every page was dropped: they are not to be sent."""
        gone = self.pages.dropped
        return tuple(each for each in now if each.key != self.paper.key or each.file_id not in gone)

    def press(self) -> Pressed:
        """Do what was pressed, after taking in what was chosen; what lies there is changed once."""
        files = self.request.FILES
        uploads = [each for name in FILES for each in cast("list[UploadedFile[bytes]]", files.getlist(name))]
        taken = [found for each in uploads if (found := self._taken(each)) is not None]
        before = stood = self.pages

        def change(pages: Pages) -> Pages:
            nonlocal before, stood
            before = stood = self._with_kept(pages)
            for card, count in taken:
                try:
                    stood = stood.added(card.id, count)
                except Refusal as refusal:
                    self._note(refusal)
            return after_press(self.request.POST, stood)

        self.stack.arrange(change)
        button, key = pressed(self.request.POST)
        if button:
            return Pressed(place_after(button, key, stood), told_after(button, key, stood))
        if stood == before:
            return Pressed()
        now = len(stood.pages)
        return Pressed(f"p-{stood.pages[-1].key}", added(now - len(before.pages), now))

    def _taken(self, upload: UploadedFile[bytes]) -> tuple[FileCard, int] | None:
        """The file with the number of its pages. One that cannot be taken does not spoil the others."""
        actor, at = who.actor(self.request), who.now()
        try:
            card = documents.store(upload=upload, name=upload.name or "", actor=actor, at=at)
            return card, documents.count_pages(card)
        except Refusal as refusal:
            self._note(refusal)
            return None

    def _note(self, refusal: Refusal) -> None:
        self.errors.append(PageError(sentence(refusal), f"#{FILES[-1]}"))

    def join(self) -> FileCard | None:
        """The paper these pages become; None with the reason noted."""
        try:
            made = self.stack.join(self.paper.name)
        except Refusal as refusal:
            self._note(refusal)
            return None
        return made

    def in_place(self, made: FileCard, now: tuple[DocumentRef, ...]) -> tuple[DocumentRef, ...]:
        """The papers of now, with the joined one in place of its pages and of what was made of them before.

        Raises Stale if one of its files was taken back elsewhere: it would come back by the joined one.
        """
        gone = {*self.pages.file_ids, *self.pages.came, self.pages.joined}
        if not gone.intersection(self._here()) <= {each.file_id for each in now}:
            raise Stale
        others = tuple(each for each in now if each.key != self.paper.key or each.file_id not in gone)
        return (*others, DocumentRef(self.paper.key, made.id, copies=1, name=self.paper.name))

    def note_joined(self, made: FileCard) -> None:
        self.stack.arrange(partial(_joined_as, made.id))

    def lines(self) -> list[PageLine]:
        return self.stack.lines()

    def said(self, count: int) -> str:
        return gettext("Đã ghép %(count)s trang thành một tệp PDF.") % {"count": count}


def _joined_as(file_id: str, pages: Pages) -> Pages:
    return pages.as_joined(file_id)
