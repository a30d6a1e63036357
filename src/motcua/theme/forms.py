"""Forms as both faces use them: no browser bubbles, our own sentences, refusals shown beside the field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise, lazystr
from django.utils.text import format_lazy
from django.utils.translation import gettext, gettext_lazy

MISSING = gettext_lazy("Hãy nhập {label}.")
MISSING_CHOICE = gettext_lazy("Hãy chọn {label}.")


class FaceForm(forms.Form):
    """Base of the faces' forms. Bubbles of the browser are off: errors stand in the page, in its language."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = missing(field)
            if isinstance(field, forms.ChoiceField):
                field.error_messages["invalid_choice"] = missing(field)

    def take_sentences(self, sentences: Mapping[str, str]) -> None:
        """Show message ids by field name, as a refusal gives them; unknown fields go on top."""
        for name, sentence in sentences.items():
            self.add_error(name if name in self.fields else None, gettext(sentence))


def missing(field: forms.Field) -> str | Promise:
    """ "Hãy nhập họ và tên." from the field's label; a field may bring its own sentence as `when_missing`."""
    own = getattr(field, "when_missing", None)
    if own is not None:
        return own  # type: ignore[no-any-return]
    template = MISSING_CHOICE if isinstance(field, forms.ChoiceField) else MISSING
    return format_lazy(template, label=lower_first(field.label or ""))


def lower_first(text: str | Promise) -> Promise:
    """A label within a sentence; abbreviations keep their capitals."""
    return lazystr(_LowerFirst(text))


class _LowerFirst:
    def __init__(self, text: str | Promise) -> None:
        self.text = text

    def __str__(self) -> str:
        text = str(self.text)
        return text if text[:2].isupper() else text[:1].lower() + text[1:]
