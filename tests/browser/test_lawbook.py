"""The law book opened from a disk: accessible at every width, searchable, without a server."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import translation
from tests.browser.conftest import NewVisitor

from motcua.config.lawbook import write_book
from motcua.config.lawbook.stories import read_stories


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("book")
    with translation.override("vi"):
        write_book(folder, read_stories(played=False))
    return folder


@pytest.mark.parametrize(("width", "script"), [(360, False), (1280, True)])
def test_law_book_pages_are_accessible_from_a_disk(
    visitor: NewVisitor, book: Path, width: int, script: bool
) -> None:
    reader = visitor(width=width, script=script)
    for name in ("index.html", "KT18.html", "open.html"):
        reader.go((book / name).as_uri())
    assert reader.page.locator("#book-search").is_visible() is script


def test_law_book_is_searched_without_accents_and_leads_to_the_clause(
    visitor: NewVisitor, book: Path
) -> None:
    reader = visitor()
    page = reader.go((book / "index.html").as_uri())
    page.fill("#book-search", "1/2 ngày LAM viec")
    page.locator("[data-book-results] a").first.click()
    reader.check()
    assert page.url.endswith("KT18.html#KT18-14.4")
