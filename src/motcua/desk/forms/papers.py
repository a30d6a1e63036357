"""Papers on the counter: which of them lie there, in how many originals and copies, and their files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, cast

from django.core import signing
from django.utils.translation import gettext

from motcua.catalogue.rules.blank_forms import BlankFormCard, FormsOf
from motcua.catalogue.rules.sheets import OTHER_PAPERS, RequiredDocument
from motcua.documents import queries as documents
from motcua.documents import services as document_services
from motcua.documents.rules.cards import FileCard
from motcua.documents.rules.limits import PICTURES
from motcua.documents.rules.pages import Page, Pages, from_wire
from motcua.dossiers.rules.state import DocumentRef
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Refusal
from motcua.kernel.numbers import read_number
from motcua.kernel.text import visible
from motcua.theme.errors_on_page import PageError
from motcua.theme.forms import UNPRINTABLE, has_control_characters
from motcua.theme.paper_pages import PageLine, after_press, lines_of, pressed, told_after
from motcua.theme.refusals import sentence

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.utils.datastructures import MultiValueDict

MOST = 99
MOST_FILES = 10  # of one paper
KEPT_PAPERS = "motcua.desk.kept_papers"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper that is asked for, and in which numbers; `remark` tells the officer when or why."""

    key: str
    name: str
    remark: str = ""
    originals: int = 1
    copies: int = 0
    required: bool = True
    condition: str = ""
    forms: tuple[BlankFormCard, ...] = ()

    @classmethod
    def of(cls, component: RequiredDocument, remark: str = "", forms: FormsOf | None = None) -> Wanted:
        return cls(
            component.key,
            component.called,
            remark,
            component.originals,
            component.copies,
            component.required,
            component.own_condition,
            (forms or {}).get(component.key, ()),
        )


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One row of the table as it stands on the page; numbers are kept as typed, files once they have come.

    Pictures are `pages` of one file, ordered and turned here and joined when the dossier is made; every other
    file stands for itself in `files`.
    """

    index: int
    wanted: Wanted
    is_brought: bool
    originals: str
    copies: str
    note: str
    error: str
    files: tuple[FileCard, ...] = ()
    pages: Pages = field(default_factory=Pages)
    cards: Mapping[str, FileCard] = field(default_factory=dict)  # of the files that the pages come from
    told: str = ""  # what was just done to one of the pages, for who does not see them
    is_file_refused: bool = False
    line: str = ""  # of a sheet of several dossiers: what its fields bear before the number of the row

    @property
    def slot(self) -> str:
        """What the names of the row's fields end with."""
        return f"{self.line}{self.index}"

    @property
    def field(self) -> str:
        """The id that an error links to."""
        return f"brought_{self.slot}"

    @property
    def has_come(self) -> bool:
        """Whether anything of this paper was taken in."""
        return bool(self.files or self.pages.pages)

    @property
    def is_unfolded(self) -> bool:
        """Whether note and files stand open: something is there, another file is to be chosen, or the note is
        where papers are named that the procedure does not name."""
        is_named_there = self.wanted.key == OTHER_PAPERS.key
        return self.has_come or bool(self.note) or self.is_file_refused or is_named_there

    @property
    def kept(self) -> str:
        """What stands for the files on the page, so that another error does not lose them."""
        value = [[each.id for each in self.files], self.pages.as_wire()]
        return signing.dumps(value, salt=KEPT_PAPERS, compress=True) if self.has_come else ""

    def page_lines(self) -> list[PageLine]:
        """The pages as their list shows them."""
        return lines_of(self.pages, self.cards, picture="desk:page_picture", file="desk:sent_file")


class PaperRows:
    """The table of papers. Fields: `brought_<n>`, `originals_<n>`, `copies_<n>`, `paper_note_<n>`, and for
    what was scanned or photographed `paper_file_<n>`.

    The numbers stand there as the procedure asks for them, so that a tick is enough in the usual case.
    """

    def __init__(
        self, wanted: Iterable[Wanted], data: Mapping[str, str] | None, *, all_required: bool = False
    ) -> None:
        rows = _with_kept([_row(index, paper, data) for index, paper in enumerate(wanted)], data)
        self.rows = [_ticked(row) if all_required and row.wanted.required else row for row in rows]

    @property
    def required(self) -> tuple[str, ...]:
        """The names of the papers that every dossier needs."""
        return tuple(row.wanted.name for row in self.rows if row.wanted.required)

    def take_in(
        self, files: MultiValueDict[str, UploadedFile[bytes]] | None, *, actor: Actor, at: datetime
    ) -> None:
        """Keep the files that were sent with the page. What cannot be taken is said beside its paper.

        A paper of which a file has come is there: it needs no tick. Pictures are pages of one file.
        """
        if not files:
            return
        self.rows = [
            _with_files(row, uploads, actor, at)
            if (uploads := files.getlist(f"paper_file_{row.index}"))
            else row
            for row in self.rows
        ]

    def press(self, typed: Mapping[str, str]) -> None:
        """Do what was pressed beside a page of one of the papers, if it was."""
        name, key = pressed(typed)
        self.rows = [
            replace(row, pages=after_press(typed, row.pages), told=told_after(name, key, row.pages))
            for row in self.rows
        ]

    def in_line(self, number: int) -> None:
        """Name the fields by the line of a sheet in which they stand."""
        self.rows = [replace(row, line=f"{number}_") for row in self.rows]

    def mark_missing(self, names: Iterable[str]) -> tuple[str, ...]:
        """Say beside each of these papers that it is wanted; what was said."""
        wanted = set(names)
        text = gettext("Hãy đánh dấu “%(name)s” khi đã nhận, hoặc ghi chú vì sao không cần.")
        self.rows = [
            replace(row, error=text % {"name": row.wanted.name}) if row.wanted.name in wanted else row
            for row in self.rows
        ]
        return tuple(row.error for row in self.rows if row.wanted.name in wanted)

    def want_named(self) -> str:
        """Say beside the other papers that each of them is to be named; what was said."""
        text = gettext(
            "Hãy đánh dấu “Giấy tờ khác” và ghi tên từng giấy tờ đã nhận vào ghi chú, hoặc đánh dấu "
            "“Không có giấy tờ kèm theo”."
        )
        self.rows = [replace(row, error=row.error or text) for row in self.rows]
        return text

    def errors(self) -> list[tuple[str, str]]:
        """(id of the field, sentence) of every faulty row."""
        return [(row.field, row.error) for row in self.rows if row.error]

    def linked(self, errors: Iterable[PageError]) -> list[PageError]:
        """The errors of a page, those of papers with a link to their row."""
        fields = {text: f"#{field}" for field, text in self.errors()}
        return [replace(error, href=error.href or fields.get(error.text, "")) for error in errors]

    def documents(self, *, actor: Actor, at: datetime) -> tuple[DocumentRef, ...]:
        """The papers that are there, and those whose absence was explained; further files after the first.

        Joins the pages of each. Raises what `documents.services.join` raises.
        """
        return tuple(
            ref
            for row in self.rows
            if row.is_brought or visible(row.note)
            for ref in _references(row, _files(row, actor, at))
        )


def _files(row: PaperRow, actor: Actor, at: datetime) -> list[str]:
    """Its files by id, the joined pages first; a single picture as it was held stays as it came."""
    others = [each.id for each in row.files]
    match row.pages.pages:
        case ():
            return others
        case (Page(file_id=alone, turn=0),):
            return [alone, *others]
        case pages:
            joined = document_services.join(pages=pages, name=row.wanted.name, actor=actor, at=at)
            return [joined.id, *others]


def _references(row: PaperRow, files: list[str]) -> tuple[DocumentRef, ...]:
    first = DocumentRef(
        key=row.wanted.key,
        file_id=files[0] if files else None,
        originals=(_number(row.originals) or 0) if row.is_brought else 0,
        copies=(_number(row.copies) or 0) if row.is_brought else 0,
        note=visible(row.note),
        name=row.wanted.name,
    )
    more = (DocumentRef(row.wanted.key, each, name=row.wanted.name) for each in files[1:])
    return (first, *more)


def _row(index: int, wanted: Wanted, data: Mapping[str, str] | None) -> PaperRow:
    known = data is not None and f"originals_{index}" in data and data.get(f"paper_key_{index}") == wanted.key
    if data is None or not known:
        return PaperRow(index, wanted, False, str(wanted.originals), str(wanted.copies), "", "")
    originals, copies = data.get(f"originals_{index}", ""), data.get(f"copies_{index}", "")
    is_brought = f"brought_{index}" in data
    note = data.get(f"paper_note_{index}", "")[:300]
    error = gettext(UNPRINTABLE) if has_control_characters(note) else ""
    if is_brought and not error:
        error = _fault(wanted.name, originals, copies)
    return PaperRow(index, wanted, is_brought, originals, copies, note, error)


def _ticked(row: PaperRow) -> PaperRow:
    if row.is_brought:
        return row
    error = row.error or _fault(row.wanted.name, row.originals, row.copies)
    return replace(row, is_brought=True, error=error)


def _with_files(row: PaperRow, uploads: list[UploadedFile[bytes]], actor: Actor, at: datetime) -> PaperRow:
    """A file that cannot be taken does not spoil the others; each of them is named with its reason."""
    found = row
    for upload in uploads:
        try:
            found = _with_file(found, upload, actor, at)
        except Refusal as refusal:
            before = found.error if found.is_file_refused else ""
            found = replace(found, error=f"{before} {sentence(refusal)}".strip(), is_file_refused=True)
    return _ticked(found) if found.has_come else found


def _with_file(row: PaperRow, upload: UploadedFile[bytes], actor: Actor, at: datetime) -> PaperRow:
    if len(row.files) + bool(row.pages.pages) >= MOST_FILES:
        values = {"name": row.wanted.name, "most": MOST_FILES}
        return replace(row, error=gettext("“%(name)s” nhận nhiều nhất %(most)d tệp.") % values)
    name = upload.name or row.wanted.name
    card = document_services.store(upload=upload, name=name, actor=actor, at=at)
    if card.media_type not in PICTURES:
        return replace(row, files=(*row.files, card))
    pages = row.pages.added(card.id, document_services.count_pages(card))
    return replace(row, pages=pages, cards={**row.cards, card.id: card})


def _with_kept(rows: list[PaperRow], data: Mapping[str, str] | None) -> list[PaperRow]:
    """With what had come before; all cards in one query."""
    kept = [_kept(str((data or {}).get(f"paper_kept_{row.index}", ""))) for row in rows]
    wanted = tuple(dict.fromkeys(each for files, pages in kept for each in (*files, *pages.file_ids)))
    cards = documents.cards(wanted) if wanted else {}
    return [
        replace(
            row,
            files=tuple(cards[each] for each in files if each in cards),
            pages=pages,
            cards={each: cards[each] for each in pages.file_ids if each in cards},
        )
        if files or pages.pages
        else row
        for row, (files, pages) in zip(rows, kept, strict=True)
    ]


def _kept(token: str) -> tuple[list[str], Pages]:
    """What a token stands for: ids of files, and pages; nothing for one that is not ours."""
    try:
        files, pages = signing.loads(token, salt=KEPT_PAPERS, max_age=24 * 3600) if token else ([], {})
    except (signing.BadSignature, ValueError):
        return [], Pages()
    return cast("list[str]", files), from_wire(pages)


def _fault(name: str, originals: str, copies: str) -> str:
    numbers = _number(originals), _number(copies)
    if None in numbers:
        return gettext("Số bản của “%(name)s” phải là số từ 0 đến 99.") % {"name": name}
    if not any(numbers):
        return gettext("Hãy ghi số bản chính hoặc bản sao của “%(name)s”.") % {"name": name}
    return ""


def _number(typed: str) -> int | None:
    typed = visible(typed)
    if not typed:
        return 0
    number = read_number(typed, digits=9)
    return number if number is not None and number <= MOST else None
