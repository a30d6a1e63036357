"""Vietnamese on English pages is marked, once, and nothing else of the page changes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.theme.foreign import mark_vietnamese


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        ("<p>Hello</p>", "<p>Hello</p>"),
        ("<p>Đăng ký khai sinh</p>", '<p><span lang="vi">Đăng ký khai sinh</span></p>'),
        (
            "<p> Filed with Ủy ban nhân dân xã Ea Kao on 3 May. </p>",
            '<p> <span>Filed with <span lang="vi">Ủy ban nhân dân xã Ea Kao</span> on 3 May.</span> </p>',
        ),
        ('<p lang="vi">Đất đai <b>và</b></p>', '<p lang="vi">Đất đai <b>và</b></p>'),
        (
            '<p lang="vi">Đất</p><p>Nhà ở</p>',
            '<p lang="vi">Đất</p><p><span lang="vi">Nhà ở</span></p>',
        ),
        (
            '<div lang="vi"><p lang="en">By Bình</p></div>',
            '<div lang="vi"><p lang="en"><span>By <span lang="vi">Bình</span></span></p></div>',
        ),
        ("<option value=1>Hộ tịch</option>", '<option lang="vi" value=1>Hộ tịch</option>'),
        ("<textarea>Lý do</textarea>", '<textarea lang="vi">Lý do</textarea>'),
        ('<input name="a" value="Bình">', '<input lang="vi" name="a" value="Bình">'),
        ("<title>Tra cứu</title>", "<title>Tra cứu</title>"),
        ('<a title="a > b">Đất</a>', '<a title="a > b"><span lang="vi">Đất</span></a>'),
        ("<!-- Đất --><p>3 × 4</p>", "<!-- Đất --><p>3 × 4</p>"),
        (
            "Giao thông và khai sinh; see 3 papers",
            '<span><span lang="vi">Giao thông và khai sinh</span>; see 3 papers</span>',
        ),
        ("Nguyễn Văn An", '<span lang="vi">Nguyễn Văn An</span>'),
    ],
)
def test_vietnamese_is_marked(html: str, marked: str) -> None:
    assert mark_vietnamese(html) == marked


@given(st.text(alphabet="<>/\"'= abcđĐấp-!", max_size=80))
def test_whatever_a_page_holds_only_marks_are_added(html: str) -> None:
    marked = mark_vietnamese(html)
    assert re.sub(r'</?span(?: lang="vi")?>| lang="vi"', "", marked) == re.sub(
        r'</?span(?: lang="vi")?>| lang="vi"', "", html
    )


@given(st.lists(st.sampled_from(["<p>", "</p>", "Đất", "land", '<b lang="vi">', "</b>", " "]), max_size=12))
def test_marking_twice_is_marking_once(parts: list[str]) -> None:
    once = mark_vietnamese("".join(parts))
    assert mark_vietnamese(once) == once
