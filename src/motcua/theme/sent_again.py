"""The answer to a form that nobody can receive now offers to send the same form again.

Our pages are not kept by browsers, so whoever goes Back finds the fields empty, or no page at all while the
system stands still. What was typed is in what was sent: the answer carries it, and its button sends it once
more, with the token that the form had, so that nothing is accepted which was not ours before.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from motcua.theme.access import typed_on_own_page
from motcua.theme.kept_forms import MOST_CHARACTERS, MOST_FIELDS, SECRETS

_UNREADABLE = (BadRequest, SuspiciousOperation, UnreadablePostError, MultiPartParserError, UnicodeError)


@dataclass(frozen=True, slots=True)
class Again:
    """A form as it was sent: where to, and its fields; what is secret is asked for anew, by these names."""

    action: str
    fields: tuple[tuple[str, str], ...]
    secrets: tuple[str, ...]


def of(request: HttpRequest) -> dict[str, object]:
    """For the page that answers: whether a form was sent, the form to send again (None if it had files, which
    no page can choose, or comes from elsewhere), and what somebody put words to in it."""
    if request.method != "POST":
        return {"was_sent": False}
    try:
        back, written = typed_on_own_page(request)
        has_files = any(file.name for _, files in request.FILES.lists() for file in files)
        pairs = tuple((name, str(text)) for name, texts in request.POST.lists() for text in texts)
    except _UNREADABLE:
        return {"was_sent": True}
    size = sum(len(name) + len(text) for name, text in pairs)
    fits = size <= MOST_CHARACTERS and len(pairs) <= MOST_FIELDS
    again = None
    if back and pairs and fits and not has_files:
        open_ones = tuple(pair for pair in pairs if pair[0] not in SECRETS)
        again = Again(request.get_full_path(), open_ones, tuple(name for name, _ in pairs if name in SECRETS))
    return {"was_sent": True, "again": again, "written": written, "has_files": has_files}
