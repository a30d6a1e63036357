"""While a planned stop lasts (`motcua maintenance`) people get a page that says so; what only reads stays."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from motcua.config import pages
from motcua.theme import stops

Handler = Callable[[HttpRequest], HttpResponse]
STAYING = frozenset(
    f"portal:{name}"
    for name in (
        *("tracking", "track", "kiosk"),  # a code in a form, a page that reads
        *("contact", "help", "guide", "terms", "accessibility", "privacy"),
        # Where the desk is and when it is open, what to bring and what it costs: people go there meanwhile.
        *("procedures", "sector", "life_event", "sheet", "sheet_agency", "questions", "blank_form"),
        *("agencies", "agency", "public_information", "information"),
        *("site_map", "sitemap_xml", "robots"),
    )
) | {"set_language"}


def answer_while_stopped(get_response: Handler) -> Handler:
    """The page 503 for everybody, but for tracking and the pages that inform, as long as these work.

    Nobody is logged in on what stays, so that nothing is written: the session's cookie is passed over, not
    taken away.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        try:
            stop = stops.current()
        except ValueError:
            return pages.unavailable(request)
        if stop is None:
            return get_response(request)
        if not _stays(request):
            return pages.stopped(request, stop)
        request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        response = get_response(request)
        return response if response.status_code < 500 else pages.stopped(request, stop)

    return middleware


def _stays(request: HttpRequest) -> bool:
    try:
        return resolve(request.path_info).view_name in STAYING
    except Resolver404:
        return False
