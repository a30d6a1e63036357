"""Pages that explain the site itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.theme.access import access


@access("public")
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/about/accessibility.html")


@access("public")
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/about/privacy.html")
