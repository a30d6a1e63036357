"""A procedure's own form, drawn from the catalogue's questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext

from motcua.catalogue.enums import FieldKind
from motcua.catalogue.rules import agreeing, eforms
from motcua.catalogue.rules.eforms import FormField, FormSection
from motcua.catalogue.rules.sheets import ORGANISATION
from motcua.theme import wording
from motcua.theme.day_fields import DayInput, day_hint
from motcua.theme.forms import FaceForm

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

RADIOS_AT_MOST = 6
LEAVE = "Để trống"  # how the sentence of a hint begins that says when a question may be passed over


class EFormForm(FaceForm):
    """A procedure's own form, or some sections of it. The catalogue checks it; this only draws it and keeps
    what was typed. `beside` are the answers of other sections that count, on which may hang what is asked
    here."""

    def __init__(
        self,
        sections: Sequence[FormSection],
        data: Any = None,
        *,
        initial: Mapping[str, Any] | None = None,
        beside: Mapping[str, Any] | None = None,
    ) -> None:
        own = {question.key: question for section in sections for question in section.fields}
        self.beside = {key: value for key, value in (beside or {}).items() if key not in own}
        self.own = self._asked(own)
        self.sections = [
            replace(section, fields=tuple(each for each in section.fields if each.key in self.own))
            for section in sections
        ]
        given = initial or {}
        questions = self._questions()
        super().__init__(
            data,
            initial={
                each.key: eforms.as_typed(each, given[each.key]) for each in questions if each.key in given
            },
        )
        needed = agreeing.needed((rule for each in self.sections for rule in each.rules), self.beside)
        for question in self._questions():
            self.fields[question.key] = field_of(question)
            self.want(question.key, really=question.required or question.key in needed)
            if question.key in needed:
                self.fields[question.key].help_text = not_to_leave(question.hint) or hint_of(question)
        self.answers: dict[str, str] = {}

    def _asked(self, own: Mapping[str, FormField]) -> frozenset[str]:
        """All questions but those that an answer of another section has made pointless, and what hangs on
        these."""
        left = dict(own)

        def is_due(question: FormField) -> bool:
            if question.depends_on is not None and question.depends_on[0] in own:
                return question.depends_on[0] in left
            return eforms.is_asked(question, self.beside)

        while gone := [key for key, question in left.items() if not is_due(question)]:
            for key in gone:
                del left[key]
        return frozenset(left)

    def _hangs_here(self, question: FormField) -> bool:
        return question.depends_on is not None and question.depends_on[0] in self.own

    def _questions(self) -> list[FormField]:
        return [question for section in self.sections for question in section.fields]

    def question(self, key: str) -> FormField:
        """The question of this key, one of those that are asked."""
        return next(each for each in self._questions() if each.key == key)

    def typed(self) -> dict[str, str]:
        """What was typed, as it was typed."""
        return {question.key: self.data.get(question.key, "").strip() for question in self._questions()}

    def check(self, today: date) -> bool:
        """Fill `answers` with the clean values and show each fault beside its field."""
        typed = self.typed()
        data = {**self.beside, **typed}
        clean, errors = eforms.check(self.sections, data, today=today, translate=gettext)
        self.answers = {key: clean.get(key, value) for key, value in typed.items() if value}
        self.full_clean()
        for key, sentence in errors.items():
            self.add_error(key, sentence)
        return not errors

    def tell_contested(self, contested: Mapping[str, Any]) -> bool:
        """Say beside its field what was changed elsewhere to something else; whether anything was. Nothing
        else is told then: the answer to this comes first."""
        for key, current in contested.items():
            text = f"“{wording.answer(self.question(key), current)}”" if current else gettext("để trống")
            self.add_error(
                key,
                gettext(
                    "Câu này vừa được sửa ở một trang khác; nay là: %(text)s. "
                    "Xem lại rồi bấm lần nữa để giữ câu bạn gõ."
                )
                % {"text": text},
            )
        return bool(contested)

    def kept(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """The answers of all sections after `check`: those of before, and in place of these what is typed."""
        shown = set(self.fields)
        return {key: value for key, value in before.items() if key not in shown} | self.answers

    def groups(self) -> list[dict[str, Any]]:
        """The sections with their bound fields, as the template walks through them."""
        return [
            {
                "title": section.title,
                "hint": section.hint,
                "questions": [
                    {
                        "field": self[each.key],
                        "when": each.depends_on if self._hangs_here(each) else None,
                        "when_said": when_asked(each, self.sections) if self._hangs_here(each) else "",
                    }
                    for each in section.fields
                ],
            }
            for section in self.sections
        ]


def when_asked(question: FormField, sections: Sequence[FormSection]) -> str:
    """When this question is to be answered, in words, and whether it must be then; empty if always."""
    if question.depends_on is None:
        return ""
    key, wanted = question.depends_on
    if key == agreeing.APPLICANT_KIND:
        said = gettext("Chỉ trả lời khi chủ hồ sơ là cá nhân.")
        if wanted == ORGANISATION:
            said = gettext("Chỉ trả lời khi chủ hồ sơ là tổ chức.")
    elif key == agreeing.CASE:
        said = gettext("Chỉ trả lời trong trường hợp: %(case)s.") % {"case": wanted}
    else:
        other = next(each for section in sections for each in section.fields if each.key == key)
        said = gettext("Chỉ trả lời khi chọn: %(answer)s, ở câu “%(question)s”.") % {
            "answer": wording.answer(other, wanted),
            "question": other.label,
        }
    return f"{said} {gettext('Khi đó bắt buộc trả lời.')}" if question.required else said


def field_of(question: FormField) -> forms.Field:
    """The control for a question. Nothing is required here: the catalogue says what is missing."""
    field: forms.Field
    if question.kind in (FieldKind.CHOICE, FieldKind.YES_NO):
        field = choice_of(question)
    else:
        field = forms.CharField(required=False, widget=control_of(question))
    field.label, field.help_text = question.label, question.hint or hint_of(question)
    return field


def choice_of(question: FormField) -> forms.ChoiceField:
    choices = [(option.value, option.label) for option in question.options]
    if question.kind is FieldKind.YES_NO:
        choices = [(eforms.YES, gettext("Có")), (eforms.NO, gettext("Không"))]
    if len(choices) <= RADIOS_AT_MOST:
        return AnyChoice(required=False, choices=choices, widget=forms.RadioSelect())
    return AnyChoice(required=False, choices=[("", gettext("Chọn")), *choices])


class AnyChoice(forms.ChoiceField):
    """Leaves the judgement of the value to the catalogue."""

    def validate(self, value: Any) -> None:
        return None


def control_of(question: FormField) -> forms.Widget:
    if question.kind is FieldKind.LONG_TEXT:
        return forms.Textarea(attrs={"rows": 4})
    if question.kind is FieldKind.DATE:
        return DayInput()
    attributes = {
        FieldKind.WHOLE_NUMBER: {"inputmode": "numeric"},
        FieldKind.MONEY: {"inputmode": "numeric"},
        FieldKind.DECIMAL: {"inputmode": "decimal"},
        FieldKind.PERSONAL_ID: {"inputmode": "numeric", "spellcheck": "false"},
        FieldKind.PHONE: {"type": "tel"},
        FieldKind.EMAIL: {"type": "email"},
    }
    return forms.TextInput(attrs=attributes.get(question.kind, {}))


def hint_of(question: FormField) -> str | _StrPromise:
    if question.kind is FieldKind.DATE:
        return day_hint(eforms.example_day(question, timezone.localdate()))
    if question.kind is FieldKind.PERSONAL_ID:
        hint = gettext("12 chữ số in trên thẻ căn cước.")
        without = gettext("Không có số thì nộp hồ sơ tại bộ phận một cửa.")
        return f"{hint} {without}" if question.required else hint
    if question.kind is FieldKind.MONEY:
        return gettext("Bằng đồng. Ví dụ: 50.000.000.")
    return ""


def not_to_leave(hint: str) -> str:
    """The hint of a question that otherwise need not be answered, without leave to pass it over."""
    kept = (each for each in hint.split(". ") if not each.startswith(LEAVE))
    return ". ".join(kept)


def day_text(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else ""
