"""Context processor: what the base templates need on every page."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from motcua.kernel.provinces import PROVINCES
from motcua.theme import answered_pages, stops
from motcua.theme.access import LOGIN_PAGES

DESK = "/noi-bo/"


def shell(request: HttpRequest) -> dict[str, object]:
    is_for_desk = request.path.startswith(DESK)
    # What stands around a page leads to where its reader may go: a citizen who strayed to the desk has no
    # business there, and its frame would lead them from one closed page to the next.
    is_desk = is_for_desk and not _is_citizen(request)
    return {
        "shell": {
            "base": "theme/desk_base.html" if is_desk else "theme/portal_base.html",
            "home": "desk:home" if is_desk else "portal:home",
            "is_for_desk": is_for_desk,
            "log_in": LOGIN_PAGES["officer" if is_for_desk else "citizen"],  # of those whom the page is for
            "province": gettext(PROVINCES[settings.PROVINCE]),
            "hotline": getattr(settings, "HOTLINE", ""),
            "stop": stops.current(),
            "demo": getattr(settings, "DEMO", False),
            "languages": settings.LANGUAGES,
            "path": answered_pages.address_of(request),
            "made_at": timezone.now(),  # said on paper, where nobody sees how old a page is
            "canonical": settings.PUBLIC_URL + request.path,
        }
    }


def _is_citizen(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)  # nobody is known yet where the request itself was unreadable
    return user is not None and user.is_authenticated and user.is_citizen
