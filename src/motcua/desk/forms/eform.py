"""An e-form as fields of a page: what the applicant wrote on paper may be typed in at the counter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django import forms
from django.utils import timezone
from django.utils.translation import gettext

from motcua.catalogue.enums import FieldKind
from motcua.catalogue.rules import eforms
from motcua.catalogue.rules.eforms import FormField, FormSection
from motcua.desk.forms.choices import first_choice
from motcua.dossiers.rules.completeness import typed_off_paper
from motcua.theme.day_fields import DayInput, day_hint

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from motcua.dossiers.rules.state import Applicant

PREFIX = "f_"


def field_of(question: FormField) -> forms.Field:
    """The control for one question; nothing is required at the counter, where the paper form counts."""
    return forms.CharField(
        label=gettext(question.label), help_text=_hint(question), required=False, widget=_widget(question)
    )


def _widget(question: FormField) -> forms.Widget:
    if question.kind is FieldKind.CHOICE:
        offered = [(option.value, gettext(option.label)) for option in question.options]
        return forms.Select(choices=first_choice(gettext("Chọn"), offered))
    if question.kind is FieldKind.YES_NO:
        offered = [(eforms.YES, gettext("Có")), (eforms.NO, gettext("Không"))]
        return forms.Select(choices=first_choice(gettext("Chọn"), offered))
    if question.kind is FieldKind.LONG_TEXT:
        return forms.Textarea(attrs={"rows": 3})
    return DayInput() if question.kind is FieldKind.DATE else forms.TextInput()


def _hint(question: FormField) -> str | _StrPromise:
    if question.hint:
        return gettext(question.hint)
    if question.kind is FieldKind.DATE:
        return day_hint(eforms.example_day(question, timezone.localdate()))
    return ""


def fields_of(sections: Sequence[FormSection]) -> dict[str, forms.Field]:
    return {PREFIX + question.key: field_of(question) for section in sections for question in section.fields}


def answers(
    sections: Sequence[FormSection], data: Mapping[str, str], applicant: Applicant, case: str, today: date
) -> tuple[dict[str, str], dict[str, str]]:
    """(clean answers, messages by name of the faulty field); only what was typed is judged."""
    typed = {
        name.removeprefix(PREFIX): value for name, value in data.items() if name.startswith(PREFIX) and value
    }
    clean, errors = typed_off_paper(sections, typed, applicant, case, today, gettext)
    return clean, {PREFIX + key: message for key, message in errors.items()}
