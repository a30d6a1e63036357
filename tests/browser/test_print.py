"""Lists and sheets on paper: what they say and of when, nothing to press, columns named on every sheet."""

from __future__ import annotations

import io
import re

from playwright.sync_api import Browser
from pypdf import PdfReader
from tests.browser.inspection import Inspector
from tests.browser.rounds import devices, enter
from tests.browser.town import Town
from tests.routes.place import furnish
from tests.routes.registry import PAGES

# What people print: each with a word that must be on the paper.
PRINTED = {
    "desk:worklist viec-cua-don-vi as chi": "000.00.00.H15",
    "desk:worklist phe-duyet as hanh": "000.00.00.H15",
    "desk:worklist tra-ket-qua as chi": "000.00.00.H15",
    "desk:register as chi": "000.00.00.H15",
    "desk:dossier in_work as dung": "000.00.00.H15",
    "desk:outbox as tri": "000.00.00.H15",
    "desk:officers as tri": "Nguyễn Văn Dũng",
    "desk:acts as tri": "Vũ Minh Trí",
    "desk:upgrades as vinh": "77/QĐ-UBND",
    "desk:upgrade upgrade_deployed as thu": "41/TTr-SKHCN",
    "desk:draft_of_decision process_draft as khoa": "Điều 2.",
    "portal:track code": "000.00.00.H15",
    "portal:own_dossiers as an": "000.00.00.H15",
    "portal:own_dossier returned as an": "000.00.00.H15",
    "portal:file_sent accepted as an": "000.00.00.H15",
    "portal:sheet procedure": "2.000635",
    "portal:questions procedure": "2.000635",
    "portal:information so-lieu": "Số liệu",
    "portal:information thoi-han": "Thời hạn",
}
WHEN = re.compile(r"thờiđiểm\d\dgiờ\d\dphút,ngày\d\dtháng\d{1,2}năm\d{4}")
TO_PRESS = """() => [...document.querySelectorAll(
    "nav, button, .govuk-button, .govuk-back-link, input:not([type=hidden]), select, textarea")]
    .filter((each) => each.checkVisibility()).map((each) => each.outerHTML.slice(0, 120))"""
# Of each table the words of its first line, its headings, and of its last line.
# Of each table whether a line has as many cells that are seen as the head has.
ASKEW = """() => {
    const seen = (row) => [...row.cells].filter((each) => each.checkVisibility()).length;
    return [...document.querySelectorAll("table:has(thead):has(tbody tr)")].flatMap((each) =>
        [...each.tBodies[0].rows].filter((row) => ![...row.cells].some((cell) => cell.colSpan > 1))
            .filter((row) => seen(row) !== seen(each.tHead.rows[0]) && each.tHead.rows.length === 1)
            .map((row) => row.innerText.slice(0, 80)));
}"""
TABLES = """() => [...document.querySelectorAll("table:has(thead):has(tbody tr)")].map((each) =>
    [each.tHead.innerText, [...each.tBodies[0].rows].at(-1).innerText])"""
LOW_SHEET = {"width": "210mm", "height": "120mm"}  # so low that short lists, too, go on to a second sheet


def test_lists_and_sheets_are_printed_whole(browser: Browser, site: str, town: Town) -> None:
    place, inspector, carried = furnish(town), Inspector(), 0
    visits = {visit.title: visit for visit in PAGES if not visit.query.startswith(("?q=", "?co_quan="))}
    with devices(browser, inspector) as (page, _):
        for title, said in PRINTED.items():
            visit = visits[title]
            with place.there(visit):
                enter(page.context, site, place, visit)
                page.goto(site + place.address(visit))
            page.emulate_media(media="print")
            inspector.note(title, "to be pressed on paper", page.evaluate(TO_PRESS))
            inspector.note(title, "cells beside their headings on paper", page.evaluate(ASKEW))
            tables = page.evaluate(TABLES)
            sheets = sheets_of(page.pdf(**LOW_SHEET))
            page.emulate_media(media="screen")
            whole = "".join(sheets)
            inspector.note(title, "not on paper", [said] if "".join(said.split()) not in whole else [])
            inspector.note(title, "no moment on paper", "" if WHEN.search(whole) else "–")
            inspector.note(title, "columns not named again", unnamed(tables, sheets))
            carried += carried_on(tables, sheets)
    assert not inspector.faults, "\n".join(inspector.faults)
    assert carried > 0


def test_sheet_of_a_procedure_takes_two_sides_of_one_paper(browser: Browser, site: str, town: Town) -> None:
    place = furnish(town)
    visit = next(each for each in PAGES if each.title == "portal:sheet procedure")
    with devices(browser, Inspector()) as (page, _):
        page.goto(site + place.address(visit))
        sheets = sheets_of(page.pdf(prefer_css_page_size=True, format="A4"))
    assert len(sheets) <= 2
    whole = "".join(sheets)
    for said in ("Trước khi bắt đầu", "Thành phần hồ sơ", "Phí, lệ phí", "Căn cứ pháp lý"):
        assert "".join(said.split()) in whole


def test_what_is_folded_on_a_screen_is_read_on_paper(browser: Browser, site: str, town: Town) -> None:
    place = furnish(town)
    visits = {visit.title: visit for visit in PAGES}
    with devices(browser, Inspector()) as (page, _):
        visit = visits["portal:own_dossier returned as an"]
        enter(page.context, site, place, visit)
        page.goto(site + place.address(visit))
        assert page.locator("details[open]").count() == 0
        own = "".join(sheets_of(page.pdf(format="A4")))
        for said in ("Tính vào thời hạn", "Cách nhận kết quả"):  # why this day; what was handed in
            assert "".join(said.split()) in own
        visit = visits["portal:file_sent accepted as an"]
        page.goto(site + place.address(visit))
        page.emulate_media(media="print")
        white_on_nothing = page.locator(".govuk-panel").evaluate("each => getComputedStyle(each).color")
        assert white_on_nothing == "rgb(0, 0, 0)"


def test_list_takes_little_paper(browser: Browser, site: str, town: Town) -> None:
    """What stands below a name is the smaller of the two, and a term with its moment keeps to one line."""
    place = furnish(town)
    visit = next(each for each in PAGES if each.title == "desk:worklist viec-cua-don-vi as chi")
    with devices(browser, Inspector()) as (page, _):
        enter(page.context, site, place, visit)
        page.goto(site + place.address(visit))
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 703, "height": 1000})  # an A4 sheet between its margins
        name, code = (
            page.locator(f".mc-work {which}").first.evaluate(
                "each => parseFloat(getComputedStyle(each).fontSize)"
            )
            for which in (".mc-work__name", ".mc-work__code")
        )
        lines = (
            page.locator(".mc-work td")
            .locator(".mc-work__aside", has_text="Hạn của bước:")
            .evaluate_all(
                "each => each.map((one) => one.clientHeight / parseFloat(getComputedStyle(one).lineHeight))"
            )
        )
    assert code < name
    assert lines
    assert max(lines) < 1.5


def test_what_is_the_same_for_everybody_stays_folded_on_paper(
    browser: Browser, site: str, town: Town
) -> None:
    place = furnish(town)
    visit = next(each for each in PAGES if each.title == "desk:dossier in_work as dung")
    with devices(browser, Inspector()) as (page, _):
        enter(page.context, site, place, visit)
        page.goto(site + place.address(visit))
        page.locator("main details").first.evaluate(
            """each => {
                each.firstElementChild.textContent = "Đã đồng ý";
                each.lastElementChild.textContent = "Dùng để làm gì?";
                each.lastElementChild.classList.add("mc-unprinted");
            }"""
        )
        whole = "".join(sheets_of(page.pdf(format="A4")))
    assert "Đãđồngý" in whole
    assert "Dùngđểlàmgì?" not in whole


# A box with more lines than a sheet holds, as that of the letters that are due can be.
LONG_BOX = """() => {
    const line = (at) => `<li class="mc-line">Phiếu số ${at}: hạn trả trong tuần này, xin báo lãnh đạo</li>`;
    const lines = Array.from({ length: 120 }, (_, at) => line(at)).join("");
    document.querySelector("h1").insertAdjacentHTML("afterend",
        `<section class="mc-notice"><h2 class="mc-notice__title">Đầu khung</h2><ul>${lines}</ul></section>`);
}"""
# Pushes what names and values stand on down by so much that a sheet ends among them.
PUSHED = """height => {
    document.querySelector("h1").style.paddingTop = `${height}px`;
}"""


def test_long_box_begins_below_the_heading_and_goes_on(browser: Browser, site: str, town: Town) -> None:
    place = furnish(town)
    visit = next(each for each in PAGES if each.title == "desk:worklist viec-cua-don-vi as chi")
    with devices(browser, Inspector()) as (page, _):
        enter(page.context, site, place, visit)
        page.goto(site + place.address(visit))
        page.evaluate(LONG_BOX)
        first, second, *_ = sheets_of(page.pdf(format="A4"))
    assert "Đầukhung" in first
    assert "Phiếusố9:" in first
    assert "Phiếusố" in second


def test_name_ends_no_sheet_without_its_value(browser: Browser, site: str, town: Town) -> None:
    place = furnish(town)
    visit = next(each for each in PAGES if each.title == "desk:dossier in_work as dung")
    with devices(browser, Inspector()) as (page, _):
        enter(page.context, site, place, visit)
        page.goto(site + place.address(visit))
        names = page.locator("main dt").evaluate_all(
            "all => all.filter((each) => each.checkVisibility()).map((each) => each.innerText)"
        )
        parted = []
        for height in range(0, 400, 9):
            page.evaluate(PUSHED, height)
            ends = sheets_of(page.pdf(format="A4"))[:-1]
            parted += [
                (height, name) for name in names for end in ends if "".join(name.split()) == tail(end, name)
            ]
    assert names
    assert parted == []


def tail(sheet: str, name: str) -> str:
    """The last words of a sheet above its number, as many letters as the name has."""
    words = re.sub(r"\d+/\d+$", "", sheet)
    return words[-len("".join(name.split())) :]


def sheets_of(pdf: bytes) -> list[str]:
    """The letters of every sheet. Where they lie in several fonts, blanks within words mean nothing."""
    return ["".join(sheet.extract_text().split()) for sheet in PdfReader(io.BytesIO(pdf)).pages]


def unnamed(tables: list[tuple[str, str]], sheets: list[str]) -> list[str]:
    """Headings that are lacking on a sheet where the last line of their table stands."""
    ends = [("".join(head.split()), "".join(last.split())) for head, last in tables]
    return [head for head, last in ends if any(last in sheet and head not in sheet for sheet in sheets)]


def carried_on(tables: list[tuple[str, str]], sheets: list[str]) -> int:
    """How many tables name their columns on more than one sheet."""
    heads = ["".join(head.split()) for head, _ in tables]
    return sum(1 for head in heads if sum(head in sheet for sheet in sheets) > 1)
