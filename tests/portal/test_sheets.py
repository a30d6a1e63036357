"""The procedure sheet: choices that people make, and what comes of them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import cast

import pytest
from django.db import connection
from django.template.loader import get_template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from pytest_django import Settings
from tests.dossiers.world import MONDAY, World, make_world, moment, published, sheet

from motcua.agencies.enums import UnitKind
from motcua.catalogue import queries as catalogue
from motcua.catalogue.enums import Channel, OnlineLevel
from motcua.catalogue.rules import reading
from motcua.catalogue.rules.cards import Offer
from motcua.catalogue.rules.eforms import FormField, FormSection
from motcua.catalogue.rules.sheets import Fee, OfferedLimit, ProcedureSheet, RequiredDocument
from motcua.catalogue.services.importing import DATA, GENERAL_FORM, eform
from motcua.desk.forms.papers import Wanted
from motcua.dossiers.queries import RealTime
from motcua.dossiers.rules.state import DocumentRef
from motcua.kernel.limits import TimeLimit
from motcua.kernel.money import Money
from motcua.portal import filings, papers, province, sheets
from motcua.portal.drafts import Draft
from motcua.worktime import queries as worktime

HERE = Offer(1, "UBND xã Ea Kao", "commune", "dak-lak", 10)
THERE = Offer(2, "UBND xã Ea Ô", "commune", "dak-lak", 20)
SHEET = ProcedureSheet(
    version_id=1,
    code="1.000001",
    title="Cấp giấy phép thử nghiệm",
    sector="Tư pháp",
    online_level=OnlineLevel.FULL,
    variants=("lần đầu", "cấp lại"),
    components=(
        RequiredDocument("paper", "Giấy chứng minh"),
        RequiredDocument("form", "Tờ khai", channels=("counter",), is_form=True),
        RequiredDocument("old", "Giấy phép cũ", variants=("cấp lại",)),
        RequiredDocument("proxy", "Giấy ủy quyền", required=False),
    ),
    fees=(
        Fee("Lệ phí", Money(20000), channel="counter"),
        Fee("Lệ phí", Money(10000), channel="online"),
        Fee("Phí bản sao", Money(8000), note="mỗi bản, nếu yêu cầu; thấy ở trang khác"),
        Fee("Phí thẩm định", None),
        Fee("Phí khác", Money(0)),
    ),
    limits=(
        OfferedLimit(None, "lần đầu", TimeLimit.parse("3wd"), "3", "working_day"),
        OfferedLimit(None, "cấp lại", None, "5", "unknown"),
    ),
)


def limits(*offered: tuple[str | None, str]) -> ProcedureSheet:
    cells = tuple(OfferedLimit(channel, None, TimeLimit.parse(term), "", "") for channel, term in offered)
    return replace(SHEET, variants=(), limits=cells)


@pytest.mark.parametrize(
    ("offered", "shown"),
    [
        ([(None, "3wd")], [("", "3wd")]),
        # the same for all: said once
        ([(None, "1wd"), ("online", "1wd"), ("postal", "1wd"), ("counter", "1wd")], [("", "1wd")]),
        ([(None, "5wd"), ("online", "5wd")], [("", "5wd")]),
        # what holds for no way of filing is no row
        (
            [(None, "5wd"), ("counter", "5wd"), ("online", "15wd"), ("postal", "20wd")],
            ["5wd", "15wd", "20wd"],
        ),
        # what holds for the others says so
        ([(None, "5wd"), ("online", "3wd")], ["3wd", ("Các cách nộp khác", "5wd")]),
        ([("online", "3wd")], ["3wd"]),
    ],
)
def test_terms_neither_repeat_nor_contradict_each_other(
    offered: list[tuple[str | None, str]], shown: list[str | tuple[str, str]]
) -> None:
    found = sheets.terms_of(limits(*offered))
    assert [each.value for each in found] == [
        TimeLimit.parse(each if isinstance(each, str) else each[1]) for each in shown
    ]
    for cell, each in zip(found, shown, strict=True):
        assert str(cell.channel) == each[0] if isinstance(each, tuple) else str(cell.channel) != ""


@pytest.mark.parametrize(
    ("cover_all", "shown"),
    [
        (False, [("bổ sung thông tin", "1wd"), ("phải xác minh", "6wd"), ("Các trường hợp khác", "2wd")]),
        (True, [("bổ sung thông tin", "1wd"), ("phải xác minh", "6wd")]),
    ],
)
def test_term_without_a_case_is_that_of_the_others_where_cases_are_named(
    cover_all: bool, shown: list[tuple[str, str]]
) -> None:
    cells = ((None, "2wd"), ("bổ sung thông tin", "1wd"), ("phải xác minh", "6wd"))
    offered = tuple(OfferedLimit(None, case, TimeLimit.parse(term), "", "") for case, term in cells)
    read = replace(SHEET, variants=("phải xác minh",), limits=offered, cases_cover_all=cover_all)
    found = [(cell.variant, str(cell.value)) for cell in sheets.terms_of(read)]
    assert found == shown


def test_no_published_sheet_with_cases_has_a_term_for_every_case() -> None:
    rows = json.loads((DATA / "procedures.json").read_text("utf-8"))["procedures"]
    with_cases = [row for row in rows if row["legal_time"].get("cases")]
    assert with_cases
    for row in with_cases:
        assert all(cell.variant for cell in sheets.terms_of(reading.sheet(row, eform=()))), row["id"]
    by_id = {row["id"]: reading.sheet(row, eform=()) for row in with_cases}
    told = sheets.terms_of(by_id["tham-dinh-thiet-ke-xay-dung"])
    assert "Các trường hợp khác" not in [cell.variant for cell in told]


def test_form_that_is_answered_online_says_so_among_what_everybody_needs() -> None:
    own = (FormSection("Nội dung", (FormField("purpose", "Mục đích"),)),)
    read = replace(SHEET, eform=own, components=(RequiredDocument("form", "Đơn", is_form=True),))
    for channel, answered in (("online", True), ("counter", False)):
        chosen = sheets.choice_of(read, (HERE,), {"kenh": channel})
        papers = sheets.answer(read, chosen, None, MONDAY).papers
        assert [(each.name, each.is_answered) for each in papers] == [("Đơn", answered)]


def test_form_beside_general_questions_is_a_paper_to_send_and_not_said_to_be_answered() -> None:
    general = eform(GENERAL_FORM)
    assert general is not None
    read = replace(SHEET, eform=general, components=(RequiredDocument("form", "Đơn", is_form=True),))
    chosen = sheets.choice_of(read, (HERE,), {"kenh": "online"})
    assert [each.is_answered for each in sheets.answer(read, chosen, None, MONDAY).papers] == [False]
    assert [each["has_questions"] for each in sheets.papers_of(read)] == [False]
    assert sheets.online_papers(read, None).always == 1
    assert [each.key for each in papers.asked(read, None)] == ["form"]


def test_only_what_can_be_counted_is_asked_for() -> None:
    one = replace(SHEET, fees=(Fee("Lệ phí", Money(150000)),))
    by_piece = replace(SHEET, fees=(Fee("Phí bản sao", Money(8000), note="mỗi bản"),))
    chosen = sheets.choice_of(one, (HERE,), {})
    assert sheets.answer(one, chosen, None, MONDAY).counted == ()
    assert [line.name for line in sheets.answer(by_piece, chosen, None, MONDAY).counted] == ["Phí bản sao"]


def choice(**asked: str) -> sheets.Choice:
    return sheets.choice_of(
        SHEET, (HERE, THERE), {key.replace("_", "-"): value for key, value in asked.items()}
    )


def test_choice_without_words_is_online_first_case_no_place() -> None:
    chosen = choice()
    assert (chosen.channel, chosen.case, chosen.offer) == ("online", "lần đầu", None)
    assert chosen.amounts == {1: 1, 2: 0}


def test_choice_of_the_only_agency_needs_no_asking() -> None:
    assert sheets.choice_of(SHEET, (HERE,), {}).offer == HERE


def test_choice_without_an_agency_has_no_online_door() -> None:
    assert sheets.choice_of(SHEET, (), {"kenh": "online"}).channel == "counter"


@pytest.mark.parametrize("typed", ["-1", "1e3", "١", "99999", "x" * 500, "", "1.5"])
def test_choice_that_makes_no_sense_is_passed_over(typed: str) -> None:
    chosen = choice(kenh=typed, truong_hop=typed, noi=typed, phi_0=typed)
    assert chosen == replace(choice(), has_counted=True)


def test_amount_above_the_end_counts_as_none_said() -> None:
    assert choice(phi_2="3", phi_1="9999").amounts == {1: None, 2: 3}


def test_answer_sums_the_fees_of_channel_and_amount() -> None:
    calendar = worktime.published_calendar("dak-lak", None)
    told = sheets.answer(SHEET, choice(phi_2="3"), calendar, MONDAY)
    assert told.total == Money(34000)
    assert [(line.name, line.amount) for line in told.lines] == [("Lệ phí", 1), ("Phí bản sao", 3)]
    assert told.open_fees == ("Phí thẩm định",)
    assert told.due is not None
    assert told.due.due_at == moment("2024-03-07 08:00")


def test_answer_sums_nothing_until_somebody_says_which_fees_are_theirs() -> None:
    told = sheets.answer(SHEET, choice(), None, MONDAY)
    assert (told.total, [line.each for line in told.lines]) == (None, [Money(10000), Money(8000)])


def test_answer_sums_the_only_fee_unasked() -> None:
    one = replace(SHEET, fees=SHEET.fees[:2])
    assert sheets.answer(one, sheets.choice_of(one, (HERE,), {}), None, MONDAY).total == Money(10000)


def test_registration_that_is_free_only_in_time_says_so(db: None) -> None:
    in_time = Fee("Lệ phí", Money(0), note="miễn nếu đăng ký đúng hạn; còn lại theo HĐND tỉnh")
    told = told_of(in_time)
    assert (told.total, told.free_in_cases) == (Money(0), (("Lệ phí", "đăng ký đúng hạn"),))
    template = get_template("portal/procedures/answer.html")
    page = " ".join(template.render({"answer": told, "doors": [], "chosen": None}).split())
    assert "Lệ phí: miễn nếu đăng ký đúng hạn; trường hợp khác, hãy hỏi bộ phận một cửa" in page
    assert "Không mất tiền" not in page
    free = template.render({"answer": told_of(Fee("Lệ phí", Money(0))), "doors": [], "chosen": None})
    assert "Không mất tiền" in free


def test_answer_names_who_is_exempt_and_who_brings_a_paper(db: None) -> None:
    fee = Fee("Lệ phí", Money(400000), note="mỗi trường hợp", exempt="người có công")
    paper = RequiredDocument("health", "Giấy khám sức khỏe", condition="trừ hạng A1")
    read = replace(SHEET, variants=(), fees=(fee,), components=(paper,))
    told = sheets.answer(read, sheets.choice_of(read, (HERE,), {}), None, MONDAY)
    assert (told.exempt, told.papers[0].condition) == ((("Lệ phí", "người có công"),), "trừ hạng A1")
    template = get_template("portal/procedures/answer.html")
    page = re.sub(r"<[^>]+>|\s+", " ", template.render({"answer": told, "doors": [], "chosen": None}))
    words = " ".join(page.split())
    assert "Lệ phí: miễn cho người có công" in words
    assert "Giấy khám sức khỏe (trừ hạng A1)" in words


def test_answer_does_not_repeat_the_channel_that_was_asked_in_the_words_of_another(db: None) -> None:
    """The published words say "nộp trực tiếp" of a paper that is asked by post too."""
    form = RequiredDocument(
        "form", "Tờ khai", condition="nộp trực tiếp", is_form=True, channels=("counter", "postal")
    )
    plain = RequiredDocument("health", "Giấy khám", condition="Nộp khi đã hết hạn")
    read = replace(SHEET, variants=(), components=(form, plain))
    chosen = replace(sheets.choice_of(read, (HERE,), {}), channel=Channel.POSTAL)
    told = sheets.answer(read, chosen, None, MONDAY)
    conditions = {paper.key: paper.condition for paper in told.papers}
    assert conditions == {"form": "", "health": "Nộp khi đã hết hạn"}
    assert {row["paper"].key: row["condition"] for row in sheets.papers_of(read)} == conditions
    assert Wanted.of(form).condition == ""


ORDINARY = Fee("Phí", Money(200000), one_of="rate")
REDUCED = Fee("Phí - sinh viên", Money(100000), one_of="rate")
BY_PERSON = Fee("Phí theo danh sách", Money(10000), note="/người", one_of="rate")
PAGES = (
    Fee("Phí", Money(2000), note="mỗi trang", one_of="pages", from_piece=1, at_most=Money(200000)),
    Fee("Phí - từ trang 3", Money(1000), note="mỗi trang", one_of="pages", from_piece=3),
)


def told_of(*fees: Fee, **asked: str) -> sheets.Answer:
    read = replace(SHEET, variants=(), fees=fees)
    given = {key.replace("_", "-"): value for key, value in asked.items()}
    return sheets.answer(read, sheets.choice_of(read, (HERE,), given), None, MONDAY)


def test_fees_that_exclude_each_other_are_never_added() -> None:
    assert told_of(ORDINARY, REDUCED, muc_0="").total is None
    assert told_of(ORDINARY, REDUCED, muc_0="7").total is None
    assert told_of(ORDINARY, REDUCED, muc_0="0").total == Money(200000)
    told = told_of(ORDINARY, REDUCED, muc_0="1")
    assert (told.total, told.counted, told.picks[0].picked) == (Money(100000), (), 1)
    by_person = told_of(ORDINARY, BY_PERSON, muc_0="1", phi_1="4")
    assert (by_person.total, [each.number for each in by_person.counted]) == (Money(40000), [1])


@pytest.mark.parametrize(
    ("pages", "total"),
    [("0", 0), ("1", 2000), ("2", 4000), ("3", 5000), ("5", 7000), ("198", 200000), ("900", 200000)],
)
def test_tiers_are_computed_from_one_number(pages: str, total: int) -> None:
    told = told_of(*PAGES, phi_0=pages)
    assert told.total == Money(total)
    assert [(each.number, each.typed, each.copies) for each in told.counted] == [(0, pages, None)]
    assert told.capped_at == (Money(200000) if pages == "900" else None)


@pytest.mark.parametrize(
    ("pages", "copies", "total", "capped"),
    [("4", "2", 12000, False), ("4", "", 6000, False), ("300", "3", 600000, True), ("4", "0", 0, False)],
)
def test_tiers_that_hold_for_a_copy_begin_anew_with_the_next(
    pages: str, copies: str, total: int, capped: bool
) -> None:
    told = told_of(*(replace(fee, per_copy=True) for fee in PAGES), phi_0=pages, ban_0=copies)
    assert (told.total, told.copies) == (Money(total), int(copies or 1))
    assert told.capped_at == (Money(200000) if capped else None)
    assert [(each.typed, each.copies) for each in told.counted] == [(pages, copies or "1")]


@pytest.mark.parametrize("typed", ["12345", "-3", "2,5", "1000", "hai"])
@pytest.mark.parametrize("field", ["phi_0", "ban_0"])
def test_number_that_cannot_be_is_named_and_not_counted(typed: str, field: str) -> None:
    asked = {"phi_0": "4", "ban_0": "1"} | {field: typed}
    told = told_of(*(replace(fee, per_copy=True) for fee in PAGES), **asked)
    assert (told.total, told.capped_at) == (None, None)
    (fault,) = sheets.faults_of(told)
    assert fault.href == f"#{field.replace('_', '-')}"
    what = "Số trang" if field == "phi_0" else "Số bản"
    assert fault.text == f"{what} phải là số nguyên từ 0 đến 999."
    (line,) = told.counted
    assert typed in {line.typed, line.copies}
    assert sheets.faults_of(told_of(*PAGES, phi_0=" 4 ")) == []


def test_no_sum_while_it_is_not_known_which_of_several_fees_are_due() -> None:
    several = (Fee("Phí", Money(100000)), Fee("Lệ phí", Money(50000)))
    assert told_of(*several, phi_0="", phi_1="").total is None
    assert told_of(*several, phi_0="1", phi_1="").total is None
    assert told_of(*several, phi_0="1", phi_1="0").total == Money(100000)
    assert told_of(*several, *PAGES, phi_0="1", phi_1="1").total is None


def test_answer_names_the_papers_of_channel_and_case() -> None:
    told = sheets.answer(SHEET, choice(kenh="counter", truong_hop="cấp lại"), None, MONDAY)
    assert [paper.key for paper in told.papers] == ["form", "paper", "old"]
    assert (told.in_some_cases, told.due) == (1, None)
    assert told.term is not None
    assert told.term.printed_value == "5"


def test_answer_without_a_countable_term_promises_nothing() -> None:
    calendar = worktime.published_calendar("dak-lak", None)
    assert sheets.answer(SHEET, choice(truong_hop="cấp lại"), calendar, MONDAY).due is None


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (None, None),
        (RealTime(4, 5, 6), None),
        (RealTime(5, 30, 47), ("30 giờ", "47 giờ")),
        (RealTime(9, 48, 240), ("2 ngày", "10 ngày")),
    ],
)
def test_real_time_is_told_where_enough_are_done(
    found: RealTime | None, words: tuple[str, str] | None
) -> None:
    with translation.override("vi"):
        assert sheets.real_time_words(found) == words


@pytest.mark.parametrize(
    ("place", "on", "names"),
    [
        pytest.param(
            "kon-tum",
            date(2020, 1, 1),
            ("mức độ 4", "mức độ 3", "Mức độ 2"),
            marks=pytest.mark.clause("KT18-5.2#2"),
        ),
        ("kon-tum", date(2023, 1, 1), ("mức độ 4", "mức độ 3", "Không nộp")),
        ("quang-ngai", date(2023, 1, 1), ("mức độ 4", "mức độ 3", "Không nộp")),
        ("dak-lak", date(2025, 1, 1), ("toàn trình", "một phần", "Không nộp")),
        pytest.param(
            "phu-tho",
            date(2025, 1, 1),
            ("toàn trình", "một phần", "Không nộp"),
            marks=pytest.mark.clause("PT24-18.1.a", "PT24-18.1.b", "PT24-2.4"),
        ),
        ("phu-tho", date(2019, 1, 1), ("toàn trình", "một phần", "Không nộp")),
    ],
)
def test_level_is_named_as_the_regulation_names_it(
    settings: object, place: str, on: date, names: tuple[str, ...]
) -> None:
    settings.PROVINCE = place  # type: ignore[attr-defined]
    with translation.override("vi"):
        told = [str(province.level_name(level, on)) for level in OnlineLevel]
    assert all(name in text for name, text in zip(names, told, strict=True))


@pytest.mark.django_db
def test_sheet_shows_desk_hours_due_date_and_questions(world: World) -> None:
    for _ in range(5):
        world.until("issue")
    text = Client().get("/thu-tuc/1.000001/?kenh=counter").content.decode()
    for expected in (
        "Đang mở cửa",
        "Nếu được tiếp nhận ngay lúc này, kết quả được trả chậm nhất",
        "Chín phần mười số hồ sơ xong trong",
        "/thu-tuc/1.000001/cau-hoi/",
        'itemtype="https://schema.org/GovernmentService"',
    ):
        assert expected in text
    assert text.count("data-mc-said-first") == 2  # the term and what is to be paid are read out
    assert "data-mc-said-first" not in Client().get("/thu-tuc/1.000001/").content.decode()  # nobody asked


@pytest.mark.django_db
def test_sheet_that_leads_to_filing_says_where_people_without_a_number_go(world: World) -> None:
    text = Client().get("/thu-tuc/1.000001/").content.decode()
    told = text[
        text.index("Người không có số, ví dụ người nước ngoài chưa được cấp, nộp tại bộ phận một cửa") :
    ]
    assert f'href="{reverse("portal:agencies")}"' in told[:300]


@pytest.mark.django_db
def test_sheet_asks_the_database_a_few_times_only(world: World) -> None:
    Client().get("/thu-tuc/1.000001/")
    with CaptureQueriesContext(connection) as asked:
        Client().get("/thu-tuc/1.000001/")
    assert len(asked) <= 9  # that of a planned stop among them


@pytest.mark.django_db
def test_questions_of_a_form_can_be_prepared(world: World) -> None:
    assert "Mục đích" in Client().get("/thu-tuc/1.000001/cau-hoi/").content.decode()
    assert Client().get("/thu-tuc/9.999999/cau-hoi/").status_code == 404


@pytest.mark.django_db
@pytest.mark.clause("KT18-5.2#2")
def test_procedure_filed_at_the_counter_only_still_offers_its_form_at_level_two(
    world: World, settings: Settings
) -> None:
    """What is not filed online is at level 2 at least where the regulation knows that level."""
    settings.PROVINCE = "kon-tum"
    world.now = moment("2021-06-01 08:00")
    content = sheet(code="1.000002", online_level=OnlineLevel.NONE)
    published(content, world.agency, world.units[UnitKind.DIVISION])
    text = Client().get("/thu-tuc/1.000002/").content.decode()
    assert "Mức độ 2" in text
    assert "/nop-ho-so/1.000002/" not in text
    assert 'href="/thu-tuc/1.000002/cau-hoi/"' in text
    assert "Mục đích" in Client().get("/thu-tuc/1.000002/cau-hoi/").content.decode()


@pytest.mark.django_db
def test_notes_of_those_who_gathered_the_data_never_reach_a_citizen(world: World) -> None:
    content = sheet(
        code="1.000003",
        notes=("nguồn mâu thuẫn",),
        fees=(Fee("Lệ phí", Money(5000), note="mức thấy ở trang khác"),),
        limits=(OfferedLimit(None, None, TimeLimit.parse("3wd"), "3", "working_day", note="trang ghi 3"),),
    )
    published(content, world.agency, world.units[UnitKind.DIVISION])
    text = Client().get("/thu-tuc/1.000003/").content.decode()
    assert "5.000" in text
    assert [
        note for note in ("nguồn mâu thuẫn", "mức thấy ở trang khác", "trang ghi 3") if note in text
    ] == []


@pytest.mark.django_db
def test_procedure_without_a_national_code_shows_citizens_no_internal_key(world: World) -> None:
    content = sheet(code="X.tro-cap", title="Trợ cấp thử nghiệm", sector="Người có công")
    published(content, world.agency, world.units[UnitKind.DIVISION])
    anybody = Client()
    for page in ("/thu-tuc/X.tro-cap/", "/thu-tuc/linh-vuc/nguoi-co-cong/", f"/co-quan/{world.agency.pk}/"):
        text = anybody.get(page).content.decode()
        words = re.sub(r"<[^>]*>", " ", text)  # addresses name it, words do not
        assert "Chưa có mã thủ tục quốc gia" in words
        assert "X.tro-cap" not in words
        assert 'itemprop="identifier"' not in text or page != "/thu-tuc/X.tro-cap/"
    assert "Mã thủ tục 1.000001" in anybody.get("/thu-tuc/1.000001/").content.decode()


INTERACTIVE = (
    RequiredDocument("paper-form", "Tờ khai giấy", channels=("counter", "postal"), is_form=True),
    RequiredDocument("e-form", "Mẫu điện tử tương tác", copies=1, channels=("online",), is_form=True),
    RequiredDocument("proxy", "Văn bản ủy quyền", required=False),
    RequiredDocument("home", "Giấy tờ cư trú", required=False),
)


def test_interactive_form_is_filled_in_and_no_paper_to_bring() -> None:
    read = replace(SHEET, components=INTERACTIVE)
    listed = [str(getattr(each["paper"], "key", "")) for each in sheets.papers_of(read)]
    assert listed == ["paper-form", "proxy", "home"]
    assert [form.key for form in sheets.online_forms(read)] == ["e-form"]
    assert sheets.answer(read, choice(), None, MONDAY).papers == ()


@pytest.mark.django_db
def test_sheet_says_where_the_interactive_form_is_filled_in(world: World) -> None:
    content = sheet(code="1.000004", components=INTERACTIVE)
    published(content, world.agency, world.units[UnitKind.DIVISION])
    text = Client().get("/thu-tuc/1.000004/").content.decode()
    assert (
        "bạn điền tờ khai điện tử (thủ tục công bố gọi là “Mẫu điện tử tương tác”) ngay trên trang này"
        in text
    )
    assert '<p class="mc-paper__name">Mẫu điện tử tương tác' not in text


def test_papers_to_send_are_counted_as_the_filing_asks_for_them() -> None:
    own = (FormSection("Nội dung", (FormField("purpose", "Mục đích"),)),)
    read = replace(SHEET, components=INTERACTIVE, eform=own)
    assert sheets.online_papers(read, None) == sheets.OnlinePapers(0, 2)
    assert sheets.online_papers(SHEET, "lần đầu") == sheets.OnlinePapers(1, 1)
    shown = RequiredDocument("card", "Thẻ căn cước", is_shown_only=True)
    assert sheets.online_papers(replace(SHEET, components=(shown,)), None) == sheets.OnlinePapers(0, 0)


@pytest.mark.django_db
def test_sheet_asks_for_no_papers_that_only_some_need(world: World) -> None:
    content = sheet(code="1.000005", components=INTERACTIVE)
    published(content, world.agency, world.units[UnitKind.DIVISION])
    anybody = Client()
    text = anybody.get("/thu-tuc/1.000005/").content.decode()
    assert "Gửi ảnh hoặc tệp giấy tờ kèm theo, chỉ khi trường hợp của bạn cần" in text
    other = anybody.get("/thu-tuc/1.000001/").content.decode()
    assert "Gửi ảnh hoặc tệp của 1 giấy tờ</a>, thêm 1 giấy tờ nếu trường hợp của bạn cần" in other


@pytest.mark.parametrize(("submitter", "is_offered"), [("", False), ("Trần Thị Bình", True)])
@pytest.mark.django_db
def test_power_of_attorney_is_only_offered_to_who_acts_for_others(submitter: str, is_offered: bool) -> None:
    proxy = RequiredDocument("proxy", "Văn bản ủy quyền", required=False, is_for_others=True)
    content = sheet(components=(RequiredDocument("paper", "Giấy chứng minh"), proxy))
    world = make_world(content)
    act = world.draft(with_papers=False)
    state = world.state(act)
    contents = replace(state.contents, submitter_name=submitter)
    view = SimpleNamespace(
        sheet=catalogue.sheet(state.target.procedure_version_id), state=replace(state, contents=contents)
    )
    draft = cast("Draft", SimpleNamespace(view=view, target=state.target, contents=contents))
    assert ("proxy" in [each.key for each in filings.papers_of(draft)]) is is_offered
    sent = replace(contents, documents=(DocumentRef("proxy", copies=1),))
    kept = cast("Draft", SimpleNamespace(view=view, target=state.target, contents=sent))
    assert [each.key for each in filings.papers_of(kept)] == ["paper", "proxy"]


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("15", "day", "15 ngày"),
        ("3", "unknown", "3 (văn bản công bố không nêu rõ đơn vị)"),
        ("", "none", ""),
        ("", "mixed", ""),
    ],
)
def test_time_that_cannot_be_counted_is_told_without_names_of_data(value: str, unit: str, words: str) -> None:
    with translation.override("vi"):
        assert sheets.printed(OfferedLimit(None, None, None, value, unit)) == words


@pytest.mark.django_db
@pytest.mark.parametrize("level", [OnlineLevel.FULL, OnlineLevel.NONE])
def test_contents_lead_to_every_part_of_the_sheet_and_to_nothing_else(level: OnlineLevel) -> None:
    make_world(sheet(online_level=level))
    page = Client().get("/thu-tuc/1.000001/").content.decode()
    contents, main = page.split('<div class="mc-sheet__main">')
    links = re.findall(r'mc-contents__link" href="#([a-z-]+)"', contents)
    assert links == re.findall(r'<h2 class="govuk-heading-m" id="([a-z-]+)"', main)
    assert ("how-online" in links) is (level is OnlineLevel.FULL)


def test_case_that_stands_alone_begins_with_a_capital_letter(world: World) -> None:
    published(replace(SHEET, code="1.000009"), world.agency, world.units[UnitKind.DIVISION])
    page = " ".join(Client().get("/thu-tuc/1.000009/?truong-hop=cấp lại").content.decode().split())
    assert '<option value="cấp lại" selected>Cấp lại</option>' in page
    assert '<th scope="row" class="govuk-table__cell mc-row-head">Lần đầu' in page
    assert '<span class="mc-small">Cấp lại</span>' in page
