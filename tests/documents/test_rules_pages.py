"""Pages in order: nothing is lost or doubled by moving and turning, and their wire form comes back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.documents.errors import TooManyPages
from motcua.documents.rules.pages import MOST_PAGES, Page, Pages, from_wire

FILES = st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(1, 4)), max_size=6)
STEPS = st.lists(st.tuples(st.sampled_from(["move", "turn"]), st.integers(0, 30), st.integers(-40, 40)))


def pages_of(files: list[tuple[str, int]]) -> Pages:
    pages = Pages()
    for name, count in files:
        pages = pages.added(name, count)
    return pages


@given(files=FILES, steps=STEPS)
def test_moving_and_turning_keeps_every_page_once(
    files: list[tuple[str, int]], steps: list[tuple[str, int, int]]
) -> None:
    before = now = pages_of(files)
    for what, at, by in steps if before.pages else ():
        key = now.pages[at % len(now.pages)].key
        now = now.moved(key, by) if what == "move" else now.turned(key, 90 * by)
    assert sorted(page.key for page in now.pages) == sorted(page.key for page in before.pages)
    assert all(page.turn in (0, 90, 180, 270) for page in now.pages)
    assert from_wire(json.loads(json.dumps(now.as_wire()))) == now


@given(files=FILES, at=st.integers(0, 30), by=st.integers(-5, 5))
def test_page_moved_there_and_back_stands_where_it_stood_unless_it_met_an_end(
    files: list[tuple[str, int]], at: int, by: int
) -> None:
    pages = pages_of(files)
    if not pages.pages:
        return
    at %= len(pages.pages)
    moved = pages.moved(pages.pages[at].key, by)
    assert moved.pages.index(pages.pages[at]) == min(max(at + by, 0), len(pages.pages) - 1)
    if 0 <= at + by < len(pages.pages):
        assert moved.moved(pages.pages[at].key, -by) == pages


def test_file_is_added_once_however_often_it_is_sent() -> None:
    assert Pages().added("a", 2).added("a", 2) == Pages((Page("a", 1), Page("a", 2)))


def test_page_that_is_not_there_changes_nothing() -> None:
    pages = Pages().added("a", 2)
    assert {pages.moved("x.1", 1), pages.turned("x.1"), pages.without("x.1")} == {pages}
    assert pages.without("a.1").pages == (Page("a", 2),)


def test_more_pages_than_a_paper_may_have_are_refused() -> None:
    full = Pages().added("a", MOST_PAGES)
    with pytest.raises(TooManyPages):
        full.added("b", 1)


def test_nothing_lying_there_is_no_pages() -> None:
    assert from_wire({}) == Pages()


def test_paper_that_came_is_taken_in_once_and_a_page_dropped_of_it_stays_away() -> None:
    pages = Pages().with_paper("a", 1).with_paper("b", 2).without("a.1")
    assert pages.with_paper("a", 1) == pages
    assert pages.dropped == {"a"}
    assert pages.without("b.1").with_paper("b", 2).pages == (Page("b", 2),)


def test_pages_of_a_file_that_was_taken_back_go_along_and_others_stay() -> None:
    pages = Pages().with_paper("a", 1).with_paper("b", 1).added("own", 1).moved("a.1", 1)
    left = pages.as_kept(["a"])
    assert left.pages == (Page("a"), Page("own"))
    assert left == Pages().with_paper("a", 1).added("own", 1)
    joined = pages.as_joined("j")
    assert joined.as_kept(["j"]) == joined  # what it was made of stands there no more, and its pages do
    assert joined.as_kept(["a", "b"]) == Pages()


def test_pages_wait_while_the_files_of_the_paper_do_not_hold_what_lies_here() -> None:
    came = Pages().with_paper("a", 2)
    assert came.waiting == 0
    assert came.turned("a.1").waiting == came.added("own", 1).without("a.2").waiting == 2
    joined = came.turned("a.1").as_joined("j")
    assert joined.waiting == 0
    assert joined.without("a.1").waiting == 1


def test_what_lies_there_comes_back_from_its_wire_form_older_ones_too() -> None:
    pages = Pages().with_paper("a", 2).added("own", 1).without("a.1")
    assert from_wire(json.loads(json.dumps(pages.as_wire()))) == pages
    older = from_wire({"pages": [["a", 1, 90]], "joined": "j"})
    assert older.waiting == 0
