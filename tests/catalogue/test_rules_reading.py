"""What people read of an imported row: no abbreviations, no half words, no day that cannot be meant."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from motcua.catalogue.enums import FieldKind, OnlineLevel
from motcua.catalogue.rules import reading
from motcua.catalogue.rules.abbreviations import spelled_out
from motcua.catalogue.rules.eforms import FormField, example_day
from motcua.catalogue.rules.sheets import ProcedureSheet
from motcua.catalogue.services import importing
from motcua.process.rules import reading as processes


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("UBND cấp xã", "Ủy ban nhân dân cấp xã"),
        ("Đơn (Mẫu 1 PL II NĐ 175/2024)", "Đơn (Mẫu 1 Phụ lục II Nghị định 175/2024)"),
        ("Đơn (PL I TT 17/2025/TT-BNNMT)", "Đơn (Phụ lục I Thông tư 17/2025/TT-BNNMT)"),
        ("Phiếu LLTP (Mẫu 01/2025/LLTP)", "Phiếu lý lịch tư pháp (Mẫu 01/2025/LLTP)"),
        ("QĐ 12/QĐ-UBND", "Quyết định 12/QĐ-UBND"),
        ("Bộ phận TN&TKQ", "Bộ phận Tiếp nhận và Trả kết quả"),
        (
            "Trung tâm Phục vụ hành chính công (TTPVHCC) tỉnh; TTPVHCC các xã",
            "Trung tâm Phục vụ hành chính công tỉnh; Trung tâm Phục vụ hành chính công các xã",
        ),
        ("Cấp giấy phép công trình cấp III", "Cấp giấy phép công trình cấp III"),
    ],
)
def test_abbreviations_are_written_out_but_for_codes(printed: str, read: str) -> None:
    assert spelled_out(printed) == read
    assert spelled_out(read) == read


def test_procedures_are_read_without_abbreviations() -> None:
    texts = []
    for row in json.loads(Path(importing.DATA, "procedures.json").read_text(encoding="utf-8"))["procedures"]:
        sheet = reading.sheet(row, eform=())
        papers = [text for each in sheet.components for text in (each.name, each.condition)]
        texts += [sheet.title, sheet.agency_text, *papers, *(fee.name for fee in sheet.fees)]
        texts += [result.name for result in sheet.results]
    assert [text for text in texts if spelled_out(text) != text] == []
    assert any("Ủy ban nhân dân cấp xã" in text for text in texts)


def test_steps_are_read_without_abbreviations() -> None:
    row = {
        "name_vi": "Chấp thuận thuộc thẩm quyền của UBND cấp tỉnh",
        "steps": [
            {"order": 1, "actor": "Bộ phận TN&TKQ", "action": "Tiếp nhận TTHC", "kind": "intake"},
            {"order": 2, "actor": "Chuyên viên", "action": "Giải quyết", "kind": "process"},
            {"order": 3, "actor": "Lãnh đạo UBND", "action": "Phê duyệt", "kind": "approve"},
        ],
    }
    read = processes.definition(row, procedure_code="1.000001")
    assert read.name == "Chấp thuận thuộc thẩm quyền của Ủy ban nhân dân cấp tỉnh"
    first = read.steps[0]
    assert first.name == "Tiếp nhận thủ tục hành chính"
    assert first.actor_text == "Bộ phận Tiếp nhận và Trả kết quả"


@pytest.mark.parametrize(
    ("end", "shown"),
    [
        ("quyền sở hữu c", " quyền sở hữu…"),
        ("Ủy ban nhân dân", " Ủy ban nhân dân…"),
        ("giấy; Giấy chứng nhận quyền tha", " giấy…"),
    ],
)
def test_result_that_breaks_off_ends_with_a_clause_or_a_word(end: str, shown: str) -> None:
    name = "a" * (reading.RECORDED_AT_MOST - len(end) - 1) + " " + end
    assert reading.whole_words(name).endswith(shown)
    assert reading.whole_words(end) == end


@pytest.mark.parametrize(
    ("title", "matter"),
    [("Thủ tục đăng ký khai sinh", "Đăng ký khai sinh"), ("Cấp giấy phép", "Cấp giấy phép")],
)
def test_matter_of_a_procedure_does_not_say_procedure_again(title: str, matter: str) -> None:
    assert ProcedureSheet(1, "1.000001", title, "Tư pháp", OnlineLevel.FULL).matter == matter


@pytest.mark.parametrize(
    ("label", "hint", "past", "today", "example"),
    [
        ("Ngày sinh của mẹ", "", True, date(2027, 1, 9), "15/03/1990"),
        ("Ngày sinh", "Ví dụ 05/09/2025.", True, date(2027, 1, 9), "05/09/2025"),
        ("Ngày bắt đầu kinh doanh", "", False, date(2027, 1, 9), "15/03/2027"),
        ("Ngày chết", "", True, date(2027, 1, 9), "15/03/2026"),
        ("Ngày chết", "", True, date(2027, 5, 9), "15/03/2027"),
    ],
)
def test_example_of_a_day_is_one_that_fits(
    label: str, hint: str, past: bool, today: date, example: str
) -> None:
    asked = FormField("a", label, FieldKind.DATE, hint=hint, not_after_today=past)
    assert example_day(asked, today) == example
