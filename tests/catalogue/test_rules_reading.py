"""What people read of an imported row: no abbreviations, no half words, no day that cannot be meant."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from motcua.catalogue.enums import FieldKind, OnlineLevel
from motcua.catalogue.rules import reading
from motcua.catalogue.rules.abbreviations import spelled_out
from motcua.catalogue.rules.eforms import FormField, example_day
from motcua.catalogue.rules.sheets import ProcedureSheet
from motcua.catalogue.services import importing
from motcua.process.rules import reading as processes

MOTCUA = importing.DATA.parents[1]


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
        (
            "Công chức một cửa, Trung tâm PVHCC cấp xã",
            "Công chức một cửa, Trung tâm Phục vụ hành chính công cấp xã",
        ),
        ("tại TT PVHCC", "tại Trung tâm Phục vụ hành chính công"),
        ("theo yêu cầu Công an/BHXH", "theo yêu cầu Công an/bảo hiểm xã hội"),
        ("lưu hành tự do (CFS)", "lưu hành tự do (giấy chứng nhận lưu hành tự do)"),
        ("12/UBND-VP", "12/UBND-VP"),
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


# Words of capital letters that people may read, and why.
CAPITALS = {
    "AK": "the name of a form of certificates of origin",
    "BIM": "beside what it means",
    "BNNMT": "the end of a code that is printed with a blank in it",
    "HIV": "the name of the virus, in the law too",
    "IFC": "said to be the format of the file, as PDF",
    "IOC": "in the name of an agency, beside what it means",
    "MB": "the unit of the size of files",
    "PDF": "the format of a file",
    "QR": "the name of the code",
    **dict.fromkeys(("II", "III", "IV", "XII"), "a Roman number"),
}


def _capitals(text: str) -> set[str]:
    """Words of two capital letters or more; what holds a digit, or hangs on what does, is a code."""
    words = (word.strip("-.,:") for word in re.split(r"[\s(),;“”\"]+", text))
    parts = (part for word in words if not re.search(r"\d", word) for part in re.split(r"[/-]", word))
    return {part for part in parts if sum(map(str.isalpha, part)) > 1 and part == part.upper()}


def _texts(value: object, *, but: tuple[str, ...] = ()) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, each in value.items():
            if name not in but:
                yield from _texts(each, but=but)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each, but=but)


def _rows(name: str, app: str, part: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(Path(MOTCUA, app, "data", name).read_text(encoding="utf-8"))[
        part
    ]
    return found


def test_no_word_of_capitals_reaches_people_but_those_that_are_known() -> None:
    """Whoever brings a new one writes it out in `abbreviations.toml`, or says here why people may read it."""
    read: list[str] = []
    for row in _rows("procedures.json", "catalogue", "procedures"):
        sheet = dataclasses.asdict(reading.sheet(row, eform=()))
        read += _texts(
            sheet, but=("legal_basis", "source", "publication_decision", "provenance", "online_level")
        )
    for row in _rows("processes.json", "process", "processes"):
        read += _texts(dataclasses.asdict(processes.definition(row, procedure_code="1")), but=("marks",))
    for path in Path(MOTCUA, "catalogue", "data", "eforms").glob("*.json"):
        read += _texts(json.loads(path.read_text(encoding="utf-8")), but=("pattern",))
    for path in Path(MOTCUA, "agencies", "data").glob("*.json"):
        tree = json.loads(path.read_text(encoding="utf-8"))
        read += _texts(tree, but=_NOT_READ_OF_AGENCIES)
    found = {word: text for text in read for word in _capitals(text) if word not in CAPITALS}
    assert found == {}


_NOT_READ_OF_AGENCIES = (
    "meta", "code_source", "name_source", "dates_source", "legacy_code_source", "note", "$schema", "source",
)  # fmt: skip


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
