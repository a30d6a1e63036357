"""A refusal in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext

from motcua.dossiers import labels
from motcua.dossiers.enums import Status
from motcua.kernel.errors import Refusal
from motcua.theme import wording


def sentence(refusal: Refusal) -> str:
    """The refusal's sentence, translated, with its parameters filled in."""
    return worded(refusal.message, refusal.params)


def worded(message: str, params: Mapping[str, object]) -> str:
    """The same of a refusal that was kept as its message and parameters."""
    text = gettext(message)
    return text % {name: _said(name, value) for name, value in params.items()} if params else text


def _said(name: str, value: object) -> object:
    """A parameter in words: rules name states and events of a dossier by key; moments and days are given as
    such."""
    if isinstance(value, datetime):
        return wording.long_moment(value)
    if isinstance(value, date):
        return wording.long_day(value)
    if name == "status" and value in tuple(Status):
        return gettext(labels.STATUS[Status(str(value))])
    if name == "event" and value in labels.EVENT:
        return gettext(labels.EVENT[str(value)])
    return value
