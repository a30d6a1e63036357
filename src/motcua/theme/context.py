"""Context processor: what the base templates need on every page."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext

from motcua.theme.provinces import PROVINCES


def shell(request: HttpRequest) -> dict[str, object]:
    province = PROVINCES[settings.PROVINCE]
    return {
        "shell": {
            "province": gettext(province.name),
            "agency": gettext(province.agency),
            "hotline": getattr(settings, "HOTLINE", ""),
            "demo": getattr(settings, "DEMO", False),
            "languages": settings.LANGUAGES,
            "path": request.get_full_path(),
        }
    }
