"""The list of errors that the summary on top of a page links to."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import BaseForm


@dataclass(frozen=True, slots=True)
class PageError:
    """One line of the error summary; `href` is the anchor of the field, empty when there is none."""

    text: str
    href: str = ""


def page_errors(*forms: BaseForm) -> list[PageError]:
    """The errors of these forms in the order of their fields, each with a link to its field."""
    return [error for form in forms for error in _errors_of(form)]


def _errors_of(form: BaseForm) -> list[PageError]:
    found = [PageError(str(text)) for text in form.errors.get(NON_FIELD_ERRORS, [])]
    for bound in form:
        found += [PageError(str(text), f"#{bound.auto_id}") for text in bound.errors]
    return found
