"""E-forms designed as lines: what a form keeps, what is wrong with a line, and that the data go back in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from motcua.catalogue.enums import FieldKind
from motcua.catalogue.rules import eforms, wire
from motcua.catalogue.rules.eform_designs import Changes, changes, read, written
from motcua.catalogue.rules.eforms import FormField, FormSection, Option

FOLDER = Path(eforms.__file__).parents[1] / "data/eforms"
LINES = """# Người yêu cầu
Họ và tên | chữ
Ngày sinh | ngày | không bắt buộc
Quan hệ | chọn: Con; Cha hoặc mẹ

# Đề nghị
Số bản | số nguyên | bắt buộc"""


def sections_of(name: str) -> tuple[FormSection, ...]:
    data = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return tuple(wire.section(each) for each in data["sections"])


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.json")))
def test_form_in_force_written_as_lines_and_read_again_is_the_same_form(name: str) -> None:
    known = sections_of(name)
    design = read(written(known), known)
    assert design.faults == ()
    assert design.sections == known
    assert changes(design.sections, known).is_none


def test_new_form_is_asked_and_checked_like_any_other() -> None:
    design = read(LINES)
    assert design.faults == ()
    assert [(section.title, len(section.fields)) for section in design.sections] == [
        ("Người yêu cầu", 3), ("Đề nghị", 1),
    ]  # fmt: skip
    name, born, kin = design.sections[0].fields
    assert (name.key, born.kind, born.required) == ("ho_va_ten", FieldKind.DATE, False)
    assert kin.options == (Option("con", "Con"), Option("cha-hoac-me", "Cha hoặc mẹ"))
    clean, errors = eforms.check(design.sections, {"ho_va_ten": "An", "quan_he": "con", "so_ban": "hai"})
    assert clean == {"ho_va_ten": "An", "quan_he": "con"}
    assert list(errors) == ["so_ban"]
    assert tuple(wire.section(wire.section_to_json(each)) for each in design.sections) == design.sections


def test_question_in_the_same_words_keeps_what_the_lines_do_not_tell() -> None:
    known = sections_of("khai-tu")
    before = known[0].fields[1]
    text = written(known).replace("| số định danh", "| số định danh | không bắt buộc", 1)
    design = read(text.replace("Nguyên nhân chết | chữ\n", "Lý do chết | đoạn văn\n"), known)
    after = design.sections[0].fields[1]
    assert (after.key, after.hint, after.prefill, after.required) == (
        before.key, before.hint, before.prefill, False,
    )  # fmt: skip
    assert changes(design.sections, known) == Changes(
        ("Lý do chết",), ("Nguyên nhân chết",), ("Số định danh cá nhân",)
    )


def test_what_hangs_on_a_question_that_is_gone_goes_with_it() -> None:
    known = sections_of("khai-tu")
    design = read(written(known).replace("Ngày chết | ngày\n", ""), known)
    assert known[2].rules
    assert design.sections[2].rules == ()


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("Họ tên | chữ", 1, "phải nằm trong một phần"),
        ("# A\nHọ tên", 2, "Viết theo dạng"),
        ("# A\n | chữ", 2, "Hãy ghi câu hỏi"),
        ("# A\nHọ tên | hình", 2, "không phải cách trả lời"),
        ("# A\nHọ tên | chữ | tùy", 2, "chỉ ghi"),
        ("# A\nHọ tên | chọn: Một", 2, "ít nhất hai mục"),
        ("#  ", 1, "tên phần"),
        ("# A", 1, "chưa có câu hỏi nào"),
        ("# A\n" + "\n" * 300, 301, "dài quá"),
    ],
)
def test_what_is_wrong_with_a_line_is_said_with_its_number(text: str, line: int, said: str) -> None:
    (fault,) = read(text).faults
    assert fault.line == line
    assert said in fault.message


def test_same_question_twice_in_one_part_is_a_fault_and_in_two_parts_it_is_two() -> None:
    (fault,) = read("# A\nHọ tên | chữ\nHọ tên | chữ").faults
    assert (fault.line, "đã có câu hỏi" in fault.message) == (3, True)
    design = read("# A\nHọ tên | chữ\n# B\nHọ tên | chữ")
    assert [each.key for section in design.sections for each in section.fields] == ["ho_ten", "ho_ten_2"]


def test_options_that_differ_by_their_marks_only_have_values_of_their_own() -> None:
    (section,) = read("# A\nDanh xưng | chọn: Bà; Ba; Bá\n").sections
    assert [option.value for option in section.fields[0].options] == ["ba", "ba-2", "ba-3"]


def test_new_option_never_takes_the_value_of_one_in_force() -> None:
    known = (FormSection("A", (FormField("q", "Xưng", FieldKind.CHOICE, options=(Option("ba", "Bá"),)),)),)
    (section,) = read("# A\nXưng | chọn: Ba; Bá\n", known).sections
    assert [option.value for option in section.fields[0].options] == ["ba-2", "ba"]


def test_new_question_leaves_the_key_to_the_question_in_force_below_it() -> None:
    known = (FormSection("A", (FormField("ho_ten", "Họ tên", hint="như trên thẻ"),)),)
    (section,) = read("# A\nHọ, tên | chữ\nHọ tên | chữ\n", known).sections
    assert [(each.key, each.hint) for each in section.fields] == [
        ("ho_ten_2", ""),
        ("ho_ten", "như trên thẻ"),
    ]
    assert changes((section,), known).added == ("Họ, tên",)


@pytest.mark.parametrize("how", ["chọn: Con; Cháu", "ngày"])
def test_question_that_hangs_on_an_answer_that_is_gone_is_a_fault_at_its_line(how: str) -> None:
    options = (Option("con", "Con"), Option("khac", "Khác"))
    known = (
        FormSection(
            "A",
            (
                FormField("q", "Quan hệ", FieldKind.CHOICE, options=options),
                FormField("r", "Ghi rõ", depends_on=("q", "khac")),
            ),
        ),
    )
    (fault,) = read(f"# A\nQuan hệ | {how}\nGhi rõ | chữ\n", known).faults
    assert (fault.line, fault.params) == (3, {"label": "Ghi rõ", "parent": "Quan hệ", "answer": "Khác"})
    assert read("# A\nQuan hệ | chọn: Khác; Cháu\nGhi rõ | chữ\n", known).faults == ()
