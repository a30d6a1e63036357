"""The statement of conformity of a regulation, article by article; what procedures lack at their level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from motcua.catalogue import labels as catalogue_labels
from motcua.catalogue import queries as catalogue
from motcua.catalogue.rules.levels import lacks_of
from motcua.kernel.bilingual import Bilingual
from motcua.kernel.errors import N_
from motcua.law import labels, queries
from motcua.law.rules import Regulation
from motcua.law.rules.conformity import Answer, CitedText, Requirement, asked_from
from motcua.theme.regulations import tone_of
from motcua.theme.terms import spelt_out

# (words, tone of the tag)
ANSWERS: dict[Answer, tuple[str, str]] = {
    Answer.MET: (N_("Đáp ứng"), "good"),
    Answer.PARTLY: (N_("Đáp ứng một phần"), "wait"),
    Answer.MISSING: (N_("Chưa đáp ứng"), "bad"),
    Answer.UNREAD: (N_("Chưa đối chiếu"), ""),
}
# A regulation that counts its levels, and one that calls them full and partial (reading A24).
NUMBERED = {1: N_("từ mức độ 1"), 2: N_("từ mức độ 2"), 3: N_("từ mức độ 3"), 4: N_("mức độ 4")}
NAMED = {3: N_("mọi dịch vụ trực tuyến"), 4: N_("dịch vụ toàn trình")}


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement with its answer. `level` says of which services it is asked, empty for all."""

    place: str
    level: str
    asks: Bilingual
    answer: str
    tone: str
    met: Bilingual
    missing: Bilingual
    issue: str


@dataclass(frozen=True, slots=True)
class Article:
    """An article and the clauses that point to it; `mark` says how well its words are known."""

    name: str
    clauses: tuple[str, ...]
    mark: str
    tone: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """`counts` are how many requirements there are of each answer, as (words, number)."""

    articles: tuple[Article, ...]
    counts: tuple[tuple[str, int], ...]


def statement(regulation: Regulation) -> Statement:
    """What each article asks to which the regulation points, and how far the system does it.

    Basis: QN20-3.3, DL24-3.1.
    """
    texts = queries.cited_texts(regulation.short_name)
    scale = regulation.words("levels.scale")
    found = Counter(one.answer for text in texts for one in text.requirements)
    return Statement(
        tuple(_article(text, regulation.short_name, scale) for text in texts),
        tuple((gettext(word), found[each]) for each, (word, _tone) in ANSWERS.items() if found[each]),
    )


@dataclass(frozen=True, slots=True)
class Judged:
    """What procedures lack at their level, in words, by version, and which articles ask it.

    `articles` are (law with article, clauses, mark in words, its tone); none where nothing is asked.
    """

    lacks: Mapping[int, tuple[str, ...]]
    articles: tuple[tuple[str, str, str, str], ...]

    @property
    def count(self) -> int:
        """How many lack something."""
        return sum(bool(each) for each in self.lacks.values())


def judged(version_ids: Collection[int], regulation: Regulation) -> Judged:
    """The procedures of a list against what the regulation asks at their level; two questions for all.

    Basis: QN20-3.3, DL24-3.1.
    """
    texts = [
        text
        for text in queries.cited_texts(regulation.short_name)
        if any(one.checks for one in text.requirements)
    ]
    if not texts:
        return Judged({}, ())
    scale, asked = regulation.words("levels.scale"), asked_from(texts)
    put_up = catalogue.papers_with_forms(version_ids)
    lacks = {
        sheet.version_id: tuple(
            gettext(catalogue_labels.LACK[lack])
            for lack in lacks_of(sheet, put_up.get(sheet.version_id, ()), scale, asked)
        )
        for sheet in catalogue.sheets(version_ids)
    }
    return Judged(lacks, tuple(_asking(text, regulation.short_name) for text in texts))


def _asking(text: CitedText, short_name: str) -> tuple[str, str, str, str]:
    clauses = ", ".join(_of(text.clauses, short_name))
    return (
        spelt_out(f"{text.law} {text.article}"),
        clauses,
        gettext(labels.MARKS[text.mark]),
        tone_of(text.mark),
    )


def _article(text: CitedText, short_name: str, scale: tuple[str, ...]) -> Article:
    return Article(
        spelt_out(f"{text.law} {text.article}".strip()),
        _of(text.clauses, short_name),
        gettext(labels.MARKS[text.mark]) if text.mark != "missing" else gettext("chưa có văn bản để đọc"),
        tone_of(text.mark),
        tuple(_line(one, scale) for one in text.requirements),
    )


def _line(one: Requirement, scale: tuple[str, ...]) -> Line:
    word, tone = ANSWERS[one.answer]
    levels = NUMBERED if "4" in scale else NAMED
    return Line(
        spelt_out(one.place),
        gettext(levels[one.level]) if one.level in levels else "",
        one.asks,
        gettext(word),
        tone,
        one.met,
        one.missing,
        gettext(labels.ISSUES[one.issue]) if one.issue else "",
    )


def _of(clauses: tuple[str, ...], short_name: str) -> tuple[str, ...]:
    return tuple(each for each in clauses if each.startswith(f"{short_name}-"))
