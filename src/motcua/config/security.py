"""What guards every request and answer: headers, limits on what is taken, logs without personal data."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, UnreadablePostError

from motcua.config import pages
from motcua.theme.camera import USES_CAMERA

Handler = Callable[[HttpRequest], HttpResponse]

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
PERMISSIONS_WITH_CAMERA = PERMISSIONS_POLICY.replace("camera=()", "camera=(self)")
_NUL = "\0"
_PRIVATE = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<!\d)\d{9,12}(?!\d)"
    r"|(?<![\d.-])(?:\+84|0)(?:[ .]?\d){9}(?!\d)"  # a phone number in groups
    r"|(?<=DETAIL:  )Key \(.*?\)=\(.*?\)(?= already| is not|$)"  # what broke a constraint, names too
    r"|(?<=DETAIL:  )Failing row contains .*"
    r"|(?<=\?)\S+"
)


def headers_of_every_page() -> dict[str, str]:
    """For answers that are given before any middleware runs: what the middleware gives to all others."""
    hsts = settings.SECURE_HSTS_SECONDS
    within = "; includeSubDomains" if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS else ""
    return {
        "Content-Security-Policy": CONTENT_SECURITY_POLICY,
        "Permissions-Policy": PERMISSIONS_POLICY,
        "Cache-Control": "no-store, private",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": settings.X_FRAME_OPTIONS,
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
    } | ({"Strict-Transport-Security": f"max-age={hsts}{within}"} if hsts else {})


def add_headers(get_response: Handler) -> Handler:
    """No inline script or style, nothing from elsewhere, framed by nobody; no cache keeps our pages."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        may_film = getattr(response, USES_CAMERA, False)
        permissions = PERMISSIONS_WITH_CAMERA if may_film else PERMISSIONS_POLICY
        response.headers.setdefault("Permissions-Policy", permissions)
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    return middleware


def refuse_huge_requests(get_response: Handler) -> Handler:
    """Refuse a body over `MAX_REQUEST_BYTES` unread; single files have their own, smaller limit."""

    def middleware(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > settings.MAX_REQUEST_BYTES:
            return pages.too_large(request)
        return get_response(request)

    return middleware


def refuse_unusable_text(get_response: Handler) -> Handler:
    """Refuse text that no table can keep: a NUL in the address, the question, a header or a form.

    No person types one. A cookie that holds one is passed over, or its browser would never get in again.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if _NUL not in value}
        try:
            unusable = _holds_nul(request)
        except UnreadablePostError:  # the sender has gone away meanwhile
            unusable = True
            for handler in request.upload_handlers:
                handler.upload_interrupted()  # its half file goes at once
        return pages.bad_request(request) if unusable else get_response(request)

    return middleware


def _holds_nul(request: HttpRequest) -> bool:
    sent = (str(value) for name, value in request.META.items() if name.startswith("HTTP_"))
    if _NUL in request.path_info or "%00" in request.META.get("QUERY_STRING", "") or _NUL in "".join(sent):
        return True
    if request.method != "POST":
        return False
    return any(_NUL in text for name, typed in request.POST.lists() for text in (name, *typed))


def address_behind_proxy(request: HttpRequest) -> str:
    """The address the nearest proxy saw: the last of X-Forwarded-For, which a client cannot forge."""
    forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
    return forwarded or str(request.META.get("REMOTE_ADDR", ""))


class WithoutPersonalData(logging.Formatter):
    """Blanks e-mail addresses, identity and phone numbers and query strings in whole log lines.

    Tracebacks too: a database names the values that broke a constraint.
    """

    def format(self, record: logging.LogRecord) -> str:
        return _PRIVATE.sub("…", super().format(record))
