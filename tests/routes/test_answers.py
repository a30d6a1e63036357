"""What every page answers, before any browser looks at it: headers, queries, language, addresses."""

from __future__ import annotations

import gettext
import re
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.routes.conftest import Looked
from tests.routes.place import ASSIGNED, Place
from tests.routes.reading import read
from tests.routes.registry import Visit, page

from motcua.config.security import PERMISSIONS_POLICY, PERMISSIONS_WITH_CAMERA
from motcua.theme.foreign import VIETNAMESE

pytestmark = pytest.mark.django_db

MOST_QUERIES = 15
# Every few seconds a process looks whether agencies have changed (`agencies/queries/memory.py`), in the midst
# of somebody's page. Within a transaction, as these tests are, it does not.
UNSEEN = 1
STATES = (
    *("registered", "accepted", "unassigned", "in_work", "with_part", "held", "paused", "proposed"),
    *("to_refuse", "asked", "decided", "issued", "ready", "returned"),
)
POSTS = ("chi", "lam", "oanh", "dung", "hanh", "khoa")
FROM_A_LIST = "?ds=viec-cua-don-vi&tai=0&giay={paper}"
ENGLISH = Path(__file__).resolve().parents[2] / "locale/en/LC_MESSAGES/django.mo"
HEADERS = {
    "Permissions-Policy": PERMISSIONS_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store, private",
    "Content-Language": "vi",
    "Content-Type": "text/html; charset=utf-8",
}
# Written out here, so that whoever lets anything else onto our pages has to say so twice: all comes from this
# site, and nothing may frame a page. What is not named falls back to `default-src`: objects, workers, media.
ALLOWED = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
}
# Where a card or a paper is read by camera; no other page may open one.
FILMING = (
    *("desk:intake", "desk:bundle_sheet", "desk:verb asked nhan-bo-sung"),
    *("portal:file_papers", "portal:file_pages", "portal:supplement_paper", "portal:supplement_pages"),
    "portal:new_mandate",
)
OF_PERSONS = ("066090001234", "066190005678", "0912345678", "0905000009", "@example.vn", "Nguyễn Văn An")
# Names of agencies and steps, who does a step, questions of e-forms: data; elsewhere texts of the interface.
DATA = frozenset(
    {
        *("Công an tỉnh", "Sở Nội vụ", "Sở Tài chính", "Sở Tư pháp", "Văn phòng Ủy ban nhân dân tỉnh"),
        "Ủy ban nhân dân cấp xã",  # who settles, in the words of the catalogue
        *("Người được ủy quyền", "Số điện thoại", "Số định danh cá nhân", "12 chữ số in trên thẻ căn cước."),
        "Phân công thụ lý",
        "Tiếng Việt",  # a language is named in itself
        "Số định danh cá nhân của người đó",
        *("Bộ phận một cửa", "Công chức thụ lý", "Lãnh đạo phòng chuyên môn", "Lãnh đạo cơ quan", "Văn thư"),
    }
)


def test_every_page_answers(looked: list[Looked]) -> None:
    assert [
        f"{each.visit.title}: {each.answer.status_code}" for each in looked if each.answer.status_code != 200
    ] == []


def test_no_page_asks_more_than_fifteen_times(looked: list[Looked]) -> None:
    most = MOST_QUERIES - UNSEEN
    assert {each.visit.title: each.queries for each in looked if each.queries > most} == {}


def test_dossier_in_any_state_before_anybody_asks_no_more_than_that(place: Place) -> None:
    """Opened from a list, with a paper of it chosen: by whoever leads and by its owner in every state, and by
    every post in the one where somebody else's name is to be found."""
    visits = [page("desk:dossier", "hanh", query=FROM_A_LIST, dossier_id=state) for state in STATES]
    visits += [page("desk:dossier", who, query=FROM_A_LIST, dossier_id="assigned") for who in POSTS]
    visits += [
        page("portal:own_dossier", "an", dossier_id=state) for state in STATES if state != "registered"
    ]
    with transaction.atomic():
        place.things["assigned"] = place.until("process", procedure=ASSIGNED).dossier_id
        asked = {visit.title: queries_of(place, visit) for visit in visits}
        transaction.set_rollback(True)  # no other page of this place is to show it
    assert {title: count for title, count in asked.items() if count > MOST_QUERIES - UNSEEN} == {}


def test_no_list_of_the_desk_begins_with_a_blank(looked: list[Looked]) -> None:
    blank = re.compile(r'<option value=""[^>]*>\s*</option>')
    faulty = [each.visit.title for each in looked if blank.search(each.answer.content.decode())]
    assert [title for title in faulty if title.startswith("desk:")] == []


def queries_of(place: Place, visit: Visit) -> int:
    """How often a page asks, without the savepoints that stand for transactions within the test's own."""
    client = place.client(visit)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(place.address(visit))
    assert answer.status_code == 200
    return len([each for each in asked if "SAVEPOINT" not in each["sql"]])


def test_every_page_bears_the_headers_that_guard_it(looked: list[Looked]) -> None:
    wrong = {
        (each.visit.title, name, each.answer.headers.get(name))
        for each in looked
        for name, value in headers_of(each.visit).items()
        if each.answer.headers.get(name) != value
    }
    assert wrong == set()


def headers_of(visit: Visit) -> dict[str, str]:
    films = {"Permissions-Policy": PERMISSIONS_WITH_CAMERA} if visit.title.startswith(FILMING) else {}
    return HEADERS | films


def test_every_page_allows_nothing_but_what_comes_from_this_site(looked: list[Looked]) -> None:
    policies = {each.answer.headers.get("Content-Security-Policy", "") for each in looked}
    assert [allowed_by(each) for each in policies] == [ALLOWED]


def allowed_by(policy: str) -> dict[str, list[str]]:
    """Directives and their sources. One that stands twice is an error: browsers pass over the second."""
    parts = [part.split() for part in policy.split(";") if part.strip()]
    found = {name.lower(): sources for name, *sources in parts}
    assert len(found) == len(parts)
    return found


def test_no_page_holds_script_or_style_of_its_own(looked: list[Looked]) -> None:
    assert {each.visit.title: each.read.inline for each in looked if each.read.inline} == {}


def test_cookies_are_kept_from_scripts_and_other_sites(looked: list[Looked]) -> None:
    loose = [
        (each.visit.title, name)
        for each in looked
        for name, cookie in each.answer.cookies.items()
        if not cookie["samesite"] or not cookie["httponly"]
    ]
    assert loose == []


def test_no_address_on_any_page_holds_what_belongs_to_a_person(looked: list[Looked]) -> None:
    told = [
        (each.visit.title, address)
        for each in looked
        for address in each.read.addresses
        for private in OF_PERSONS
        if private in unquote(address)
    ]
    assert told == []


def test_every_page_has_one_main_heading_and_a_title_of_its_own(looked: list[Looked]) -> None:
    wrong = [
        each.visit.title
        for each in looked
        if each.read.tags.count("h1") != 1 or each.read.title.startswith("–") or not each.read.title
    ]
    assert wrong == []


def test_every_page_says_its_language(looked: list[Looked]) -> None:
    spoken = {(each.read.language, each.english.language) for each in looked}
    assert spoken == {("vi", "en")}


def test_no_text_of_the_interface_stays_vietnamese_under_english(looked: list[Looked]) -> None:
    with ENGLISH.open("rb") as file:
        catalog = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    translated = {
        " ".join(text.split())
        for text, english in catalog.items()
        if isinstance(text, str) and text and english != text
    }
    left = {
        (each.visit.title, text)
        for each in looked
        for text in each.english.texts
        if text in translated and text not in DATA
    }
    assert not left, "\n".join(map(str, sorted(left)))


def test_what_is_vietnamese_on_an_english_page_is_marked(looked: list[Looked]) -> None:
    """WCAG 3.1.2: names, reasons, questions and steps that stay Vietnamese say so to a screen reader."""
    left = {
        (each.visit.title, words)
        for each in looked
        for words in each.marked.words
        if VIETNAMESE.search(words)
    }
    assert not left, "\n".join(map(str, sorted(left)))


def test_marks_go_out_with_the_page_and_change_none_of_its_words(place: Place, looked: list[Looked]) -> None:
    sheet = next(each for each in looked if each.visit.route == "portal:sheet")
    again = place.client(sheet.visit, "en").get(place.address(sheet.visit))
    said = [words for words in read(again.content).words if not words.startswith("As of ")]
    assert said == [words for words in sheet.marked.words if not words.startswith("As of ")]
    assert b'<span lang="vi">' in again.content
    assert int(again.headers["Content-Length"]) == len(again.content)


def test_headings_go_down_one_level_at_a_time(looked: list[Looked]) -> None:
    """Only what a page was told on the way (messages, a summary of errors) stands as h2 before its h1."""

    def jumps(tags: list[str]) -> bool:
        levels = [int(tag[1]) for tag in tags if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit()]
        return any(later > earlier + 1 for earlier, later in pairwise([1, *levels]))

    assert sorted({each.visit.title for each in looked if jumps(each.read.tags)}) == []


def test_every_page_has_one_main_part_and_ways_with_names_of_their_own(looked: list[Looked]) -> None:
    wrong = []
    for each in looked:
        ways = [name for kind, name in each.read.landmarks if kind == "nav"]
        mains = [kind for kind, _ in each.read.landmarks if kind == "main"]
        if len(mains) != 1 or len(set(ways)) != len(ways) or "" in ways:
            wrong.append((each.visit.title, ways, len(mains)))
    assert wrong == []
