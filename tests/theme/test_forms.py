"""What every form of the faces refuses."""

from __future__ import annotations

import pytest
from django import forms

from motcua.theme.forms import FaceForm


class Words(FaceForm):
    text = forms.CharField(widget=forms.Textarea())


@pytest.mark.parametrize("bad", ["\x01", "\x08", "\x0b", "\x1f", "\x7f", "\x9b"])
def test_control_characters_are_refused_in_words(bad: str) -> None:
    form = Words({"text": f"Nguyễn{bad}An"})
    assert form.errors == {"text": ["Văn bản có ký tự điều khiển không in được. Hãy xóa rồi gõ lại."]}


@pytest.mark.parametrize("text", ["Số 1\r\nđường 2/9", "một\thai", "Lê Thị Bích"])
def test_ends_of_lines_and_letters_are_taken(text: str) -> None:
    form = Words({"text": text})
    assert form.is_valid()
    assert form.cleaned_data["text"] == text
