"""The shortcuts of the desk: what they are, and off for whom they disturb."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from motcua.desk import labels as desk_labels
from motcua.desk.frame import frame
from motcua.theme.access import access

COOKIE = "motcua_keys"
YEAR = 365 * 24 * 3600


@access("officer")
@require_http_methods(["GET", "POST"])
def keys(request: HttpRequest) -> HttpResponse:
    """Single letters can be switched off (WCAG 2.1.4); the choice stays on this machine."""
    if request.method == "POST":
        answer = HttpResponseRedirect(reverse("desk:keys"))
        value = "off" if request.POST.get("keys") == "off" else "on"
        answer.set_cookie(
            COOKIE, value, max_age=YEAR, secure=settings.IS_HTTPS, httponly=True, samesite="Lax"
        )
        return answer
    context = frame(request, "keys") | {
        "keys": [(keys, gettext(text)) for keys, text in desk_labels.KEYS.items()],
        "is_on": request.COOKIES.get(COOKIE) != "off",
    }
    return render(request, "desk/keys.html", context)
