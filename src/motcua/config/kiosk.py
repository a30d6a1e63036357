"""What goes wrong at the screen in a hall: said in its own frame, without what was typed, and gone by itself.

No other page of an error knows that everybody uses that screen: they show what was typed, to be copied or
sent again, and lead to the whole portal (ADR 0109).
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation

from motcua.config.security import headers_of_every_page
from motcua.theme import stops, wording
from motcua.theme.access import page_of
from motcua.theme.foreign import mark_vietnamese

PLACE = "/ky-ot/"
MINUTES = 1  # enough to read it; nothing is lost with it
_LAST_RESORT = f"""<!doctype html><html lang="vi"><meta charset="utf-8"><title>Một Cửa</title>
<h1>Hệ thống đang gián đoạn</h1>
<p>Hãy thử lại sau ít phút, hoặc hỏi cán bộ tại quầy.</p>
<p lang="en">Please try again in a few minutes, or ask at the desk.</p>
<p><a href="{PLACE}">Xong</a></p>
</html>"""


def answer_at_the_kiosk(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Put the kiosk's page in place of every other page of an error, whoever made it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_error = response.status_code >= 400 and not response.has_header("Refresh")
        return instead_of(request, response) if is_error and is_from_kiosk(request) else response

    return middleware


def is_from_kiosk(request: HttpRequest) -> bool:
    """Whether a page of the kiosk is asked for, or stands on the screen that asks: its language is changed at
    an address of the whole portal."""
    return any(f"{path.rstrip('/')}/".startswith(PLACE) for path in (request.path_info, page_of(request)))


def instead_of(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The same status and the same word on when to come again, on a page of the kiosk."""
    page = HttpResponse(
        _page(request, response.status_code), status=response.status_code, headers=headers_of_every_page()
    )
    for name in ("Retry-After", "Allow"):
        if name in response.headers:
            page.headers[name] = response.headers[name]
    page.headers["Refresh"] = f"{MINUTES * 60}; url={PLACE}"
    return page


def _page(request: HttpRequest, status: int) -> str:
    wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    language = wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    try:
        stop = stops.current()
        context: dict[str, object] = {
            "status": status,
            "minutes": MINUTES,
            "is_stopped": status == 503 and stop is not None,
            "is_overdue": stop is not None and stop.is_overdue(timezone.now()),
        }
        with translation.override(language):
            context["until"] = wording.long_moment(stop.until) if stop else ""
            html = render(request, "portal/tracking/kiosk_error.html", context).content.decode()
            return html if language == settings.LANGUAGE_CODE else mark_vietnamese(html)
    except Exception:  # noqa: BLE001 - whatever is broken, what was typed must leave the screen
        return _LAST_RESORT
