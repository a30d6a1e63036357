"""A guide as a part of a page. The release alone can change it: it is drawn once for each language."""

from __future__ import annotations

from functools import cache

from django.template.loader import render_to_string
from django.utils import translation

from motcua.theme.guides import library


@cache
def body(key: library.Key, language: str) -> str:
    """The whole guide with its table of contents, for somebody who reads in that language.

    Raises NotInGuides if the text that ships with the system is not in order.
    """
    guide, written_in = library.in_language(key, language)
    with translation.override(language):
        context = {"guide": guide, "guide_language": written_in}
        return render_to_string("theme/components/guide.html", context)
