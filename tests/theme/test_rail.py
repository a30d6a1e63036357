"""The rail beside the pages of the desk: its links, its counts, and names that people gave to their lists."""

from __future__ import annotations

from motcua.theme.rail import RailGroup, RailLink, drawn

MINE = RailLink("Việc của tôi", "/noi-bo/viec/", True, 7)
LATE = RailLink("Sắp trễ", "/noi-bo/sap-tre/", False, 3, is_late=True)
NEW = RailLink("Nhận hồ sơ mới", "/noi-bo/nhan/", False, key="n")


def test_group_is_a_heading_and_its_links_with_counts() -> None:
    page = drawn([RailGroup("Công việc", (MINE, LATE))], has_keys=False)
    assert page == (
        '<p class="mc-rail__heading">Công việc</p><ul class="mc-rail__list">'
        '<li><a class="mc-rail__link" href="/noi-bo/viec/" aria-current="page">Việc của tôi'
        '&nbsp;<span class="mc-rail__count">7</span></a></li>'
        '<li><a class="mc-rail__link" href="/noi-bo/sap-tre/">Sắp trễ'
        '&nbsp;<span class="mc-rail__count mc-rail__count--late">3</span></a></li></ul>'
    )


def test_nothing_late_is_not_marked_and_nothing_counted_bears_no_number() -> None:
    page = drawn([RailGroup("", (RailLink("A", "/a/", False, 0, is_late=True), NEW))], has_keys=False)
    assert page == (
        '<ul class="mc-rail__list"><li><a class="mc-rail__link" href="/a/">A'
        '&nbsp;<span class="mc-rail__count">0</span></a></li>'
        '<li><a class="mc-rail__link" href="/noi-bo/nhan/">Nhận hồ sơ mới</a></li></ul>'
    )


def test_keys_are_on_the_rail_that_can_be_pressed_only() -> None:
    groups = [RailGroup("Tại quầy", (NEW,))]
    assert ' data-mc-key="n"' in drawn(groups, has_keys=True)
    assert "data-mc-key" not in drawn(groups, has_keys=False)


def test_what_people_wrote_is_text_and_no_page() -> None:
    named = RailLink('<script>"x"</script>', '/noi-bo/?luu="1"', False)
    page = drawn([RailGroup("<b>Bộ lọc</b>", (named,))], has_keys=True)
    assert "<script" not in page
    assert "<b>" not in page
    assert "&lt;script&gt;&quot;x&quot;&lt;/script&gt;" in page
    assert 'href="/noi-bo/?luu=&quot;1&quot;"' in page
