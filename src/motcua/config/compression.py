"""Pages travel compressed; static files are compressed once, when they are collected."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

_TEXT = ("text/html", "application/xml", "text/plain")


class CompressPages(GZipMiddleware):
    """Gzip for pages only: papers of people are compressed already, and their length is known beforehand.

    Against guessing secrets by the length of answers Django adds random bytes and masks its CSRF token anew
    in every page.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not response.headers.get("Content-Type", "").startswith(_TEXT):
            return response
        return super().process_response(request, response)
