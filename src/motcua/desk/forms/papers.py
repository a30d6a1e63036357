"""Papers on the counter: which of them lie there, in how many originals and copies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext

from motcua.catalogue.rules.sheets import RequiredDocument
from motcua.dossiers.rules.state import DocumentRef

MOST = 99


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

    @classmethod
    def of(cls, component: RequiredDocument, remark: str = "") -> Wanted:
        return cls(
            component.key,
            component.name,
            remark,
            component.originals,
            component.copies,
            component.required,
            component.condition,
        )


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One row of the table as it stands on the page; numbers are kept as typed."""

    index: int
    wanted: Wanted
    is_brought: bool
    originals: str
    copies: str
    note: str
    error: str

    @property
    def field(self) -> str:
        """The id that an error links to."""
        return f"brought_{self.index}"


class PaperRows:
    """The table of papers. Fields: `brought_<n>`, `originals_<n>`, `copies_<n>`, `paper_note_<n>`.

    The numbers stand there as the procedure asks for them, so that a tick is enough in the usual case.
    """

    def __init__(
        self, wanted: Iterable[Wanted], data: Mapping[str, str] | None, *, all_required: bool = False
    ) -> None:
        rows = [_row(index, paper, data) for index, paper in enumerate(wanted)]
        self.rows = [_ticked(row) if all_required and row.wanted.required else row for row in rows]

    def mark_missing(self, names: Iterable[str]) -> tuple[str, ...]:
        """Say beside each of these papers that it is wanted; what was said."""
        wanted = set(names)
        text = gettext("Hãy đánh dấu “%(name)s” khi đã nhận, hoặc ghi chú vì sao không cần.")
        self.rows = [
            replace(row, error=text % {"name": row.wanted.name}) if row.wanted.name in wanted else row
            for row in self.rows
        ]
        return tuple(row.error for row in self.rows if row.wanted.name in wanted)

    def errors(self) -> list[tuple[str, str]]:
        """(id of the field, sentence) of every faulty row."""
        return [(row.field, row.error) for row in self.rows if row.error]

    def documents(self) -> tuple[DocumentRef, ...]:
        """The papers that are there, and those whose absence was explained."""
        return tuple(
            DocumentRef(
                key=row.wanted.key,
                originals=(_number(row.originals) or 0) if row.is_brought else 0,
                copies=(_number(row.copies) or 0) if row.is_brought else 0,
                note=row.note.strip(),
                name=row.wanted.name,
            )
            for row in self.rows
            if row.is_brought or row.note.strip()
        )


def _row(index: int, wanted: Wanted, data: Mapping[str, str] | None) -> PaperRow:
    known = data is not None and f"originals_{index}" in data and data.get(f"paper_key_{index}") == wanted.key
    if data is None or not known:
        return PaperRow(index, wanted, False, str(wanted.originals), str(wanted.copies), "", "")
    originals, copies = data.get(f"originals_{index}", ""), data.get(f"copies_{index}", "")
    is_brought = f"brought_{index}" in data
    note = data.get(f"paper_note_{index}", "")[:300]
    error = _fault(wanted.name, originals, copies) if is_brought else ""
    return PaperRow(index, wanted, is_brought, originals, copies, note, error)


def _ticked(row: PaperRow) -> PaperRow:
    return replace(row, is_brought=True, error=_fault(row.wanted.name, row.originals, row.copies))


def _fault(name: str, originals: str, copies: str) -> str:
    numbers = _number(originals), _number(copies)
    if None in numbers:
        return gettext("Số bản của “%(name)s” phải là số từ 0 đến 99.") % {"name": name}
    if not any(numbers):
        return gettext("Hãy ghi số bản chính hoặc bản sao của “%(name)s”.") % {"name": name}
    return ""


def _number(typed: str) -> int | None:
    typed = typed.strip()
    if not typed:
        return 0
    if not (typed.isascii() and typed.isdigit() and len(typed) < 10):
        return None
    number = int(typed)
    return number if number <= MOST else None
