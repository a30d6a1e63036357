"""E-forms: clean values out of what people type, and sentences for what is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from motcua.catalogue.enums import FieldKind
from motcua.catalogue.rules import agreeing, eforms
from motcua.catalogue.rules.eforms import FormField, FormSection, Option
from motcua.catalogue.services.importing import DATA, eform

TODAY = date(2025, 12, 1)


def checked(field: FormField, typed: object) -> tuple[str | None, str | None]:
    clean, errors = eforms.check([FormSection("Phần", (field,))], {field.key: typed}, today=TODAY)
    return clean.get(field.key), errors.get(field.key)


@pytest.mark.parametrize(
    ("kind", "typed", "clean"),
    [
        (FieldKind.TEXT, "  Nguyễn   Văn An ", "Nguyễn Văn An"),
        (FieldKind.TEXT, "Nguye\u0302\u0303n", "Nguyễn"),
        (FieldKind.DATE, "5/9/2025", "2025-09-05"),
        (FieldKind.DATE, "2025-09-05", "2025-09-05"),
        (FieldKind.DATE, "05-09-2025", "2025-09-05"),
        (FieldKind.WHOLE_NUMBER, "1.200", "1200"),
        (FieldKind.DECIMAL, "1.234,50", "1234,50"),
        (FieldKind.DECIMAL, "1.200", "1200"),
        (FieldKind.DECIMAL, "1.200.000", "1200000"),
        (FieldKind.DECIMAL, "12 500,25", "12500,25"),
        (FieldKind.DECIMAL, "1,234", "1,234"),
        (FieldKind.DECIMAL, "120.5", "120,5"),
        (FieldKind.DECIMAL, "0.125", "0,125"),
        (FieldKind.WHOLE_NUMBER, "12 500", "12500"),
        (FieldKind.MONEY, "50.000.000 đ", "50000000"),
        (FieldKind.MONEY, "50,000,000 VNĐ", "50000000"),
        (FieldKind.MONEY, "50000000đồng", "50000000"),
        (FieldKind.PERSONAL_ID, "066 090 001 234", "066090001234"),
        (FieldKind.PHONE, "+84 912 345 678", "0912345678"),
        (FieldKind.EMAIL, "An@Example.VN", "an@example.vn"),
        (FieldKind.YES_NO, True, "yes"),
        (FieldKind.LONG_TEXT, "một\r\nhai \n", "một\nhai"),
    ],
)
def test_check_good_value_is_normalised(kind: FieldKind, typed: object, clean: str) -> None:
    assert checked(FormField("x", "Ô", kind), typed) == (clean, None)


@pytest.mark.parametrize("typed", ["1.200", "1.200.000", "1.234,5", "1,234", "120.5", "0.125", "0,5", "250"])
def test_clean_number_stays_the_same_when_it_is_read_again(typed: str) -> None:
    """A form is shown, saved and judged many times between the first answer and the sending."""
    field = FormField("x", "Diện tích", FieldKind.DECIMAL)
    clean, _ = checked(field, typed)
    assert clean is not None
    assert checked(field, clean) == (clean, None)


@pytest.mark.parametrize("typed", ["1,234.5", "1,234,567", "1.2.3", "1.20.000", "1e3", "12,", "١٢", "."])
def test_number_that_reads_in_neither_way_is_asked_for_again(typed: str) -> None:
    clean, message = checked(FormField("x", "Diện tích", FieldKind.DECIMAL), typed)
    assert (clean, message) == (None, "Diện tích phải là một số, ví dụ 120,5.")


WHOLE = {
    FieldKind.WHOLE_NUMBER: "X: hãy ghi một số không có phần lẻ, ví dụ 2.",
    FieldKind.MONEY: "X phải là số tiền bằng đồng, ví dụ 50.000.000.",
}
FRACTION = {
    FieldKind.WHOLE_NUMBER: "X là số nguyên, không ghi phần lẻ; ví dụ 2.",
    FieldKind.MONEY: "X là số tiền bằng đồng, không ghi phần lẻ; ví dụ 50.000.000.",
}


@pytest.mark.parametrize("typed", ["1.20.000", "1,234.5", "٣", "hai", "-", "- hai"])
@pytest.mark.parametrize("kind", WHOLE)
def test_what_is_no_whole_number_is_asked_for_again(kind: FieldKind, typed: str) -> None:
    assert checked(FormField("x", "X", kind), typed) == (None, WHOLE[kind])


@pytest.mark.parametrize("typed", ["1.5", "1,5", "2.0", "50.000,5", "1.200,000", "0.500", "0,001", "00.500"])
@pytest.mark.parametrize("kind", FRACTION)
def test_fraction_of_what_has_none_is_told_so(kind: FieldKind, typed: str) -> None:
    """1.5 people or đồng are not 15."""
    assert checked(FormField("x", "X", kind), typed) == (None, FRACTION[kind])


@pytest.mark.parametrize("typed", ["-2", " - 2", "−2", "–50.000", "-2,5"])
@pytest.mark.parametrize("kind", [FieldKind.WHOLE_NUMBER, FieldKind.MONEY, FieldKind.DECIMAL])
def test_negative_number_is_told_that_it_is_one(kind: FieldKind, typed: str) -> None:
    assert checked(FormField("x", "X", kind), typed) == (None, "X không được là số âm.")


@pytest.mark.parametrize("kind", [FieldKind.WHOLE_NUMBER, FieldKind.MONEY])
def test_number_that_is_too_large_is_told_how_large_it_may_be(kind: FieldKind) -> None:
    field = FormField("x", "X", kind)
    assert checked(field, "1" * 16) == (None, "X không được quá 999.999.999.999.999.")
    assert checked(field, "9" * 15) == ("9" * 15, None)


@pytest.mark.parametrize(
    ("kind", "clean", "typed"),
    [
        (FieldKind.MONEY, "5000000000", "5.000.000.000"),
        (FieldKind.MONEY, "5000", "5.000"),
        (FieldKind.WHOLE_NUMBER, "12500", "12.500"),
        (FieldKind.WHOLE_NUMBER, "2015", "2015"),
        (FieldKind.WHOLE_NUMBER, "2", "2"),
        (FieldKind.DECIMAL, "1234,5", "1.234,5"),
        (FieldKind.DATE, "1990-01-02", "02/01/1990"),
        (FieldKind.TEXT, "1990-01-02", "1990-01-02"),
        (FieldKind.TEXT, "5000000", "5000000"),
    ],
)
def test_clean_value_stands_in_its_field_as_its_hint_has_it_and_reads_back_the_same(
    kind: FieldKind, clean: str, typed: str
) -> None:
    field = FormField("x", "X", kind)
    assert eforms.as_typed(field, clean) == typed
    assert eforms.as_typed(field, typed) == typed
    assert checked(field, typed) == (clean, None)


@pytest.mark.parametrize("typed", ["-5", "1.5", "1,234.5", "năm triệu", "31/02/2025", ""])
@pytest.mark.parametrize("kind", FieldKind)
def test_what_is_faulty_stands_in_its_field_as_the_same_faulty_text(kind: FieldKind, typed: str) -> None:
    field = FormField("x", "X", kind, required=False)
    if checked(field, typed)[1] is not None:
        assert eforms.as_typed(field, typed) == typed


def test_range_is_that_of_the_number_as_vietnamese_write_it() -> None:
    height = FormField("x", "Chiều cao (m)", FieldKind.DECIMAL, minimum=1, maximum=500)
    assert checked(height, "1.200") == (None, "Chiều cao (m) không được quá 500.")


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        (FormField("x", "Họ tên"), "   ", "Hãy nhập: Họ tên."),
        (FormField("x", "Họ tên", max_length=3), "Trần", "Họ tên dài quá 3 ký tự."),
        (FormField("x", "Họ tên"), "An\x00", "Họ tên có ký tự không hợp lệ."),
        (
            FormField("x", "Ngày sinh", FieldKind.DATE),
            "31/02/2025",
            "Ngày sinh phải là một ngày có thật, viết theo dạng ngày/tháng/năm, ví dụ 15/03/1990.",
        ),
        (
            FormField("x", "Ngày sinh", FieldKind.DATE, not_after_today=True),
            "02/12/2025",
            "Ngày sinh không được sau ngày hôm nay.",
        ),
        (
            FormField("x", "Số định danh", FieldKind.PERSONAL_ID),
            "12345",
            "Số định danh gồm đúng 12 chữ số, như in trên thẻ căn cước.",
        ),
        (FormField("x", "Số tầng", FieldKind.WHOLE_NUMBER, maximum=9), "10", "Số tầng không được quá 9."),
        (
            FormField("x", "Giới tính", FieldKind.CHOICE, options=(Option("male", "Nam"),)),
            "other",
            "Hãy chọn một trong các mục đã cho: Giới tính.",
        ),
        (FormField("x", "Cam kết", FieldKind.YES_NO), "", "Hãy chọn: Cam kết."),
        (FormField("x", "Diện tích", FieldKind.DECIMAL), "nan", "Diện tích phải là một số, ví dụ 120,5."),
    ],
)
def test_check_bad_value_says_what_to_do(field: FormField, typed: str, message: str) -> None:
    assert checked(field, typed) == (None, message)


def test_check_optional_empty_field_is_left_out() -> None:
    assert checked(FormField("x", "Ô", required=False), "") == (None, None)


def test_check_unknown_keys_are_left_out() -> None:
    assert eforms.check([FormSection("Phần", ())], {"role": "admin"}) == ({}, {})


def test_check_asks_dependent_field_only_after_its_answer() -> None:
    field = FormField("partner", "Dự định kết hôn với ai", depends_on=("purpose", "marriage"))
    sections = [FormSection("Phần", (field,))]
    assert eforms.check(sections, {"purpose": "loan"}) == ({}, {})
    assert list(eforms.check(sections, {"purpose": "marriage"})[1]) == ["partner"]


@pytest.mark.parametrize("path", sorted((DATA / "eforms").glob("*.json")), ids=lambda path: path.stem)
def test_form_of_the_data_folder_has_unique_keys_and_known_conditions(path: Path) -> None:
    sections = eform(path.stem)
    assert sections
    fields = [field for section in sections for field in section.fields]
    keys = [field.key for field in fields]
    assert len(keys) == len(set(keys))
    for field in fields:
        assert bool(field.options) == (field.kind is FieldKind.CHOICE), field.key
        if field.depends_on:
            assert field.depends_on[0] in {*keys, *agreeing.KNOWN}, field.key


def test_empty_birth_form_asks_for_every_required_field_in_order() -> None:
    sections = eform("khai-sinh")
    assert sections
    _, errors = eforms.check(sections, {})
    required = [field.key for section in sections for field in section.fields if field.required]
    assert list(errors) == required


def test_unmarried_mother_leaves_the_rest_of_the_fathers_part_empty_as_its_hint_says() -> None:
    """What asks whether the parents are married comes first and is the only thing wanted there."""
    father = (eform("khai-sinh") or ())[3]
    assert father.fields[0].key == "parents_married"
    assert "Câu đầu" in father.hint
    assert "để trống các câu còn lại" in father.hint
    beside = {
        "requester_relation": "mother",
        "requester_id": "066190001234",
        "mother_id": "066190001234",
        "mother_name": "Hoàng Thị Mai",
    }
    assert eforms.check([father], {**beside, "parents_married": "no"}, today=TODAY)[1] == {}
    assert set(eforms.check([father], beside, today=TODAY)[1]) == {"parents_married"}


@pytest.mark.parametrize("path", sorted(DATA.glob("eforms/*.json")), ids=lambda path: path.stem)
def test_what_a_hint_allows_to_be_left_empty_is_not_required(path: Path) -> None:
    for section in eform(path.stem) or ():
        allowed = [each.key for each in section.fields if "để trống" in each.hint.lower()]
        if "để trống" in section.hint.lower():
            assert "Câu đầu" in section.hint
            allowed += [each.key for each in section.fields[1:]]
        assert [each.key for each in section.fields if each.required and each.key in allowed] == []


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("ly-lich-tu-phap", {"father_name", "mother_name"}),
        ("khai-sinh", {"father_name", "mother_name"}),
    ],
)
def test_parents_of_whom_nothing_is_known_are_left_open_and_the_form_says_so(
    name: str, keys: set[str]
) -> None:
    fields = {field.key: field for section in eform(name) or () for field in section.fields}
    assert {key for key in keys if fields[key].required} == set()
    assert all(fields[key].hint.startswith("Để trống nếu ") for key in keys)
    assert all(checked(fields[key], "")[1] is None for key in keys)
