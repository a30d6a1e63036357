"""Writing the book into a folder: pages, stylesheet, letters, a small script and its index."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext

from motcua.config import places
from motcua.config.coverage import compute
from motcua.config.coverage.naming import issue_named
from motcua.config.coverage.proof import Proof
from motcua.config.lawbook.gathering import Book, Story, entries, gather
from motcua.dossiers.labels import VERB
from motcua.kernel.bilingual import Bilingual
from motcua.law import queries
from motcua.law.rules import Clause

BUILD = places.SOURCE / "theme/static/theme/build"
MARK = places.SOURCE / "theme/static/theme/img/mark.svg"


class NoStylesheet(Exception):
    """The faces have not been built, so the book has nothing to look like."""


def write_book(folder: Path, stories: tuple[Story, ...]) -> tuple[Path, ...]:
    """Write every file of the book and return the pages. Raises NoStylesheet, FileNotFoundError."""
    if not (BUILD / "motcua.css").is_file():
        raise NoStylesheet
    book = gather(compute(), stories)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, template, context in _pages(book):
        page = folder / name
        page.write_text(render_to_string(f"lawbook/{template}.html", context), encoding="utf-8")
        written.append(page)
    _assets(folder, book)
    return tuple(written)


def _pages(book: Book) -> Iterator[tuple[str, str, dict[str, Any]]]:
    frame = {"chapters": book.chapters, "readings": tuple(queries.law().readings.values())}
    verbs = {verb.value: gettext(words) for verb, words in VERB.items()}
    yield "index.html", "index", frame | {"here": "index"} | _figures(book)
    for chapter in book.chapters:
        yield chapter.file, "chapter", frame | {"here": chapter.file, "chapter": chapter}
    yield "cases.html", "cases", frame | {"here": "cases", "stories": book.stories, "verbs": verbs}
    yield "open.html", "open", frame | {"here": "open", "issues": _issues(book)}
    yield "readings.html", "readings", frame | {"here": "readings"}


def _figures(book: Book) -> dict[str, Any]:
    measured = [each for each in book.coverage.clauses if not each.support]
    return {
        "measured": len(measured),
        "built": sum(each.is_implemented for each in measured),
        "shown": sum(bool(each.shown_by) for each in measured),
        "proved": sum(each.proof is Proof.PROVED for each in measured),
        "earlier": sum(each.proof is Proof.EARLIER for each in measured),
        "open": sum(bool(each.open) for each in measured),
        "story_count": len(book.stories),
    }


def _issues(book: Book) -> list[tuple[str, list[tuple[Bilingual, list[Clause]]]]]:
    """The open clauses by the issue that brings them, then by reason, in the order of the texts."""
    issues: dict[str, dict[Bilingual, list[Clause]]] = {}
    for each in book.coverage.clauses:
        if each.open:
            issues.setdefault(issue_named(each.issue), {}).setdefault(each.open, []).append(each.clause)
    return [(issue, list(reasons.items())) for issue, reasons in sorted(issues.items())]


def _assets(folder: Path, book: Book) -> None:
    for name in ("motcua.css", "desk_face.css"):
        shutil.copyfile(BUILD / name, folder / name)
    shutil.copyfile(MARK, folder / "mark.svg")
    shutil.copytree(BUILD / "fonts", folder / "fonts", dirs_exist_ok=True)
    script = (files("motcua.config.lawbook") / "data/book.js").read_text(encoding="utf-8")
    (folder / "book.js").write_text(script, encoding="utf-8")
    index = json.dumps(list(entries(book)), ensure_ascii=False, separators=(",", ":"))
    (folder / "search-index.js").write_text(f"window.LAW_INDEX={index};\n", encoding="utf-8")
