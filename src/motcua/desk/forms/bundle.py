"""A sheet for one visit: what is the same for all is typed once, each line is a dossier of its own."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext

from motcua.accounts.rules.identity_cards import read_card
from motcua.agencies.rules.cards import AgencyCard
from motcua.catalogue import queries as catalogue
from motcua.catalogue.enums import Channel
from motcua.desk.forms.intake import Intake, Sent
from motcua.dossiers.services import MOST_AT_ONCE
from motcua.kernel.errors import N_
from motcua.kernel.money import Money
from motcua.theme.errors_on_page import PageError

if TYPE_CHECKING:
    from motcua.catalogue.rules.cards import ProcedureCard
    from motcua.catalogue.rules.sheets import ProcedureSheet
    from motcua.desk.forms.papers import PaperRow
    from motcua.desk.twins import Warned

AT_FIRST = 5
_KEY = re.compile(r"[0-9a-f]{32}")
_CELLS = re.compile(r"[\t;|]")
_NUMBER = re.compile(r"\d[\d .\-]{11,19}")
_BEFORE = re.compile(r"(\d{0,4}[.)]?|ông|bà|ông/bà)", re.IGNORECASE)
PERSON = (
    "personal_id",
    "kind",
    "name",
    "nationality",
    "date_of_birth",
    "phone",
    "email",
    "address",
    "filled",
)
WAYBILL = "waybill"  # of one line, where envelopes came each by itself
_LONGEST = 8_000  # of a field of papers: what stands for sixty pages fits
_PAPER_FIELDS = re.compile(
    r"(paper_key|paper_note|paper_kept|paper_file|originals|copies|brought)_(\d+)_(\d+)"
)
_UNREAD = N_(
    "Chưa điền được %(count)d dòng còn lại ở ô này: không thấy số định danh 12 chữ số ở đầu dòng. "
    "Hãy sửa rồi điền lại, hoặc xóa dòng không cần."
)
_NOT_LAID_IN = N_("Danh sách còn %(count)d dòng chưa được điền vào tờ. Hãy điền vào các dòng, hoặc xóa đi.")
_PROCEDURE = ("version_id", "procedure_text", "variant")


class Kind(StrEnum):
    """What the lines of a sheet are; the value stands in its address."""

    PEOPLE = "nhieu-nguoi"  # many people, one procedure
    PROCEDURES = "nhieu-thu-tuc"  # one person, many procedures

    @property
    def in_line(self) -> tuple[str, ...]:
        """The fields that differ from line to line; all others are typed once."""
        return (*PERSON, WAYBILL) if self is Kind.PEOPLE else _PROCEDURE


class Fault(NamedTuple):
    name: str
    text: str
    anchor: str


@dataclass
class Line:
    """One line as it stands on the page. `key` makes its dossier the same however often it is sent.

    An open line shows its papers one by one, with their files; `papers` are their fields as a single intake
    names them.
    """

    index: int
    key: str
    typed: dict[str, str]
    all_papers: bool
    no_papers: bool = False
    is_open: bool = False
    papers: dict[str, str] = field(default_factory=dict)
    sent: Sent | None = None
    form: Intake | None = None
    found: tuple[ProcedureCard, ...] = ()
    word: str = ""
    errors: list[str] = field(default_factory=list)
    warned: Warned | None = None
    sent_as: int = -1  # the number it was sent under: lines above may have been taken in since

    @property
    def is_empty(self) -> bool:
        return not any(value.strip() for name, value in self.typed.items() if name not in ("kind", "filled"))

    def name_of(self, name: str) -> str:
        return f"{name}_{self.index}"

    def said_by(self, name: str) -> str:
        """The field that came with the page."""
        return f"{name}_{self.sent_as}"

    @property
    def sheet(self) -> ProcedureSheet | None:
        return self.form.sheet if self.form else None

    @property
    def rows(self) -> list[PaperRow]:
        """The papers of an open line."""
        return self.form.papers.rows if self.form and self.is_open else []

    @property
    def asks_papers(self) -> bool:
        """Whether there may be papers to tick off: not once a procedure is chosen that asks for none."""
        return self.form is None or self.form.sheet is None or bool(self.form.papers.rows)

    @property
    def has_unknown_papers(self) -> bool:
        """Whether its papers are to be named one by one, for no list says which there are."""
        return self.sheet is not None and self.sheet.has_unknown_papers

    @property
    def faulty(self) -> frozenset[str]:
        """The fields of the line that something is wrong with."""
        return frozenset(self.form.errors) if self.form and self.errors else frozenset()

    @property
    def is_open_question(self) -> bool:
        """Whether it is empty still, or asks for a procedure of which there are several or none."""
        is_asking = bool(self.typed.get("procedure_text", "").strip()) and not self.typed.get("version_id")
        return self.is_empty or is_asking

    @property
    def goes_on_at(self) -> str:
        """Where the officer goes on in this line: at the first of the procedures to choose from, else at
        its first field."""
        return f"choice_{self.index}" if self.found else self.anchor

    @property
    def anchor(self) -> str:
        """The first field of the line: where it is gone on with, and where its errors lead."""
        first = next(iter(self.typed))
        return self.name_of("procedure_text" if first == "version_id" else first)


class BundleSheet:
    """Lines beside a form of what they share. Each line is judged as an intake of its own: the same form, the
    same rules; what is wrong with what they share is said once."""

    def __init__(
        self,
        kind: Kind,
        typed: Mapping[str, str],
        *,
        agencies: tuple[AgencyCard, ...],
        today: date,
        sent: Sent | None = None,
    ) -> None:
        self.kind, self.agencies, self.today, self.sent = kind, agencies, today, sent
        key = str(typed.get("bundle_key", ""))
        self.key = key if _KEY.fullmatch(key) else uuid4().hex
        self.shared = {
            name: str(value)
            for name, value in typed.items()
            if name in Intake.base_fields and name not in kind.in_line
        }
        self.lines = [_line(kind, typed, index) for index in range(_count(typed))]
        _lay_papers(self.lines, typed, sent)
        self.errors: list[PageError] = []
        self.found: tuple[ProcedureCard, ...] = ()
        self.asked = self.word = self.bringer_word = ""
        self.pasted = str(typed.get("list", "")) if kind is Kind.PEOPLE else ""
        self.pasted_word = ""

    # --- what is on the page ------------------------------------------------------------------------------
    def common(self) -> Intake:
        """The form of what the lines share, as typed; once judged, with what is wrong beside its fields."""
        judged = next((line.form for line in self.lines if line.form and line.form.is_bound), None)
        if self.errors and judged is not None:
            return judged
        sheet = _sheet(self.shared.get("version_id", "")) if self.kind is Kind.PEOPLE else None
        start = {key: value for key, value in self.shared.items() if value}
        return Intake(agencies=self.agencies, sheet=sheet, today=self.today, initial=start)

    @property
    def is_by_post(self) -> bool:
        return self.shared.get("channel") == Channel.POSTAL.value

    def show(self) -> None:
        """Make the forms of the lines, to be looked at and not judged; fields are named by their line."""
        for line in self.lines:
            line.form = line.form or self._form(line, is_bound=False)
            line.form.papers.in_line(line.index)

    @property
    def total(self) -> Money | None:
        """What all filled lines cost together; None where that of a line is not sure, or there are none."""
        fees = [line.form.fees for line in self.lines if line.form and not line.is_empty]
        sums = [each.total for each in fees if each is not None]
        if not sums or len(sums) < len(fees):
            return None
        known = [each for each in sums if each is not None]
        return Money(sum(each.vnd for each in known)) if len(known) == len(sums) else None

    def more(self, count: int) -> None:
        room = MOST_AT_ONCE - len(self.lines)
        for _ in range(min(count, room)):
            self.lines.append(_blank(self.kind, len(self.lines)))

    def first_empty(self) -> Line | None:
        return next((line for line in self.lines if line.is_empty), None)

    def put(self, entries: list[dict[str, str]]) -> int:
        """Lay entries into empty lines, adding lines as far as there is room; how many found no place."""
        for number, entry in enumerate(entries):
            line = self.first_empty()
            if line is None:
                self.more(1)
                line = self.first_empty()
            if line is None:
                return len(entries) - number
            line.typed |= entry
        return 0

    def paste(self) -> tuple[int, int]:
        """Lay the pasted list into the lines: how many people found a place, and how many none.

        What was not understood, and who found no place, stays in the list as it was typed.
        """
        read = read_list(self.pasted)
        entries = [entry for _line, entry in read if entry is not None]
        left = self.put(entries)
        placed, kept = len(entries) - left, []
        for line, entry in read:
            if entry is None or placed == 0:
                kept.append(line)
            else:
                placed -= 1
        unread = sum(entry is None for _line, entry in read)
        self.pasted = "\n".join(kept)
        if not read:
            self.pasted_word = gettext("Chưa có dòng nào trong danh sách.")
        elif unread:
            self.pasted_word = gettext(_UNREAD) % {"count": unread}
        return len(entries) - left, left

    # --- judging ------------------------------------------------------------------------------------------
    def judged(self, only: Line | None = None) -> list[Line]:
        """The lines that are filled in and can be taken in; what is wrong with the others stands with them.
        With `only`, no other line is looked at.

        An error that all of them have in what they share keeps all of them: it is said once, and nothing is
        taken in. One that only some have (a child without who brings it) is theirs.
        """
        filled = [line for line in self.lines if not line.is_empty and only in (None, line)]
        if not filled and only is None:
            self.errors.append(PageError(gettext("Hãy điền ít nhất một dòng."), f"#{self._first_field()}"))
        elif only is not None and not filled:
            only.errors.append(gettext("Dòng này chưa điền nên chưa có phiếu để xem trước."))
        found = []
        for line in filled:
            line.form = self._form(line, is_bound=True)
            found.append(_faults(line.form))
        of_all = set.intersection(*(set(faults) for faults in found)) if found else set()
        shared = [fault for fault in found[0] if fault in of_all and self._is_shared(fault)] if found else []
        for line, faults in zip(filled, found, strict=True):
            line.errors += [fault.text for fault in faults if fault not in shared]
        self.errors += [PageError(fault.text, fault.anchor) for fault in shared]
        return [] if shared else [line for line in filled if not line.errors]

    def line_at(self, typed: str) -> Line | None:
        """The line of this number, as a button of the page says it."""
        return next((line for line in self.lines if typed == str(line.index)), None)

    def page_errors(self) -> list[PageError]:
        """Everything that is wrong, each with the way to where it is put right."""
        of_lines = [
            PageError(
                gettext("Dòng %(number)d: %(text)s") % {"number": line.index + 1, "text": text},
                f"#{line.anchor}",
            )
            for line in self.lines
            for text in line.errors
        ]
        of_list = [PageError(self.pasted_word, "#list")] if self.pasted_word else []
        return [*self.errors, *of_lines, *of_list]

    def without(self, done: set[int]) -> None:
        """Take the lines off the sheet that have been taken in; the others keep what stands in them."""
        self.lines = [line for line in self.lines if line.index not in done]
        for index, line in enumerate(self.lines):
            line.index = index
        if not self.lines:
            self.more(AT_FIRST)
        count = len(read_list(self.pasted))
        if count:
            self.pasted_word = gettext(_NOT_LAID_IN) % {"count": count}

    def _is_shared(self, fault: Fault) -> bool:
        return bool(fault.name) and fault.name not in self.kind.in_line

    def _first_field(self) -> str:
        return f"{'personal_id' if self.kind is Kind.PEOPLE else 'procedure_text'}_0"

    def _form(self, line: Line, *, is_bound: bool) -> Intake:
        channel = self.shared.get("channel") or Channel.COUNTER.value
        data = self.shared | line.typed | line.papers | {"channel": channel, "request_key": line.key}
        if line.typed.get(WAYBILL, "").strip():
            data["postal_number"] = line.typed[WAYBILL]
        if line.all_papers:
            data["all_papers"] = "on"
        if line.no_papers:
            data["no_papers"] = "on"
        if len(self.agencies) == 1:
            data["agency"] = str(self.agencies[0].id)
        sheet = _sheet(data.get("version_id", ""))
        given: dict[str, Any] = {"data": data} if is_bound else {"initial": data}
        return Intake(
            **given, agencies=self.agencies, sheet=sheet, today=self.today, sent=self._files_of(line)
        )

    def _files_of(self, line: Line) -> Sent | None:
        """The files of a line, which are taken in once: its form is made anew when it is shown again."""
        sent, line.sent = line.sent, None
        return sent or (replace(self.sent, files=MultiValueDict()) if self.sent else None)


def read_list(text: str) -> list[tuple[str, dict[str, str] | None]]:
    """People from a pasted list, a line each: number, name, date of birth, phone, address, apart by tab,
    semicolon, | or comma; or what a scanner reads off a card. None beside a line that does not begin so."""
    lines = (raw.strip() for raw in text.splitlines())
    return [(line, _entry(line)) for line in lines if line]


def _entry(line: str) -> dict[str, str] | None:
    card = read_card(line)
    if card is not None:
        born = card.date_of_birth.strftime("%d/%m/%Y") if card.date_of_birth else ""
        return {
            "personal_id": card.personal_id,
            "name": card.name,
            "date_of_birth": born,
            "address": card.address,
        }
    cut = (_from_number(re.split(_CELLS, line)), _from_number(_comma_cells(line)))
    parts = next((parts for parts in cut if parts), None)
    if parts is None:
        return None
    number, *said = parts
    *others, address = [*said[:3], ", ".join(part for part in said[3:] if part)]  # an address holds commas
    names = ("name", "date_of_birth", "phone")
    entry = {"personal_id": re.sub(r"\D", "", number)} | dict(zip(names, others, strict=False))
    return entry | ({"address": address} if address else {})


def _comma_cells(line: str) -> list[str]:
    """The cells of a line as spreadsheets write it: quotation marks hold a cell with commas together."""
    try:
        return next(csv.reader([line], skipinitialspace=True), [])
    except csv.Error:
        return line.split(",")


def _from_number(cells: list[str]) -> list[str]:
    """The cells from the number of a person on; nothing where there is none, or more than a running number
    and a title stands before it, which would be lost."""
    parts = [" ".join(cell.split()) for cell in cells]
    at = next((index for index, part in enumerate(parts) if _NUMBER.fullmatch(part)), None)
    if at is None or not all(_BEFORE.fullmatch(part) for part in parts[:at]):
        return []
    return parts[at:]


def _faults(form: Intake) -> list[Fault]:
    """Every error of an intake; those of papers have no field."""
    form.is_valid()
    found = [Fault("", str(text), "") for text in form.non_field_errors()]
    for bound in form:
        found += [Fault(bound.name, str(text), f"#{bound.auto_id}") for text in bound.errors]
    return found


def _line(kind: Kind, typed: Mapping[str, str], index: int) -> Line:
    key = str(typed.get(f"key_{index}", ""))
    return Line(
        index,
        key if _KEY.fullmatch(key) else uuid4().hex,
        {name: str(typed.get(f"{name}_{index}", ""))[:500] for name in kind.in_line},
        all_papers=f"all_papers_{index}" in typed,
        no_papers=f"no_papers_{index}" in typed,
        is_open=f"open_{index}" in typed,
        sent_as=index,
    )


def _lay_papers(lines: list[Line], typed: Mapping[str, str], sent: Sent | None) -> None:
    """Give the lines the fields and files of their papers, named as those of a single intake."""
    for name in typed:
        found = _PAPER_FIELDS.fullmatch(name)
        if found and int(found[2]) < len(lines):
            lines[int(found[2])].papers[f"{found[1]}_{found[3]}"] = str(typed[name])[:_LONGEST]
    if sent is None:
        return
    for name in sent.files:
        found = _PAPER_FIELDS.fullmatch(name)
        if found is None or int(found[2]) >= len(lines):
            continue
        line = lines[int(found[2])]
        line.sent = line.sent or replace(sent, files=MultiValueDict())
        line.sent.files.setlist(f"{found[1]}_{found[3]}", sent.files.getlist(name))


def _blank(kind: Kind, index: int) -> Line:
    return Line(index, uuid4().hex, dict.fromkeys(kind.in_line, ""), all_papers=False)


def _count(typed: Mapping[str, str]) -> int:
    said = str(typed.get("lines", ""))
    count = int(said) if said.isascii() and said.isdigit() and len(said) < 4 else AT_FIRST
    return max(1, min(count, MOST_AT_ONCE))


def _sheet(typed: str) -> ProcedureSheet | None:
    is_number = typed.isascii() and typed.isdigit() and len(typed) < 15
    return catalogue.sheet(int(typed)) if is_number else None
