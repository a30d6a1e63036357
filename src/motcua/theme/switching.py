"""Another language for the pages of this browser, without losing what was typed on the page."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from motcua.theme import answered_pages
from motcua.theme.access import access
from motcua.theme.answered_pages import Carried
from motcua.theme.kept_forms import MOST_FIELDS, MOST_FILES, SECRETS, TOKEN

MOST_FORMS = 10  # of one page


@access("public")
@require_POST
@sensitive_post_parameters("typed")
def switch_language(request: HttpRequest) -> HttpResponse:
    """Remember the language in a cookie, and back to the page.

    Where script found something typed there that was not sent, it comes along in `typed` and stands on the
    page in the other language, still unsaved (ADR 0068). Without script that page has said before that it
    would be lost.
    """
    wanted = request.POST.get("language", "")
    page = request.POST.get("next", "")
    back = page if url_has_allowed_host_and_scheme(page, {request.get_host()}, request.is_secure()) else "/"
    known = wanted in dict(settings.LANGUAGES)
    forms = (
        _forms(request.POST.get("typed", "")) if known and urlsplit(back).path == page.split("?")[0] else []
    )
    if forms:
        try:
            back = answered_pages.carry(request, back, forms)
        except ValueError:
            with translation.override(wanted):
                messages.warning(request, gettext("Nội dung bạn đã gõ dài quá nên không mang sang được."))
    response = HttpResponseRedirect(back)
    if known:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            wanted,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            samesite="Lax",
            secure=settings.LANGUAGE_COOKIE_SECURE,
        )
    return response


def _forms(text: str) -> list[Carried]:
    """What script has gathered; nothing of what no script of ours would send."""
    try:
        read = json.loads(text) if text else []
    except (ValueError, RecursionError):
        return []
    rows = read if isinstance(read, list) else []
    return [form for row in rows[:MOST_FORMS] if (form := _form(row)) is not None]


def _form(row: Any) -> Carried | None:
    if not isinstance(row, dict) or not isinstance(row.get("action"), str):
        return None
    pairs, files = row.get("typed"), row.get("files")
    if not isinstance(pairs, list) or not isinstance(files, list) or len(pairs) > MOST_FIELDS:
        return None
    if not all(isinstance(each, list) and [*map(type, each)] == [str, str] for each in pairs):
        return None
    typed = [each for each in pairs if each[0] not in SECRETS | {TOKEN}]
    names = [str(each)[:150] for each in files[:MOST_FILES]]
    try:
        action = urlsplit(row["action"]).path
    except ValueError:  # such as `//[`
        return None
    return Carried(action, typed, names, has_secrets=row.get("has_secrets") is True)
