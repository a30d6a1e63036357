"""Forms as both faces use them: no browser bubbles, our own sentences, refusals shown beside the field."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.utils.functional import lazy
from django.utils.translation import gettext, ngettext

from motcua.kernel.errors import N_
from motcua.kernel.text import one_line_end
from motcua.theme import wording

if TYPE_CHECKING:
    from django.utils.datastructures import MultiValueDict

MISSING = N_("Hãy nhập %(label)s.")
MISSING_CHOICE = N_("Hãy chọn %(label)s.")
_OF_SPAN = {  # labels that are no names within a sentence
    N_("Từ ngày"): N_("Hãy nhập ngày bắt đầu."),
    N_("Đến hết ngày"): N_("Hãy nhập ngày kết thúc."),
}
_OF_DJANGO = forms.Field.default_error_messages["required"]
_CHOICE_OF_DJANGO = [
    kind.default_error_messages["invalid_choice"] for kind in (forms.ChoiceField, forms.MultipleChoiceField)
]
_NUMBER_OF_DJANGO = forms.IntegerField.default_error_messages["invalid"]
NO_NUMBER = N_("“%(label)s” phải là một số nguyên. Hãy nhập bằng chữ số.")
BETWEEN = N_("“%(label)s” phải là số từ %(least)s đến %(most)s.")
AT_LEAST = N_("“%(label)s” phải là số từ %(least)s trở lên.")
AT_MOST = N_("“%(label)s” phải là số không quá %(most)s.")
UNPRINTABLE = N_("Nội dung có ký tự lạ không in được. Hãy xóa rồi gõ lại.")


class FaceForm(forms.Form):
    """Base of the faces' forms. Bubbles of the browser are off: errors stand in the page, in its language."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.data = as_counted(self.data)
        self._wanted: dict[str, bool] = {}
        self.option_hints: dict[str, Mapping[str, str]] = {}  # of a group, by the value of the option

    def want(self, *names: str, really: bool = True) -> None:
        """Draw these fields as wanted, or not, whatever the form itself refuses: somebody below judges them,
        or a mark at each would drown the labels."""
        self._wanted |= dict.fromkeys(names, really)

    def is_wanted(self, name: str) -> bool:
        return self._wanted.get(name, self.fields[name].required)

    def choice_field(self, name: str) -> forms.ChoiceField:
        """The field of this name, which is one that offers choices."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        return field

    def unjudged(self, **changes: Any) -> None:
        """Show what was typed once more without judging it; `changes` are put in by field name.

        Chosen files cannot be shown again: a browser does not let us.
        """
        typed = {
            name: field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
            for name, field in self.fields.items()
            if not isinstance(field, forms.FileField)
        }
        known = {name: value for name, value in typed.items() if value is not None}
        self.initial = {**self.initial, **known, **changes}
        self.is_bound = False
        self._errors = None

    def full_clean(self) -> None:
        """Refuse what no paper and no spreadsheet can hold, after fields have made of it what they take."""
        for field in self.fields.values():
            say_what_is_missing(field)
            say_how_much_too_long(field)
            if isinstance(field, forms.IntegerField):
                say_which_numbers(field)
        super().full_clean()
        for name, value in list(getattr(self, "cleaned_data", {}).items()):
            if isinstance(value, str) and has_control_characters(value):
                self.add_error(name, forms.ValidationError(gettext(UNPRINTABLE), code="control_characters"))

    def take_sentences(self, sentences: Mapping[str, str]) -> None:
        """Show message ids by field name, as a refusal gives them; unknown fields go on top."""
        for name, sentence in sentences.items():
            self.add_error(name if name in self.fields else None, gettext(sentence))


def as_counted(data: MultiValueDict[str, Any] | Mapping[str, Any]) -> Any:
    """What was sent, with ends of lines as the browser counted them against `maxlength`.

    Browsers send two characters for each; what fitted in the box would be refused as too long.
    """
    if isinstance(data, QueryDict):
        if not any("\r" in text for _, texts in data.lists() for text in texts):
            return data
        typed = data.copy()
        for name, texts in data.lists():
            typed.setlist(name, [one_line_end(text) for text in texts])
        return typed
    if not any(isinstance(value, str) and "\r" in value for value in data.values()):
        return data
    return {name: one_line_end(value) if isinstance(value, str) else value for name, value in data.items()}


class NotLonger(MaxLengthValidator):
    """Says by how much a text is too long, and where: the sentence stands alone on top of the page too."""

    def __init__(self, limit: int, field: forms.Field) -> None:
        super().__init__(limit)
        self.most, self.field = limit, field

    def __call__(self, value: str) -> None:
        over = len(value) - self.most
        if over > 0:
            said = ngettext(
                "“%(label)s” dài hơn cho phép %(over)s ký tự (nhiều nhất %(most)s ký tự). Hãy viết ngắn lại.",
                "“%(label)s” dài hơn cho phép %(over)s ký tự (nhiều nhất %(most)s ký tự). Hãy viết ngắn lại.",
                over,
            )
            words = {"label": _named(self.field)}
            words |= {"over": wording.whole_number(over), "most": wording.whole_number(self.most)}
            raise forms.ValidationError(said % words, code=self.code)


class Within:
    """Says between which numbers one has to lie, and where, as `NotLonger` does of a text."""

    def __init__(self, least: int | None, most: int | None, field: forms.Field) -> None:
        self.least, self.most, self.field = least, most, field

    def __call__(self, value: int) -> None:
        is_less = self.least is not None and value < self.least
        is_more = self.most is not None and value > self.most
        if not (is_less or is_more):
            return
        said = AT_LEAST if self.most is None else AT_MOST if self.least is None else BETWEEN
        words = {"label": _named(self.field)}
        words |= {"least": wording.whole_number(self.least)} if self.least is not None else {}
        words |= {"most": wording.whole_number(self.most)} if self.most is not None else {}
        code = "min_value" if is_less else "max_value"
        raise forms.ValidationError(gettext(said) % words, code=code)


class FreeText(forms.CharField):
    """What people write in their own words. A browser cuts what is pasted at `maxlength`, without a word:
    here it is taken whole, and what is too long is refused and shown once more, all of it."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {key: value for key, value in super().widget_attrs(widget).items() if key != "maxlength"}


class LongText(FreeText):
    """A text of several lines; its hint names the limit."""

    def __init__(self, *, max_length: int, rows: int = 4, help_text: Any = "", **others: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows})
        hint = lazy(with_limit, str)(max_length, help_text)
        super().__init__(max_length=max_length, widget=widget, help_text=hint, **others)


def with_limit(most: int, hint: Any = "") -> str:
    """The hint of a text that has at most so many letters."""
    said = gettext("Nhiều nhất %(most)s ký tự.") % {"most": wording.whole_number(most)}
    return f"{said} {hint}" if hint else said


def say_what_is_missing(field: forms.Field) -> None:
    """In place of Django's own sentences for nothing and for no choice, ours; a field may bring its own.

    Said when the form is judged, not when it is made: until then a form may call its field otherwise.
    """
    said = field.error_messages
    if said["required"] is _OF_DJANGO:
        said["required"] = missing(field)
    if any(said.get("invalid_choice") is each for each in _CHOICE_OF_DJANGO):
        said["invalid_choice"] = said["required"]


def say_how_much_too_long(field: forms.Field) -> None:
    """In place of Django's own sentence of a length, ours."""
    field.validators = [
        NotLonger(each.limit_value, field) if type(each) is MaxLengthValidator else each
        for each in field.validators
    ]


def say_which_numbers(field: forms.IntegerField) -> None:
    """In place of Django's own sentences of what is no whole number, is too small or too big, ours."""
    if field.error_messages["invalid"] is _NUMBER_OF_DJANGO:
        field.error_messages["invalid"] = gettext(NO_NUMBER) % {"label": _named(field)}
    bounds: dict[type, Any] = {
        type(each): each.limit_value
        for each in field.validators
        if isinstance(each, MinValueValidator | MaxValueValidator)
    }
    if bounds:
        others = [each for each in field.validators if type(each) not in bounds]
        within = Within(bounds.get(MinValueValidator), bounds.get(MaxValueValidator), field)
        field.validators = [*others, within]


def _named(field: forms.Field) -> str:
    return str(field.label or gettext("Chỗ này"))


def has_control_characters(text: str) -> bool:
    """Whether there is a control character in the text besides tab and the ends of lines."""
    return any(unicodedata.category(char) == "Cc" and char not in "\t\n\r" for char in text)


def missing(field: forms.Field) -> str:
    """ "Hãy nhập họ và tên." from the field's label, which may be a question."""
    for label, sentence in _OF_SPAN.items():
        if str(field.label) == gettext(label):
            return gettext(sentence)
    template = MISSING_CHOICE if isinstance(field, forms.ChoiceField) else MISSING
    return gettext(template) % {"label": lower_first(str(field.label or "").rstrip("?"))}


def lower_first(text: str) -> str:
    """A label within a sentence; abbreviations keep their capitals."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]
