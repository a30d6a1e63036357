"""What stands in the book: pages of values, ready to be written."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext

from motcua.config import places
from motcua.config.cases import Case, CaseResult
from motcua.config.coverage import Coverage, Covered, naming, sources
from motcua.config.coverage.proof import Proof
from motcua.kernel.bilingual import Bilingual
from motcua.kernel.errors import N_
from motcua.kernel.text import fold
from motcua.law import queries
from motcua.law.rules import Clause, Reading, Regulation
from motcua.law.rules.schema import KEYS
from motcua.law.rules.texts import Article, Text
from motcua.theme import regulations as words
from motcua.theme import wording

ACTOR = {
    "system": N_("hệ thống"),
    "admin": N_("quản trị hệ thống"),
    "provider": N_("đơn vị cung cấp hệ thống"),
    "officer-handler": N_("cán bộ thụ lý, cơ quan giải quyết"),
    "citizen": N_("người nộp hồ sơ"),
    "officer-intake": N_("bộ phận tiếp nhận và trả kết quả"),
    "public": N_("mọi người"),
    "UBND office": N_("Văn phòng Ủy ban nhân dân"),
    "head/leader": N_("người đứng đầu, lãnh đạo"),
    "DTTT dept": N_("Sở Thông tin và Truyền thông"),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A function that rests on the clause: its name, what it says of itself, and its source."""

    name: str
    file: str
    line: int
    docstring: str
    source: str

    @property
    def first_line(self) -> str:
        return self.docstring.partition("\n")[0]


@dataclass(frozen=True, slots=True)
class Story:
    """A worked case, and what came of it when it was played for this book (None: not played)."""

    case: Case
    result: CaseResult | None

    @property
    def anchor(self) -> str:
        return Path(self.case.file).stem

    @property
    def agrees(self) -> bool | None:
        return self.result.agrees if self.result else None


@dataclass(frozen=True, slots=True)
class Note:
    """What is said beside a clause."""

    clause: Clause
    covered: Covered
    values: tuple[words.ValueLine, ...]
    rules: tuple[Rule, ...]
    stories: tuple[Story, ...]
    tests: tuple[str, ...]
    readings: tuple[Reading, ...]

    @property
    def kind(self) -> str:
        """What sort of duty it is, in words."""
        return naming.kind_named(self.clause.kind)

    @property
    def actor(self) -> str:
        """Whom it concerns, in words."""
        return gettext(ACTOR[self.clause.actor])

    @property
    def proof(self) -> str:
        """What the mutation run knows of it, in words, where anything carries it."""
        return naming.proof_named(self.covered.proof) if self.covered.carriers else ""

    @property
    def issue(self) -> str:
        """What will bring it, in words, where it is open."""
        return naming.issue_named(self.covered.issue)


@dataclass(frozen=True, slots=True)
class Row:
    """A place of the text, and the notes of the clauses that stand there."""

    address: str
    words: tuple[str, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One article. `anchor` is its place on the page of its regulation."""

    article: Article
    anchor: str
    rows: tuple[Row, ...]
    has_open: bool


@dataclass(frozen=True, slots=True)
class Chapter:
    """One regulation."""

    regulation: Regulation
    text: Text
    sections: tuple[Section, ...]
    elsewhere: tuple[Note, ...]
    shown: int
    proved: int
    earlier: int
    measured: int

    @property
    def file(self) -> str:
        return f"{self.regulation.short_name}.html"


@dataclass(frozen=True, slots=True)
class Book:
    chapters: tuple[Chapter, ...]
    stories: tuple[Story, ...]
    coverage: Coverage


def gather(coverage: Coverage, stories: tuple[Story, ...]) -> Book:
    """The whole book from the data, the source and the cases that were played."""
    law = queries.law()
    notes = _notes(coverage, stories)
    chapters = tuple(
        _chapter(regulation, law.texts[name], notes)
        for name, regulation in law.regulations.items()
        if name in law.texts
    )
    return Book(chapters, stories, coverage)


def _notes(coverage: Coverage, stories: tuple[Story, ...]) -> dict[str, Note]:
    law = queries.law()
    rules = _rules(coverage)
    lines = _lines()
    by_file = {f"tests/cases/{Path(story.case.file).name}": story for story in stories}
    readings = {
        one: tuple(reading for reading in law.readings.values() if one in reading.clauses)
        for one in law.clauses
    }
    return {
        each.clause.id: Note(
            clause=each.clause,
            covered=each,
            values=tuple(lines.get(each.clause.id, ())),
            rules=tuple(rules.get(each.clause.id, ())),
            stories=tuple(by_file[one] for one in each.carriers if one in by_file),
            tests=tuple(one for one in each.carriers if one not in by_file),
            readings=readings[each.clause.id],
        )
        for each in coverage.clauses
    }


def _rules(coverage: Coverage) -> dict[str, list[Rule]]:
    """The rules by clause: the names of the coverage with docstring and source."""
    found = {
        basis.name: Rule(basis.name, basis.file, basis.line, basis.docstring, basis.source)
        for basis in sources.places(places.SOURCE, KEYS)
    }
    return {
        each.clause.id: [
            found[name]
            for name in (one.partition(" reads ")[0] for one in (*each.implemented_by, *each.partly_by))
            if name in found
        ]
        for each in coverage.clauses
    }


def _lines() -> dict[str, list[words.ValueLine]]:
    law = queries.law()
    found: dict[str, list[words.ValueLine]] = {}
    for regulation in law.regulations.values():
        for value in regulation.values:
            for one in value.clauses:
                found.setdefault(one, []).append(words.line(value, dict(law.readings)))
    return found


def _chapter(regulation: Regulation, text: Text, notes: Mapping[str, Note]) -> Chapter:
    own = [note for one, note in notes.items() if note.clause.regulation == regulation.short_name]
    at: dict[str, list[Note]] = {}
    elsewhere = []
    for note in own:
        found = text.of(note.clause.id)
        if found:
            at.setdefault(found[0].address, []).append(note)
        else:
            elsewhere.append(note)
    measured = [note for note in own if not note.covered.support]
    return Chapter(
        regulation=regulation,
        text=text,
        sections=tuple(_section(article, at) for article in text.articles()),
        elsewhere=tuple(elsewhere),
        shown=sum(bool(note.covered.shown_by) for note in measured),
        proved=sum(note.covered.proof is Proof.PROVED for note in measured),
        earlier=sum(note.covered.proof is Proof.EARLIER for note in measured),
        measured=len(measured),
    )


def _section(article: Article, at: Mapping[str, list[Note]]) -> Section:
    rows: list[Row] = []
    placed: set[str] = set()
    for paragraph in article.paragraphs:
        if rows and rows[-1].address == paragraph.address:
            rows[-1] = Row(paragraph.address, (*rows[-1].words, paragraph.words), rows[-1].notes)
            continue
        notes = at.get(paragraph.address, ()) if paragraph.address not in placed else ()
        rows.append(Row(paragraph.address, (paragraph.words,), tuple(notes)))
        placed.add(paragraph.address)
    return Section(
        article=article,
        anchor=f"dieu-{article.number.lower()}",
        rows=tuple(rows),
        has_open=any(note.covered.open for row in rows for note in row.notes),
    )


def entries(book: Book) -> Iterator[dict[str, str]]:
    """What the search knows: title, address, and the words folded to plain letters."""
    for chapter in book.chapters:
        for section in chapter.sections:
            for row in section.rows:
                yield {
                    "t": f"{chapter.regulation.short_name}-{row.address} · {_heading(section.article)}",
                    "u": f"{chapter.file}#{_anchor(section, row)}",
                    "x": _shortened(" ".join(row.words), 220),
                    "w": _folded([*row.words, *_said(row.notes)]),
                }
    for reading in queries.law().readings.values():
        yield {
            "t": f"{reading.id} · {wording.in_language(reading.issue)}",
            "u": f"readings.html#{reading.id}",
            "x": _shortened(wording.in_language(reading.reading), 220),
            "w": _folded([reading.id, *_both(reading.issue), *_both(reading.reading), *reading.clauses]),
        }
    for story in book.stories:
        yield {
            "t": wording.in_language(story.case.title),
            "u": f"cases.html#{story.anchor}",
            "x": " ".join(story.case.clauses),
            "w": _folded([*_both(story.case.title), story.anchor, *story.case.clauses]),
        }


def _heading(article: Article) -> str:
    """Without what the carried text says of a heading that is missing."""
    return _shortened(article.title.partition(". [")[0], 90)


def _shortened(text: str, length: int) -> str:
    return textwrap.shorten(text, length, placeholder=" …")


def _anchor(section: Section, row: Row) -> str:
    return row.notes[0].clause.id if row.notes else section.anchor


def _said(notes: Iterable[Note]) -> Iterator[str]:
    for note in notes:
        yield note.clause.id
        yield from (*_both(note.clause.requirement), *_both(note.clause.parameter))
        yield from (reading.id for reading in note.readings)
        yield from (*_both(note.covered.open), *_both(note.covered.support))
        for line in note.values:
            yield f"{line.label} {line.text} {line.key}"
        yield from (rule.name for rule in note.rules)


def _both(text: Bilingual) -> tuple[str, str]:
    """The book is searched in either language, whichever it is written in."""
    return text.vietnamese, text.english


def _folded(parts: Iterable[str]) -> str:
    """Plain small letters: "Tiếp nhận" is found by "tiep nhan"."""
    return fold(" ".join(parts))
