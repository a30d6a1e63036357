"""Where the focus goes and what is read out after a button beside a page was pressed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from motcua.documents.rules.pages import Page, Pages
from motcua.theme.paper_pages import after_press, place_after, told_after

BUTTONS = ("up", "down", "turn", "drop")


def pages_of(count: int) -> Pages:
    return Pages(tuple(Page("f", number + 1) for number in range(count)))


def buttons_of(pages: Pages) -> set[str]:
    """The ids that the list of these pages has."""
    last = len(pages.pages) - 1
    return {
        f"p-{page.key}-{name}"
        for at, page in enumerate(pages.pages)
        for name in BUTTONS
        if (name, at) not in {("up", 0), ("down", last)}
    }


@given(count=st.integers(1, 6), at=st.integers(0, 5), name=st.sampled_from(BUTTONS))
def test_place_after_is_a_button_that_the_list_has_then(count: int, at: int, name: str) -> None:
    pages = pages_of(count)
    key = pages.pages[min(at, count - 1)].key
    if f"p-{key}-{name}" not in buttons_of(pages):
        return
    after = after_press({name: key}, pages)
    place = place_after(name, key, pages)
    assert place in buttons_of(after) if after.pages else place == ""
    if name != "drop":
        assert place.startswith(f"p-{key}-")  # the same page, wherever it stands now


def test_told_after_names_the_page_as_it_was_and_as_it_is() -> None:
    pages = pages_of(3)
    said = [told_after(name, "f.2", pages) for name in BUTTONS]
    assert said == [
        "Trang 2 nay là trang 1.",
        "Trang 2 nay là trang 3.",
        "Đã xoay trang 2 sang phải.",
        "Đã bỏ trang 2. Còn 2 trang.",
    ]


def test_told_after_says_nothing_where_nothing_was_done() -> None:
    pages = pages_of(2)
    assert [told_after("up", "f.1", pages), told_after("down", "f.2", pages)] == ["", ""]
    assert (told_after("turn", "x.1", pages), place_after("turn", "x.1", pages)) == ("", "")
