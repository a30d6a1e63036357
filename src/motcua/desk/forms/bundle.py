"""A sheet for one visit: what is the same for all is typed once, each line is a dossier of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.utils.translation import gettext

from motcua.accounts.rules.identity_cards import read_card
from motcua.agencies.rules.cards import AgencyCard
from motcua.catalogue import queries as catalogue
from motcua.catalogue.enums import Channel
from motcua.desk.forms.intake import Intake
from motcua.dossiers.services import MOST_AT_ONCE
from motcua.theme.errors_on_page import PageError

if TYPE_CHECKING:
    from motcua.catalogue.rules.cards import ProcedureCard
    from motcua.catalogue.rules.sheets import ProcedureSheet

AT_FIRST = 5
_KEY = re.compile(r"[0-9a-f]{32}")
PERSON = ("personal_id", "name", "date_of_birth", "phone", "email", "address")
_PROCEDURE = ("version_id", "procedure_text", "variant")


class Kind(StrEnum):
    """What the lines of a sheet are; the value stands in its address."""

    PEOPLE = "nhieu-nguoi"  # many people, one procedure
    PROCEDURES = "nhieu-thu-tuc"  # one person, many procedures

    @property
    def in_line(self) -> tuple[str, ...]:
        """The fields that differ from line to line; all others are typed once."""
        return PERSON if self is Kind.PEOPLE else _PROCEDURE


@dataclass
class Line:
    """One line as it stands on the page. `key` makes its dossier the same however often it is sent."""

    index: int
    key: str
    typed: dict[str, str]
    all_papers: bool
    form: Intake | None = None
    found: tuple[ProcedureCard, ...] = ()
    word: str = ""
    errors: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not any(value.strip() for value in self.typed.values())

    def name_of(self, name: str) -> str:
        return f"{name}_{self.index}"

    @property
    def sheet(self) -> ProcedureSheet | None:
        return self.form.sheet if self.form else None

    @property
    def faulty(self) -> frozenset[str]:
        """The fields of the line that something is wrong with."""
        return frozenset(self.form.errors) if self.form and self.errors else frozenset()

    @property
    def anchor(self) -> str:
        """The first field of the line: where it is gone on with, and where its errors lead."""
        first = next(iter(self.typed))
        return self.name_of("procedure_text" if first == "version_id" else first)


class BundleSheet:
    """Lines beside a form of what they share. Each line is judged as an intake of its own: the same form, the
    same rules; what is wrong with what they share is said once."""

    def __init__(
        self, kind: Kind, typed: Mapping[str, str], *, agencies: tuple[AgencyCard, ...], today: date
    ) -> None:
        self.kind, self.agencies, self.today = kind, agencies, today
        key = str(typed.get("bundle_key", ""))
        self.key = key if _KEY.fullmatch(key) else uuid4().hex
        self.shared = {
            name: str(value)
            for name, value in typed.items()
            if name in Intake.base_fields and name not in kind.in_line
        }
        self.lines = [_line(kind, typed, index) for index in range(_count(typed))]
        self.errors: list[PageError] = []
        self.found: tuple[ProcedureCard, ...] = ()
        self.asked = self.word = ""

    # --- what is on the page ------------------------------------------------------------------------------
    def common(self) -> Intake:
        """The form of what the lines share, as typed; once judged, with what is wrong beside its fields."""
        judged = next((line.form for line in self.lines if line.form and line.form.is_bound), None)
        if self.errors and judged is not None:
            return judged
        sheet = _sheet(self.shared.get("version_id", "")) if self.kind is Kind.PEOPLE else None
        start = {key: value for key, value in self.shared.items() if value}
        start["channel"] = Channel.COUNTER.value
        return Intake(agencies=self.agencies, sheet=sheet, today=self.today, initial=start)

    def show(self) -> None:
        """Make the forms of the lines, to be looked at and not judged."""
        for line in self.lines:
            line.form = line.form or self._form(line, is_bound=False)

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

    # --- judging ------------------------------------------------------------------------------------------
    def judged(self) -> list[Line]:
        """The lines that are filled in and can be taken in; what is wrong with the others stands with them.

        An error in what the lines share keeps all of them: it is said once, and nothing is taken in.
        """
        filled = [line for line in self.lines if not line.is_empty]
        if not filled:
            self.errors.append(PageError(gettext("Hãy điền ít nhất một dòng."), f"#{self._first_field()}"))
        shared: dict[str, PageError] = {}
        for line in filled:
            line.form = self._form(line, is_bound=True)
            for name, text, anchor in _faults(line.form):
                if name and name not in self.kind.in_line:
                    shared.setdefault(text, PageError(text, anchor))
                else:
                    line.errors.append(text)
        self.errors += shared.values()
        return [] if shared else [line for line in filled if not line.errors]

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
        return [*self.errors, *of_lines]

    def without(self, done: set[int]) -> None:
        """Take the lines off the sheet that have been taken in; the others keep what stands in them."""
        self.lines = [line for line in self.lines if line.index not in done]
        for index, line in enumerate(self.lines):
            line.index = index

    def _first_field(self) -> str:
        return f"{'personal_id' if self.kind is Kind.PEOPLE else 'procedure_text'}_0"

    def _form(self, line: Line, *, is_bound: bool) -> Intake:
        data = self.shared | line.typed | {"channel": Channel.COUNTER.value, "request_key": line.key}
        if line.all_papers:
            data["all_papers"] = "on"
        if len(self.agencies) == 1:
            data["agency"] = str(self.agencies[0].id)
        sheet = _sheet(data.get("version_id", ""))
        given: dict[str, Any] = {"data": data} if is_bound else {"initial": data}
        return Intake(**given, agencies=self.agencies, sheet=sheet, today=self.today)


def entries_of(text: str) -> tuple[list[dict[str, str]], list[str]]:
    """People from a pasted list, a line each: number, name, date of birth, phone, address, apart by tab,
    semicolon or |; or what a scanner reads off a card. Beside them the lines that hold no such number."""
    found, unread = [], []
    for raw in text.splitlines():
        line = raw.strip()
        if not line:
            continue
        entry = _entry(line)
        if entry is None:
            unread.append(line[:60])
        else:
            found.append(entry)
    return found, unread


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
    parts = [" ".join(part.split()) for part in re.split(r"[\t;|]", line)]
    while parts and not re.fullmatch(r"[\d .\-]{12,20}", parts[0]):
        parts.pop(0)  # a running number, a title: what comes before the number of a person
    if not parts:
        return None
    names = ("personal_id", "name", "date_of_birth", "phone", "address")
    return dict(zip(names, [re.sub(r"\D", "", parts[0]), *parts[1:]], strict=False))


def _faults(form: Intake) -> list[tuple[str, str, str]]:
    """(field, sentence, anchor) of every error of an intake; errors of papers have no field."""
    form.is_valid()
    found = [("", str(text), "") for text in form.non_field_errors()]
    for bound in form:
        found += [(bound.name, str(text), f"#{bound.auto_id}") for text in bound.errors]
    return found


def _line(kind: Kind, typed: Mapping[str, str], index: int) -> Line:
    key = str(typed.get(f"key_{index}", ""))
    return Line(
        index,
        key if _KEY.fullmatch(key) else uuid4().hex,
        {name: str(typed.get(f"{name}_{index}", ""))[:500] for name in kind.in_line},
        f"all_papers_{index}" in typed or f"key_{index}" not in typed,
    )


def _blank(kind: Kind, index: int) -> Line:
    return Line(index, uuid4().hex, dict.fromkeys(kind.in_line, ""), all_papers=True)


def _count(typed: Mapping[str, str]) -> int:
    said = str(typed.get("lines", ""))
    count = int(said) if said.isascii() and said.isdigit() and len(said) < 4 else AT_FIRST
    return max(1, min(count, MOST_AT_ONCE))


def _sheet(typed: str) -> ProcedureSheet | None:
    is_number = typed.isascii() and typed.isdigit() and len(typed) < 15
    return catalogue.sheet(int(typed)) if is_number else None
