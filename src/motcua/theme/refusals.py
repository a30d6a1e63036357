"""A refusal in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext

from motcua.dossiers import labels
from motcua.dossiers.enums import Status
from motcua.kernel.errors import Refusal


def sentence(refusal: Refusal) -> str:
    """The refusal's sentence, translated, with its parameters filled in."""
    text = gettext(refusal.message)
    return (
        text % {name: _said(name, value) for name, value in refusal.params.items()}
        if refusal.params
        else text
    )


def _said(name: str, value: object) -> object:
    """A parameter in words: rules name the state of a dossier by its key, people read its name."""
    if name == "status" and value in tuple(Status):
        return gettext(labels.STATUS[Status(str(value))])
    return value
