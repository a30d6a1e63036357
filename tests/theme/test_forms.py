"""What every form of the faces refuses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.utils import translation

import motcua.desk.urls
import motcua.portal.urls  # noqa: F401 - with every form of both faces
from motcua.theme.forms import FaceForm, missing


class Words(FaceForm):
    text = forms.CharField(widget=forms.Textarea())


@pytest.mark.parametrize("bad", ["\x01", "\x08", "\x0b", "\x1f", "\x7f", "\x9b"])
def test_control_characters_are_refused_in_words(bad: str) -> None:
    form = Words({"text": f"Nguyễn{bad}An"})
    assert form.errors == {"text": ["Nội dung có ký tự lạ không in được. Hãy xóa rồi gõ lại."]}


@pytest.mark.parametrize("text", ["Số 1\nđường 2/9", "một\thai", "Lê Thị Bích"])
def test_ends_of_lines_and_letters_are_taken(text: str) -> None:
    form = Words({"text": text})
    assert form.is_valid()
    assert form.cleaned_data["text"] == text


class Long(FaceForm):
    text = forms.CharField(label="Ghi chú", max_length=2000, widget=forms.Textarea())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["later"] = forms.CharField(label="Thêm sau", max_length=3, required=False)


LINES = "\n".join(["dòng"] * 400)  # 1999 characters in the box, 2398 on the wire


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_text_that_fits_its_box_fits_however_the_browser_ends_lines(end: str) -> None:
    sent = LINES.replace("\n", end)
    posted = QueryDict(mutable=True)
    posted["text"] = sent
    for data in (posted, {"text": sent}):
        form = Long(data)
        assert form.is_valid(), form.errors
        assert (form.cleaned_data["text"], form["text"].value()) == (LINES, LINES)
        assert type(form.data) is type(data)  # what forms do with it goes on as before


def test_every_value_of_a_name_is_kept() -> None:
    form = Long(QueryDict("text=a%0D%0Ab&pick=1&pick=2"))
    assert (form.data["text"], form.data.getlist("pick")) == ("a\nb", ["1", "2"])


VI = "dài hơn cho phép %s ký tự (nhiều nhất %s ký tự). Hãy viết ngắn lại."
EN = "is %s too long (%s characters at most). Shorten it."


@pytest.mark.parametrize(
    ("language", "text", "later", "said"),
    [
        ("vi", "x" * 2012, "", ["“Ghi chú” " + VI % ("12", "2.000")]),
        ("vi", "x", "dài", []),
        ("vi", "x", "dài%", ["“Thêm sau” " + VI % ("1", "3")]),
        ("vi", "x" * 2000 + "\r\n", "", []),  # blanks around are no text
        ("en", "x" * 2012, "", ["“Ghi chú” " + EN % ("12 characters", "2,000")]),
        ("en", "x" * 2001, "", ["“Ghi chú” " + EN % ("1 character", "2,000")]),
    ],
)
def test_text_too_long_is_told_by_how_much(language: str, text: str, later: str, said: list[str]) -> None:
    with translation.override(language):
        form = Long({"text": text, "later": later})
        assert [each for faults in form.errors.values() for each in faults] == said


class Numbers(FaceForm):
    days = forms.IntegerField(label="Số ngày", min_value=1, max_value=1000)
    step = forms.IntegerField(label="100%", min_value=1, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["later"] = forms.IntegerField(label="Thêm sau", max_value=3, required=False)


@pytest.mark.parametrize(
    ("language", "typed", "said"),
    [
        ("vi", ("1", "1", "3"), []),
        (
            "vi",
            ("0", "0", "4"),
            [
                "“Số ngày” phải là số từ 1 đến 1.000.",
                "“100%” phải là số từ 1 trở lên.",
                "“Thêm sau” phải là số không quá 3.",
            ],
        ),
        ("vi", ("1001", "", ""), ["“Số ngày” phải là số từ 1 đến 1.000."]),
        ("vi", ("ba", "", ""), ["“Số ngày” phải là một số nguyên. Hãy nhập bằng chữ số."]),
        (
            "en",
            ("0", "x", ""),
            [
                "“Số ngày” must be a number from 1 to 1,000.",
                "“100%” must be a whole number. Enter it in digits.",
            ],
        ),
    ],
)
def test_number_out_of_bounds_is_told_its_bounds_in_our_words(
    language: str, typed: tuple[str, str, str], said: list[str]
) -> None:
    with translation.override(language):
        form = Numbers(dict(zip(("days", "step", "later"), typed, strict=True)))
        assert [each for faults in form.errors.values() for each in faults] == said


def test_box_takes_no_more_than_the_form() -> None:
    assert Long().fields["text"].widget.attrs["maxlength"] == "2000"


_VERBS = "nhập|chọn|ghi(?! chú)|gõ|tải|điền|đính kèm|xác nhận|viết|nêu"
DOUBLED = re.compile(rf"\b(?!song )(\w+) \1\b|Hãy (?:nhập|chọn) (?:{_VERBS})\b", re.IGNORECASE)


def classes(of: type[FaceForm]) -> Iterator[type[FaceForm]]:
    for each in of.__subclasses__():
        yield each
        yield from classes(each)


def test_no_form_asks_for_what_is_missing_with_a_word_twice() -> None:
    fields = {
        (each.__name__, name): field for each in classes(FaceForm) for name, field in each.base_fields.items()
    }
    own = forms.Field.default_error_messages["required"]
    said = {
        key: missing(field) if field.error_messages["required"] is own else field.error_messages["required"]
        for key, field in fields.items()
    }
    assert len(said) > 200
    assert [words for words in said.values() if DOUBLED.search(str(words))] == []
    assert DOUBLED.search("Hãy nhập nhập lại mật khẩu mới.")


class Renamed(FaceForm):
    phone = forms.CharField(label="Số điện thoại di động")
    way = forms.ChoiceField(label="Cách nhận", choices=[("a", "A")])
    own = forms.ChoiceField(
        label="Cơ quan",
        choices=[("a", "A")],
        error_messages={"required": "Chưa chọn.", "invalid_choice": "Không còn cơ quan này."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].label = "Số điện thoại liên hệ"
        self.fields["way"].label = "Nơi nhận"
        self.fields["later"] = forms.CharField(label="Thêm sau")


def test_what_is_missing_is_called_as_its_field_is_called_on_the_page() -> None:
    assert Renamed({"way": "x", "own": "x"}).errors == {
        "phone": ["Hãy nhập số điện thoại liên hệ."],
        "way": ["Hãy chọn nơi nhận."],
        "own": ["Không còn cơ quan này."],
        "later": ["Hãy nhập thêm sau."],
    }
    assert Renamed({"phone": "1", "way": "a", "later": "1"}).errors == {"own": ["Chưa chọn."]}
