"""A slip shown in the browser before it is issued."""

from __future__ import annotations

from django.http import HttpResponse

from motcua.documents.rules.headers import safe_headers
from motcua.documents.rules.limits import PDF


def shown(content: bytes, name: str = "xem-truoc.pdf") -> HttpResponse:
    """The PDF in the browser: a slip as it would be given out."""
    response = HttpResponse(content)
    headers = safe_headers(name=name, media_type=PDF.media_type, size=len(content), inline=True)
    for name, value in headers.items():
        response.headers[name] = value
    return response
