"""The published text of a regulation, paragraph by paragraph, and the place of a clause in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from motcua.law.errors import Problem

CHAPTER = "§"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. `address` is as in clause ids, without the regulation: `8.1.c`, `9.0`, `QD2`, `§`."""

    address: str
    words: str

    @property
    def article(self) -> str:
        """`8` of `8.1.c`, `QD2` of itself."""
        return self.address.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its number (`8`, `QD2`), the chapter that it opens, and its paragraphs, heading first."""

    number: str
    chapter: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def title(self) -> str:
        return self.paragraphs[0].words


@dataclass(frozen=True, slots=True)
class Text:
    """The text of one regulation. `source` says where it was published; `rows` are the places of which the
    registry has a clause."""

    short_name: str
    source: str
    paragraphs: tuple[Paragraph, ...]
    rows: frozenset[str] = frozenset()

    def articles(self) -> Iterator[Article]:
        """In the order of the text; the articles of the issuing decision come first."""
        chapter, gathered = "", list[Paragraph]()
        opens = ""
        for paragraph in self.paragraphs:
            is_chapter = paragraph.address == CHAPTER
            if gathered and (is_chapter or paragraph.article != gathered[0].article):
                yield Article(gathered[0].article, opens, tuple(gathered))
                gathered = []
            if is_chapter:
                chapter = f"{chapter}. {paragraph.words}" if chapter else paragraph.words
                continue
            if not gathered:
                opens, chapter = chapter, ""
            gathered.append(paragraph)
        if gathered:
            yield Article(gathered[0].article, opens, tuple(gathered))

    def of(self, clause_id: str) -> tuple[Paragraph, ...]:
        """The paragraphs of a clause: of its own place with what stands below it, else of the nearest place
        around it that exists.

        `DL24-8.1.c#2` stands in `8.1.c`; `PT24-9.1.0`, the words before the points, in `9.1`. `PT24-10.1.c#2`
        takes the dashes of `10.1.c` along, for no clause of the registry is theirs. Empty for a clause that
        stands outside the articles (`DL24-META`).
        """
        own = place_of(clause_id)
        place = own
        while place:
            found = tuple(
                one
                for one in self.paragraphs
                if one.address in (place, f"{place}.0") or (place == own and self._belongs(one, own))
            )
            if found:
                return found
            place = _around(place)
        return ()

    def _belongs(self, paragraph: Paragraph, place: str) -> bool:
        """Whether the paragraph stands below the place, and below no clause between the two."""
        above = paragraph.address
        while above and above != place:
            if above in self.rows:
                return False
            above = _around(above)
        return above == place


def place_of(clause_id: str) -> str:
    """`8.1.c` of `DL24-8.1.c#2`."""
    return clause_id.partition("-")[2].partition("#")[0]


def _around(place: str) -> str:
    """`10.1` of `10.1.c`, `10.1.c` of `10.1.c-2`; empty for an article."""
    return place.rpartition("-" if "-" in place else ".")[0]


def load_text(short_name: str, content: str, rows: Collection[str] = ()) -> tuple[Text, tuple[Problem, ...]]:
    """The text in a file, with a problem for each line that is not address, tab, words. `rows` are the
    places of the clauses of the registry."""
    source, paragraphs, problems = "", list[Paragraph](), list[Problem]()
    for number, line in enumerate(content.splitlines(), start=1):
        if line.startswith("#"):
            source = source or line.lstrip("# ")
            continue
        address, tab, words = line.partition("\t")
        if not (tab and address and words.strip()):
            problems.append(Problem(f"{short_name}.txt", f"line {number}", "not an address, a tab and words"))
            continue
        paragraphs.append(Paragraph(address, words))
    return Text(short_name, source, tuple(paragraphs), frozenset(rows)), tuple(problems)
