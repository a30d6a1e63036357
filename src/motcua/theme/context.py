"""Context processor: what the base templates need on every page."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from motcua.kernel.provinces import PROVINCES
from motcua.theme import answered_pages, stops

DESK = "/noi-bo/"


def shell(request: HttpRequest) -> dict[str, object]:
    province = PROVINCES[settings.PROVINCE]
    is_desk = request.path.startswith(DESK)
    return {
        "shell": {
            "base": "theme/desk_base.html" if is_desk else "theme/portal_base.html",
            "home": "desk:home" if is_desk else "portal:home",
            "province": gettext(province.name),
            "agency": gettext(province.agency),
            "hotline": getattr(settings, "HOTLINE", ""),
            "stop": stops.current(),
            "demo": getattr(settings, "DEMO", False),
            "languages": settings.LANGUAGES,
            "path": answered_pages.address_of(request),
            "made_at": timezone.now(),  # said on paper, where nobody sees how old a page is
            "canonical": settings.PUBLIC_URL + request.path,
        }
    }
