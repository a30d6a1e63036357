"""Papers sent as files: what is asked, what has come, and taking in more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from motcua.catalogue.rules.sheets import RequiredDocument
from motcua.documents import queries as stored
from motcua.documents import services as documents
from motcua.documents.rules.cards import FileCard
from motcua.documents.rules.limits import type_of
from motcua.dossiers.rules.state import DocumentRef
from motcua.kernel.errors import Refusal
from motcua.portal import who
from motcua.theme.errors_on_page import PageError
from motcua.theme.refusals import sentence

FILE, CAMERA, NOTE = "file-", "camera-", "note-"
PagesOf = Callable[[str], tuple[str, int]]  # for a paper's key: where its pages are, and how many wait there


def _no_pages(key: str) -> tuple[str, int]:
    return "", 0


@dataclass(frozen=True, slots=True)
class Sent:
    """One file that has come for a paper; `kind` is its type for people, `size` in bytes, None if unknown."""

    file_id: str
    name: str
    kind: str = ""
    size: int | None = None
    has_picture: bool = False


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper on the page: what it is, what has come for it, what was wrong with the last try."""

    paper: RequiredDocument
    sent: tuple[Sent, ...]
    note: str
    error: str
    pages_href: str = ""  # where its pages are put together
    unjoined: int = 0  # pages that lie there and are not joined yet

    @property
    def field(self) -> str:
        return FILE + self.paper.key

    @property
    def camera_field(self) -> str:
        return CAMERA + self.paper.key

    @property
    def note_field(self) -> str:
        return NOTE + self.paper.key

    @property
    def may_be_left_out(self) -> bool:
        """A paper needed only under a condition may be answered by a reason instead."""
        return self.paper.required and bool(self.paper.condition)


@dataclass(slots=True)
class Taken:
    """The outcome of one sending: all papers now there, and what could not be taken, by paper."""

    documents: tuple[DocumentRef, ...]
    errors: dict[str, str]

    def page_errors(self, rows: Iterable[PaperRow]) -> list[PageError]:
        return [PageError(row.error, f"#{row.field}") for row in rows if row.error]


def asked(components: Iterable[RequiredDocument]) -> tuple[RequiredDocument, ...]:
    """Papers sent as files: the e-form replaces the paper form, and what is only shown is not sent."""
    return tuple(each for each in components if not each.is_form and not each.is_shown_only)


def take(request: HttpRequest, papers: Iterable[RequiredDocument], kept: tuple[DocumentRef, ...]) -> Taken:
    """Store each file that was sent and add it to what was kept; remove what was taken back.

    A file that cannot be taken does not spoil the others.
    """
    removed = request.POST.get("remove", "")
    present = [each for each in kept if each.file_id is None or each.file_id != removed]
    errors: dict[str, str] = {}
    for paper in papers:
        present = with_note(present, paper, request.POST.get(NOTE + paper.key))
        sent = [*request.FILES.getlist(CAMERA + paper.key), *request.FILES.getlist(FILE + paper.key)]
        for upload in cast("list[UploadedFile[bytes]]", sent):
            try:
                card = documents.store(
                    upload=upload, name=upload.name or "", actor=who.actor(request), at=who.now()
                )
            except Refusal as refusal:
                errors[paper.key] = sentence(refusal)
                continue
            present.append(DocumentRef(paper.key, card.id, copies=1, name=paper.name))
    return Taken(tuple(present), errors)


def with_note(present: list[DocumentRef], paper: RequiredDocument, note: str | None) -> list[DocumentRef]:
    """The reason why a paper is not needed stands as a reference of its own, without a file."""
    if note is None:
        return present
    others = [each for each in present if each.key != paper.key or each.file_id]
    text = " ".join(note.split())[:500]
    return [*others, DocumentRef(paper.key, note=text, name=paper.name)] if text else others


def rows(
    papers: Iterable[RequiredDocument],
    present: tuple[DocumentRef, ...],
    errors: Mapping[str, str] | None = None,
    pages: PagesOf = _no_pages,
) -> list[PaperRow]:
    cards = stored.cards(tuple(each.file_id for each in present if each.file_id))
    return [
        PaperRow(
            paper,
            tuple(
                with_card(each, cards.get(each.file_id))
                for each in present
                if each.key == paper.key and each.file_id
            ),
            next((each.note for each in present if each.key == paper.key and each.note), ""),
            (errors or {}).get(paper.key, ""),
            *pages(paper.key),
        )
        for paper in papers
    ]


def with_card(reference: DocumentRef, card: FileCard | None) -> Sent:
    """A file that has come, with what its card says of it."""
    kind = type_of(card.media_type) if card else None
    if card is None or kind is None:
        return Sent(reference.file_id or "", card.name if card else reference.name)
    return Sent(card.id, card.name, kind.label, card.size, kind.is_shown_inline)


def lacking(lines: Iterable[PaperRow]) -> list[PaperRow]:
    """Required papers for which nothing has come, neither file nor reason."""
    return [
        row for row in lines if row.paper.required and not row.sent and not (row.may_be_left_out and row.note)
    ]


def with_errors(lines: Iterable[PaperRow], errors: Mapping[str, str]) -> list[PaperRow]:
    return [replace(row, error=errors.get(row.paper.key, row.error)) for row in lines]


def worth_showing(lines: Iterable[PaperRow]) -> list[PaperRow]:
    """What has come, and what is still missing; papers that were not needed are left out."""
    return [row for row in lines if row.sent or row.note or row.paper.required]
