"""A refusal of a service, told inside the form that asked for it."""

from __future__ import annotations

from collections.abc import Mapping

from django.forms import BaseForm
from django.utils.translation import gettext

from motcua.accounts.errors import FieldErrors
from motcua.kernel.errors import Refusal
from motcua.theme.refusals import sentence


def tell(form: BaseForm, refusal: Refusal, field: str | None = None) -> None:
    """Put the refusal beside the fields it names; if it names none, beside `field` or on top of the form."""
    fields = refusal.fields if isinstance(refusal, FieldErrors) else {}
    known = {name: text for name, text in fields.items() if name in form.fields}
    for name, text in known.items():
        form.add_error(name, gettext(text))
    if not known:
        form.add_error(field, sentence(refusal))


def tell_beside(form: BaseForm, refusal: Refusal, fields: Mapping[type[Refusal], str]) -> bool:
    """Put the refusal beside the field that this kind is about; False if it is about another thing."""
    field = fields.get(type(refusal))
    if field is not None:
        form.add_error(field, sentence(refusal))
    return field is not None
