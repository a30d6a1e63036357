"""Papers sent as files: what is asked, what has come, and taking in more."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext

from motcua.catalogue.enums import Channel
from motcua.catalogue.rules.blank_forms import BlankFormCard, FormsOf
from motcua.catalogue.rules.sheets import ProcedureSheet, RequiredDocument
from motcua.documents import queries as stored
from motcua.documents import services as documents
from motcua.documents.rules.cards import FileCard
from motcua.documents.rules.limits import type_of
from motcua.dossiers.rules.state import DocumentRef, EarlierPaper
from motcua.kernel.errors import Refusal
from motcua.portal import who
from motcua.theme import wording
from motcua.theme.errors_on_page import PageError
from motcua.theme.refusals import sentence

FILE, CAMERA, NOTE = "file-", "camera-", "note-"
LONGEST_NOTE = 500  # characters of the reason why a paper is not handed in
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
class Earlier:
    """A file that a supplement replaced, and when."""

    file: Sent
    replaced_at: datetime


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper on the page: what it is, what has come for it, what was wrong with the last try."""

    paper: RequiredDocument
    sent: tuple[Sent, ...]
    note: str
    errors: tuple[str, ...]  # one for each file that could not be taken
    pages_href: str = ""  # where its pages are put together
    unjoined: int = 0  # pages that lie there otherwise than in what was sent of it
    forms: tuple[BlankFormCard, ...] = ()  # to take home and fill in
    href: str = ""  # the page on which it is changed, where each paper has its own
    before: tuple[Sent, ...] = ()  # handed in already, when a supplement is asked for
    is_instead: bool = False  # what comes now takes the place of `before`
    earlier: tuple[Earlier, ...] = ()  # what supplements replaced
    on_paper: str = ""  # how many the desk was given of it, and how

    @property
    def field(self) -> str:
        return FILE + self.paper.key

    @property
    def page_errors(self) -> list[PageError]:
        return [PageError(text, f"#{self.field}") for text in self.errors]

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


@dataclass(frozen=True, slots=True)
class Unjoined:
    """Pages of one paper that lie there and are in no file of it: they are not sent. `href` is where they are
    joined."""

    key: str
    name: str
    pages: int
    href: str

    @property
    def said(self) -> str:
        text = ngettext(
            "“%(paper)s”: %(count)s trang chưa ghép.", "“%(paper)s”: %(count)s trang chưa ghép.", self.pages
        )
        return text % {"paper": self.name, "count": self.pages}


def unjoined_in(lines: Iterable[PaperRow]) -> list[Unjoined]:
    """What of these papers waits to be joined."""
    return [
        Unjoined(row.paper.key, row.paper.name, row.unjoined, row.pages_href) for row in lines if row.unjoined
    ]


def tell_unjoined(request: HttpRequest, lines: Iterable[PaperRow]) -> None:
    """Say on the next page which papers have pages that are not joined, with where to join them."""
    for each in unjoined_in(lines):
        link = format_html('<a class="govuk-link" href="{}">{}</a>', each.href, gettext("Ghép các trang này"))
        messages.warning(request, format_html("{} {}", each.said, link))


@dataclass(slots=True)
class Taken:
    """The outcome of one sending: all papers now there, and what could not be taken, by paper.

    `typed` are reasons that are not kept yet, as a page elsewhere gave others.
    """

    documents: tuple[DocumentRef, ...]
    errors: dict[str, tuple[str, ...]]
    typed: dict[str, str] = field(default_factory=dict)
    added: tuple[DocumentRef, ...] = ()
    removed: tuple[DocumentRef, ...] = ()

    def say(self, request: HttpRequest) -> str:
        """Tell on the next page which files came and which were taken back; where that was on the page, as
        the end of its address, empty where nothing was done."""
        changed = (*self.added, *self.removed)
        if not changed:
            return ""
        cards = stored.cards(tuple(each.file_id for each in changed if each.file_id))

        def names(files: tuple[DocumentRef, ...]) -> dict[str, str]:
            found = (cards[each.file_id].name for each in files if each.file_id in cards)
            return {"names": ", ".join(found)}

        told = []
        if self.added:
            told.append(gettext("Đã nhận: %(names)s.") % names(self.added))
        if self.removed:
            told.append(gettext("Đã bỏ: %(names)s.") % names(self.removed))
        messages.success(request, " ".join(told))
        return f"#paper-{changed[0].key}"

    def page_errors(self, rows: Iterable[PaperRow]) -> list[PageError]:
        return [error for row in rows for error in row.page_errors]

    def add_error(self, key: str, text: str) -> None:
        self.errors[key] = (*self.errors.get(key, ()), text)


@dataclass(frozen=True, slots=True)
class Brought:
    """What one sending brings: files, a file taken back, reasons by paper; and what could not be taken.

    It is a change, not a state: it goes onto whatever papers stand there by now.
    """

    added: tuple[DocumentRef, ...]
    removed: str
    notes: tuple[tuple[RequiredDocument, str], ...]
    errors: Mapping[str, tuple[str, ...]]

    def onto(self, now: tuple[DocumentRef, ...], drawn_from: tuple[DocumentRef, ...]) -> Taken:
        """The papers that stand there now with this change; `drawn_from` are those that the page showed.

        A reason that the page did not change stays as it is now. What contradicts a change made elsewhere is
        left as it stands there, and told.
        """
        taken = Taken((), dict(self.errors))
        present = [each for each in now if each.file_id is None or each.file_id != self.removed]
        self._tell_of_removed(now, drawn_from, taken)
        for paper, text in self.notes:
            before, current = note_of(drawn_from, paper.key), note_of(now, paper.key)
            if text in (before, current):
                continue
            if len(text) > LONGEST_NOTE:
                taken.typed[paper.key] = text
                told = gettext(
                    "Lý do không phải nộp “%(paper)s” có %(count)s ký tự, nhiều nhất được %(most)s. "
                    "Hãy viết ngắn lại."
                )
                about = {"paper": paper.name, "count": len(text), "most": LONGEST_NOTE}
                taken.add_error(paper.key, told % about)
                continue
            if current == before:
                present = with_note(present, paper, text)
            else:
                taken.typed[paper.key] = text
                told = gettext(
                    "Lý do không phải nộp “%(paper)s” vừa được sửa ở một trang khác; nay là: %(text)s. "
                    "Xem lại rồi bấm lần nữa để giữ lý do bạn gõ."
                ) % {"paper": paper.name, "text": f"“{current}”" if current else gettext("để trống")}
                taken.add_error(paper.key, told)
        taken.added = tuple(_not_there_yet(self.added, present))
        taken.removed = tuple(each for each in now if self.removed and each.file_id == self.removed)
        taken.documents = (*present, *taken.added)
        return taken

    def _tell_of_removed(
        self, now: tuple[DocumentRef, ...], drawn_from: tuple[DocumentRef, ...], taken: Taken
    ) -> None:
        """A file that is gone already is no news, unless something else came in its place: it may hold it."""
        known = {each.file_id for each in drawn_from}
        if not self.removed or any(each.file_id == self.removed for each in now):
            return
        for gone in drawn_from:
            if gone.file_id == self.removed and any(
                each.key == gone.key and each.file_id and each.file_id not in known for each in now
            ):
                told = gettext(
                    "Giấy này vừa được ghép hoặc thay ở một trang khác. Dưới đây là tệp đang có; "
                    "nếu vẫn muốn bỏ, hãy bấm “Bỏ” bên cạnh tệp đó."
                )
                taken.add_error(gone.key, told)


def _not_there_yet(added: Iterable[DocumentRef], present: Iterable[DocumentRef]) -> list[DocumentRef]:
    """What was brought, but no file that is there by name and content: the button was pressed twice."""
    added, present = list(added), list(present)
    files = stored.cards(tuple(each.file_id for each in (*added, *present) if each.file_id))

    def mark(ref: DocumentRef) -> tuple[str, str, str] | None:
        card = files.get(ref.file_id or "")
        return (ref.key, card.name, card.sha256) if card else None

    there = {mark(each) for each in present} - {None}
    return [each for each in added if mark(each) not in there]


def asked(sheet: ProcedureSheet, variant: str) -> tuple[RequiredDocument, ...]:
    """Papers sent as files: the e-form replaces the paper form it is of; what is only shown is not sent."""
    return as_files(sheet, sheet.components_for(Channel.ONLINE, variant))


def as_files(sheet: ProcedureSheet, components: Iterable[RequiredDocument]) -> tuple[RequiredDocument, ...]:
    """Those of the components that are sent as files."""
    return tuple(each for each in components if not sheet.is_answered(each) and not each.is_shown_only)


def take(request: HttpRequest, papers: Iterable[RequiredDocument]) -> Brought:
    """Store each file that was sent, once; what the sending brings is then put onto what was kept.

    A file that cannot be taken does not spoil the others; each of them is named with its reason.
    """
    added: list[DocumentRef] = []
    notes: list[tuple[RequiredDocument, str]] = []
    errors: dict[str, tuple[str, ...]] = {}
    for paper in papers:
        note = request.POST.get(NOTE + paper.key)
        if note is not None:
            notes.append((paper, " ".join(note.split())))
        sent = [*request.FILES.getlist(CAMERA + paper.key), *request.FILES.getlist(FILE + paper.key)]
        for upload in cast("list[UploadedFile[bytes]]", sent):
            try:
                card = documents.store(
                    upload=upload, name=upload.name or "", actor=who.actor(request), at=who.now()
                )
            except Refusal as refusal:
                errors[paper.key] = (*errors.get(paper.key, ()), sentence(refusal))
                continue
            added.append(DocumentRef(paper.key, card.id, copies=1, name=paper.name))
    return Brought(tuple(added), request.POST.get("remove", ""), tuple(notes), errors)


def note_of(present: Iterable[DocumentRef], key: str) -> str:
    """The reason why a paper is not needed, empty where none is given."""
    return next((each.note for each in present if each.key == key and not each.file_id), "")


def with_note(present: list[DocumentRef], paper: RequiredDocument, text: str) -> list[DocumentRef]:
    """The reason why a paper is not needed stands as a reference of its own, without a file."""
    others = [each for each in present if each.key != paper.key or each.file_id]
    return [*others, DocumentRef(paper.key, note=text, name=paper.name)] if text else others


def rows(
    papers: Iterable[RequiredDocument],
    present: tuple[DocumentRef, ...],
    errors: Mapping[str, tuple[str, ...]] | None = None,
    pages: PagesOf = _no_pages,
    forms: FormsOf | None = None,
    cards: Mapping[str, FileCard] | None = None,
) -> list[PaperRow]:
    """A row for each paper; `cards` are those of the files that came, where they are known already."""
    if cards is None:
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
            (errors or {}).get(paper.key, ()),
            *pages(paper.key),
            forms=(forms or {}).get(paper.key, ()),
        )
        for paper in papers
    ]


def with_before(
    lines: Iterable[PaperRow], before: Iterable[DocumentRef], instead: Collection[str]
) -> list[PaperRow]:
    """The rows of a supplement, each with what was handed in of its paper, and whether that is replaced."""
    files = [each for each in before if each.file_id]
    cards = stored.cards(tuple(each.file_id for each in files if each.file_id))
    found: dict[str, list[Sent]] = {}
    for each in files:
        found.setdefault(each.key, []).append(with_card(each, cards.get(each.file_id or "")))
    return [
        replace(row, before=tuple(found.get(row.paper.key, ())), is_instead=row.paper.key in instead)
        for row in lines
    ]


def with_earlier(
    lines: Iterable[PaperRow], earlier: Iterable[EarlierPaper], cards: Mapping[str, FileCard]
) -> list[PaperRow]:
    """The rows of a dossier, each with the files of its paper that were replaced."""
    found: dict[str, list[Earlier]] = {}
    for each in earlier:
        file = with_card(each.document, cards.get(each.document.file_id or ""))
        found.setdefault(each.document.key, []).append(Earlier(file, each.replaced_at))
    return [replace(row, earlier=tuple(found.get(row.paper.key, ()))) for row in lines]


def with_paper(
    lines: Iterable[PaperRow], present: Iterable[DocumentRef], sheet: ProcedureSheet, channel: str
) -> list[PaperRow]:
    """The rows of a dossier, each with what the desk has of it on paper."""
    known = {each.key: each for each in sheet.components}
    how = {
        Channel.COUNTER: gettext("%(counts)s, nộp tại quầy"),
        Channel.POSTAL: gettext("%(counts)s, gửi qua bưu chính"),
    }.get(Channel(channel), gettext("%(counts)s, nộp bản giấy"))
    found: dict[str, list[str]] = {}
    for each in present:
        component = known.get(each.key)
        if counts := wording.papers_handed_in(each, component, channel):
            is_only_shown = component is not None and component.is_shown_only
            found.setdefault(each.key, []).append(counts if is_only_shown else how % {"counts": counts})
    return [replace(row, on_paper="; ".join(found.get(row.paper.key, ()))) for row in lines]


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


def with_errors(lines: Iterable[PaperRow], errors: Mapping[str, tuple[str, ...]]) -> list[PaperRow]:
    return [replace(row, errors=errors.get(row.paper.key, row.errors)) for row in lines]


def with_typed(lines: Iterable[PaperRow], typed: Mapping[str, str]) -> list[PaperRow]:
    """The rows with reasons as they were typed, where these are not kept yet."""
    return [replace(row, note=typed.get(row.paper.key, row.note)) for row in lines]


def worth_showing(lines: Iterable[PaperRow]) -> list[PaperRow]:
    """What has come, and what is still missing; papers that were not needed are left out."""
    return [row for row in lines if row.sent or row.note or row.on_paper or row.paper.required]
