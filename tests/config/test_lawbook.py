"""The law book: whole, escaped, and usable from a disk."""

from __future__ import annotations

import json
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.utils import translation

from motcua.config import places
from motcua.config.cases import CaseResult, Line
from motcua.config.coverage import compute
from motcua.config.coverage.proof import Proof
from motcua.config.lawbook import gathering, write_book
from motcua.config.lawbook.gathering import Story
from motcua.config.lawbook.stories import read_stories
from motcua.law import queries


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book with its cases unplayed, but for one that agrees and one that differs."""
    place = tmp_path_factory.mktemp("book")
    first, second, *rest = read_stories(played=False)
    wrong = (Line(1, 1, "status", "accepted", "<declined>"),)
    stories = (
        Story(first.case, CaseResult(first.case, ())),
        Story(second.case, CaseResult(second.case, (), closing=wrong)),
        *rest,
    )
    with translation.override("vi"):
        write_book(place, stories)
    return place


class Links(HTMLParser):
    """Ids and local links of a page, and whether it holds script or style of its own."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.inline: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attributes}
        self.ids += [told["id"]] if "id" in told else []
        self.links += [told[name] for name in ("href", "src") if name in told]
        if (tag == "script" and "src" not in told) or tag == "style" or "style" in told:
            self.inline.append(tag)


def test_book_every_link_leads_somewhere_in_the_folder(folder: Path) -> None:
    pages = {path.name: Links(path.read_text("utf-8")) for path in folder.glob("*.html")}
    lost = []
    for name, page in pages.items():
        for link in page.links:
            file, _, anchor = link.partition("#")
            target = file or name
            if not (folder / target).is_file() or (anchor and anchor not in pages[target].ids):
                lost.append((name, link))
    assert lost == []


def test_book_has_no_inline_script_or_style_and_no_id_twice(folder: Path) -> None:
    for path in folder.glob("*.html"):
        page = Links(path.read_text("utf-8"))
        assert page.inline == [], path.name
        assert len(page.ids) == len(set(page.ids)), path.name


def test_book_holds_every_clause_and_every_paragraph_of_the_texts(folder: Path) -> None:
    law = queries.law()
    for name, text in law.texts.items():
        page = (folder / f"{name}.html").read_text("utf-8")
        ids = set(Links(page).ids)
        assert {one for one in law.clauses if one.startswith(name)} <= ids
        plain = unescape(re.sub(r"<[^>]+>", "", page))
        missing = [one.words for one in text.paragraphs if one.address != "§" and one.words not in plain]
        assert missing == []


def test_book_shows_values_rules_and_what_is_open_beside_the_text(folder: Path) -> None:
    page = (folder / "KT18.html").read_text("utf-8")
    half_day = page[page.index('id="KT18-14.4"') :].partition("</article>")[0]
    assert "0,5 ngày làm việc" in half_day
    assert "motcua.dossiers.rules.receipt.forwarding_due" in half_day
    assert "def forwarding_due(" in half_day
    assert "1/2 ngày làm việc kể từ khi nhận hồ sơ đầy đủ, hợp lệ" in half_day
    assert "Một nửa số giờ làm việc trong ngày theo lịch của cơ quan" in half_day  # reading A13
    assert "Chưa ký số được." in page
    assert "Phản ánh, kiến nghị, đánh giá" in (folder / "open.html").read_text("utf-8")


def test_book_says_proved_only_of_what_the_mutation_run_proved(folder: Path) -> None:
    words = {
        Proof.PROVED: "Đã thử làm hỏng quy tắc: kiểm thử phát hiện",
        Proof.EARLIER: "Kiểm thử từng phát hiện khi quy tắc bị làm hỏng; sau đó mã nguồn hoặc kiểm thử đã "
        "đổi, hoặc chưa đối chứng, nên phải thử lại mới biết nay còn phát hiện không",
        Proof.NOT: "Đã thử làm hỏng quy tắc: chưa thấy kiểm thử của điều khoản này phát hiện",
        None: "Nằm ngoài lần thử làm hỏng quy tắc",
    }
    told, pages = {}, {path.stem: path.read_text("utf-8") for path in folder.glob("*.html")}
    for each in (clauses := compute().clauses):
        note = pages[each.clause.regulation].partition(f'id="{each.clause.id}"')[2].partition("</article>")[0]
        said = {proved for proved, text in words.items() if f">{text}</p>" in note}
        told[each.clause.id] = ("Có kiểm thử</" in note, said)
    assert told == {
        each.clause.id: (bool(each.shown_by), {each.proof} if each.carriers else set()) for each in clauses
    }
    assert [name for name, page in pages.items() if "Đã chứng minh" in page] == []
    own = [each for each in clauses if each.clause.regulation == "DL24"]
    shown = sum(bool(each.shown_by) for each in own)
    proved, earlier = ([each.proof for each in own].count(one) for one in (Proof.PROVED, Proof.EARLIER))
    measured = sum(not each.support for each in own)
    assert f"{shown} trên {measured} yêu cầu có kiểm thử; {proved} đã thử làm hỏng" in pages["index"]
    assert f"phát hiện, {earlier} từng phát hiện và cần thử lại" in pages["index"]


def test_book_tells_which_cases_agree_and_escapes_what_happened(folder: Path) -> None:
    page = (folder / "cases.html").read_text("utf-8")
    stories = re.findall(r'mc-story__facts"><span class="mc-tag[^"]*">([^<]+)<', page)
    assert stories[:3] == ["Khớp", "Không khớp", "Chưa diễn"]
    assert "<declined>" not in page


def test_book_search_finds_words_without_their_accents(folder: Path) -> None:
    script = (folder / "search-index.js").read_text("utf-8")
    index = json.loads(script.removeprefix("window.LAW_INDEX=").removesuffix(";\n"))
    found = [entry["u"] for entry in index if "1/2 ngay lam viec" in entry["w"]]
    assert found == ["KT18.html#KT18-14.4", "readings.html#A13"]
    titles = [entry["t"] for entry in index if "qua tet" in entry["w"] and "over tet" in entry["w"]]
    assert titles == ["Ba ngày làm việc qua Tết chỉ tính những ngày cơ quan làm việc"]


def test_book_notes_stand_at_their_place(folder: Path) -> None:
    book = gathering.gather(compute(), ())
    chapter = next(one for one in book.chapters if one.regulation.short_name == "PT24")
    rows = {row.address: row for section in chapter.sections for row in section.rows}
    assert [note.clause.id for note in rows["9.2bis"].notes] == [f"PT24-9.2bis#{n}" for n in (1, 2, 3, 4)]
    assert [note.clause.id for note in rows["9.1"].notes] == ["PT24-9.1.0#1", "PT24-9.1.0#2"]


def test_book_on_paper_keeps_values_rules_cases_and_what_is_open() -> None:
    """What the stylesheet hides on paper is no part of a page of the book: once it hid all but the law."""
    sass = (places.SOURCE / "theme/sass/_print.scss").read_text(encoding="utf-8")
    hidden = {
        name
        for selectors in re.findall(r"([^{}]+)\{\s*display: none;", sass)
        for name in re.findall(r"\.((?:mc|govuk)-[\w-]+)", selectors)
    }
    folder_of_pages = places.SOURCE / "config/templates/lawbook"
    pages = "".join(page.read_text(encoding="utf-8") for page in sorted(folder_of_pages.glob("*.html")))
    used = {name for names in re.findall(r'class="([^"]*)"', pages) for name in names.split()}
    assert "mc-note" in hidden
    assert "mc-clause" in used
    assert used & hidden <= {"govuk-skip-link"}


def test_book_says_in_vietnamese_what_sort_of_duty_stands_beside_the_law(folder: Path) -> None:
    page = (folder / "PT24.html").read_text(encoding="utf-8")
    assert "Thời hạn · cán bộ thụ lý, cơ quan giải quyết" in page
    assert "Việc hẹn lại ngày trả kết quả không quá một lần." in page
