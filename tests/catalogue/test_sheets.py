"""Limits, papers and fees by channel and case; units that are never converted."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from motcua.catalogue.rules import reading, wire
from motcua.catalogue.rules.sheets import OTHER_CASE, Fee, ProcedureSheet, RequiredDocument
from motcua.catalogue.services.importing import DATA, GENERAL_FORM, eform
from motcua.kernel.money import Money

ROWS: list[dict[str, Any]] = json.loads((DATA / "procedures.json").read_text("utf-8"))["procedures"]


def sheet(key: str) -> ProcedureSheet:
    row = next(row for row in ROWS if row["id"] == key)
    return reading.sheet(row, eform=eform(row["eform"]) or ())


@pytest.mark.parametrize(
    ("key", "channel", "variant", "limit"),
    [
        ("khai-sinh", "counter", None, "1wd"),
        ("hoa-giai-dat-dai", "postal", None, "30cd"),
        ("hoa-giai-dat-dai", "counter", None, "40cd"),
        ("cap-phep-xay-dung-nha-o", "online", "nhà ở riêng lẻ", "15cd"),
        ("cap-phep-xay-dung-nha-o", "online", "công trình cấp III, IV khác", "20cd"),
        ("xuat-xu-mau-ak", "online", None, "6wh"),
        ("xuat-xu-mau-ak", "postal", None, "24wh"),
    ],
)
def test_limit_for_hangs_on_channel_and_case(key: str, channel: str, variant: str | None, limit: str) -> None:
    offered = sheet(key).limit_for(channel, variant)
    assert offered is not None
    assert str(offered.limit) == limit


def test_who_is_in_no_case_has_the_term_of_the_others_and_is_asked_for_no_paper_of_a_case() -> None:
    company, others = "doanh-nghiep-tu-nhan", sheet("cap-gcn-nguoi-da-dang-ky")
    founded = sheet(company)
    (exception,) = founded.variants
    in_it = {each.key for each in founded.components_for("counter", exception)}
    beside = {each.key for each in founded.components_for("counter", "")}

    assert {each.key for each in founded.components_for("counter")} == in_it > beside
    assert founded.cases == (exception, OTHER_CASE)
    assert (founded.usual_case, founded.variant_of(OTHER_CASE), founded.case_of("")) == (
        OTHER_CASE,
        "",
        OTHER_CASE,
    )
    term = others.limit_for("counter", "")
    assert term is not None
    assert (term.variant, term.printed_value, len(others.variants)) == (None, "15", 2)
    assert others.usual_case == others.variants[0]


def test_cases_that_leave_no_other_are_the_only_answers() -> None:
    house = sheet("cap-phep-xay-dung-nha-o")
    assert house.cases == house.variants
    assert house.case_of("") == ""


def test_fee_of_a_case_that_nobody_is_asked_for_is_told_to_all() -> None:
    told = replace(
        sheet("doanh-nghiep-tu-nhan"),
        variants=("a", "b"),
        fees=(
            Fee("of a", Money(1), variant="a"),
            Fee("of b", Money(2), variant="b"),
            Fee("x", Money(3), variant="x"),
        ),
    )
    found = {case: [fee.name for fee in told.fees_for("counter", case)] for case in ("a", "", None)}
    assert found == {"a": ["of a", "x"], "": ["x"], None: ["of a", "of b", "x"]}


@pytest.mark.parametrize(
    ("key", "printed"), [("cap-gcn-nguoi-da-dang-ky", ("15", "day")), ("hoi-nghi-quoc-te", ("", "none"))]
)
def test_limit_with_a_unit_the_law_does_not_count_in_is_kept_as_printed(
    key: str, printed: tuple[str, str]
) -> None:
    offered = sheet(key).limit_for("counter")
    assert offered is not None
    assert offered.limit is None
    assert (offered.printed_value, offered.printed_unit) == printed


def test_cutoff_belongs_to_the_limit_of_one_working_day() -> None:
    corrected = sheet("thay-doi-cai-chinh-ho-tich")
    one_day = corrected.limit_for("counter", "bổ sung thông tin")
    three_days = corrected.limit_for("counter", "cải chính, thay đổi, xác định lại dân tộc")
    assert one_day is not None
    assert three_days is not None
    assert (str(one_day.cutoff), three_days.cutoff) == ("15:00:00", None)


def test_components_for_online_ask_for_the_electronic_form_only() -> None:
    birth = sheet("khai-sinh")
    forms = {
        channel: [paper.name for paper in birth.components_for(channel) if paper.is_form]
        for channel in ("counter", "online")
    }
    assert forms == {
        "counter": ["Tờ khai đăng ký khai sinh"],
        "online": ["Mẫu hộ tịch điện tử tương tác đăng ký khai sinh"],
    }


def test_questions_stand_for_the_form_that_they_are_of_and_for_no_other() -> None:
    answered = {
        row["id"]: [paper.name for paper in asked.components_for("online") if asked.is_answered(paper)]
        for row in ROWS
        if (asked := sheet(row["id"])).eform
    }
    assert {key: "; ".join(names) for key, names in answered.items() if names} == {
        "khai-sinh": "Mẫu hộ tịch điện tử tương tác đăng ký khai sinh",
        "khai-tu": "Mẫu hộ tịch điện tử tương tác đăng ký khai tử",
        "ket-hon": "Mẫu hộ tịch điện tử tương tác đăng ký kết hôn",
        "xac-nhan-hon-nhan": "Mẫu điện tử tương tác",
        "thay-doi-cai-chinh-ho-tich": "Mẫu hộ tịch điện tử tương tác",
        "ban-sao-trich-luc": "Mẫu điện tử tương tác",
        "thuong-tru": "Tờ khai thay đổi thông tin cư trú CT01",
        "tam-tru": "Tờ khai CT01",
        "lien-thong-khai-sinh-thuong-tru-bhyt": "Tờ khai đăng ký khai sinh",
        "ho-kinh-doanh-thanh-lap": "Giấy đề nghị đăng ký hộ kinh doanh",
        "cap-phep-xay-dung-nha-o": "Đơn đề nghị cấp giấy phép xây dựng (Mẫu 1 Phụ lục II Nghị định 175/2024)",
        "ly-lich-tu-phap": "Tờ khai điện tử tương tác (Mẫu 04/2025/LLTP)",
    }


def test_interactive_form_is_read_by_one_name_whatever_it_was_published_as() -> None:
    forms = [paper for row in ROWS for paper in sheet(row["id"]).components if paper.is_filled_online]
    assert len({paper.name for paper in forms}) > 1
    assert {paper.called for paper in forms} == {"Tờ khai điện tử"}
    paper = RequiredDocument("to-khai", "Mẫu điện tử tương tác", is_form=True)  # by every way: a paper
    assert paper.called == paper.name


def test_paper_that_is_shown_only_says_so_once() -> None:
    shown = [paper for row in ROWS for paper in sheet(row["id"]).components if paper.is_shown_only]
    assert shown
    for paper in shown:
        assert "xuất trình" in f"{paper.name} {paper.condition}"
        assert "xuất trình" not in f"{paper.called} {paper.own_condition}"
    birth = next(paper for paper in sheet("khai-sinh").components if paper.is_shown_only)
    assert birth.called == "Giấy tờ tùy thân (hộ chiếu/thẻ căn cước/căn cước điện tử)"
    assert birth.own_condition == "trực tuyến thì cung cấp số định danh"
    handed_in = RequiredDocument("hop-dong", "Hợp đồng", condition="xuất trình bản chính")
    assert handed_in.own_condition == handed_in.condition


def test_general_form_is_known_by_its_questions() -> None:
    general = {row["id"] for row in ROWS if sheet(row["id"]).has_general_form}
    assert general == {row["id"] for row in ROWS if row["eform"] == GENERAL_FORM}


def test_fees_for_channel_differ() -> None:
    residence = sheet("thuong-tru")
    amounts = {
        channel: [str(fee.amount) for fee in residence.fees_for(channel)] for channel in ("counter", "online")
    }
    assert amounts == {"counter": ["20.000 đồng"], "online": ["10.000 đồng"]}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_sheet_of_every_procedure_survives_its_json(row: dict[str, Any]) -> None:
    read = sheet(row["id"])
    again = wire.from_json(json.loads(json.dumps(wire.to_json(read))), version_id=0)
    assert again == read
    keys = [paper.key for paper in read.components]
    assert len(keys) == len(set(keys))


def test_sheet_with_unverified_facts_is_a_sample() -> None:
    assert sheet("khai-sinh").is_sample
    assert not sheet("van-phong-giam-dinh").is_sample


NO_WORDS_FOR_CITIZENS = re.compile(r"unverified|\bfound\b|general knowledge|from memory|->", re.IGNORECASE)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_no_text_of_a_procedure_holds_a_mark_of_those_who_gathered_it(row: dict[str, Any]) -> None:
    """Whether something was verified stands in `mark` and `provenance`; words are for people."""
    read = sheet(row["id"])
    texts = [
        *(read.title, read.sector, read.agency_text, read.publication_decision, *read.notes),
        *(text for paper in read.components for text in (paper.name, paper.condition, *paper.variants)),
        *(text for fee in read.fees for text in (fee.name, fee.note, fee.variant or "")),
        *(text for limit in read.limits for text in (limit.note, limit.variant or "")),
        *(result.name for result in read.results),
        *read.legal_basis,
    ]
    assert [text for text in texts if NO_WORDS_FOR_CITIZENS.search(text)] == []


def test_what_is_not_verified_keeps_its_mark() -> None:
    marked = {
        row["id"]
        for row in ROWS
        for each in (row["legal_time"], *row.get("fee", ()), *row.get("components", ()))
        if each.get("mark") == "unverified"
    }
    assert {"hoi-nghi-quoc-te", "ly-lich-tu-phap", "tro-cap-mot-lan-khang-chien"} <= marked
    lump_sum = sheet("tro-cap-mot-lan-qd62")
    assert (lump_sum.results[0].name, lump_sum.provenance["result"]) == (
        "Quyết định trợ cấp một lần",
        "unverified",
    )


def test_powers_of_attorney_are_known_as_papers_of_who_acts_for_others() -> None:
    copies = sheet("ban-sao-trich-luc")
    assert [paper.name for paper in copies.components if paper.is_for_others] == ["Văn bản ủy quyền"]
    members = sheet("ho-kinh-doanh-thanh-lap")  # those of the household empower its head in any case
    assert [paper.name for paper in members.components if paper.is_for_others] == [
        "Văn bản ủy quyền thực hiện thủ tục"
    ]


@pytest.mark.parametrize("key", ["xuat-xu-mau-ak", "ho-tro-nan-nhan", "tro-cap-mot-lan-qd62"])
def test_papers_that_were_not_found_are_unknown_and_not_none(key: str) -> None:
    unknown = sheet(key)
    brought = [(paper.name, paper.required) for paper in unknown.components_for("online")]
    assert (unknown.has_unknown_papers, unknown.components, brought) == (True, (), [("Giấy tờ khác", False)])
    assert wire.from_json(wire.to_json(unknown), version_id=0).has_unknown_papers


@pytest.mark.parametrize(
    ("key", "asks"),
    [("khai-sinh", True), ("khai-tu", True), ("thuong-tru", False), ("xuat-xu-mau-ak", False)],
)
def test_form_that_asks_for_the_relation_is_of_who_asks(key: str, asks: bool) -> None:
    assert sheet(key).asks_relation is asks


def test_list_that_is_empty_or_was_found_is_known() -> None:
    listed = replace(sheet("xuat-xu-mau-ak"), provenance={"components": "none_listed"})
    assert (listed.has_unknown_papers, listed.components_for("counter")) == (False, ())
    assert not sheet("khai-sinh").has_unknown_papers


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["id"]))
def test_cases_and_conditions_stand_alone(row: dict[str, Any]) -> None:
    """What points into the document that a row is from says nothing to who reads the sheet."""
    read = reading.sheet(row, eform=())
    told = [
        *read.variants,
        *(each.condition for each in read.components),
        *(fee.variant or "" for fee in read.fees),
    ]
    pointing = re.compile(r"liền trước|liền trên|mục trên|như trên|nêu trên|nói trên|dưới đây")
    assert not [text for text in told if pointing.search(text)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["id"]))
def test_no_remark_hides_for_whom_or_until_when_a_fee_holds(row: dict[str, Any]) -> None:
    """Nobody shows a remark: whom a fee spares is a field, a fee whose days are over is not known."""
    for fee in reading.sheet(row, eform=()).fees:
        if fee.amount is not None and fee.amount.vnd:
            assert not re.search(r"miễn:|miễn cho|trường hợp miễn|áp dụng .*\d{4}", fee.note), fee.name


def test_longer_term_of_some_people_is_a_case() -> None:
    row = next(row for row in ROWS if row["code"] == "3.000333")
    told = [(each.variant, str(each.limit)) for each in reading.sheet(row, eform=()).limits]
    assert [limit for variant, limit in told if variant] == ["10cd", "15cd"]
