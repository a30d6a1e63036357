"""A refusal in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext

from motcua.kernel.errors import Refusal


def sentence(refusal: Refusal) -> str:
    """The refusal's sentence, translated, with its parameters filled in."""
    text = gettext(refusal.message)
    return text % refusal.params if refusal.params else text
