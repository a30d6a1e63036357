"""The first page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.catalogue import queries as catalogue
from motcua.portal import outages, who, words
from motcua.theme.access import access

SHOWN_SECTORS = 9
EVERYDAY = ("đăng ký khai sinh", "xác nhận độc thân", "kết hôn", "xây nhà", "sổ đỏ", "mở cửa hàng")


@access("public")
def home(request: HttpRequest) -> HttpResponse:
    sectors = catalogue.sectors(who.now().date())
    context = {
        "outages": outages.notices(),
        "sectors": [
            {"name": each.sector, "slug": words.slug(each.sector), "count": each.procedures}
            for each in sectors[:SHOWN_SECTORS]
        ],
        "everyday": EVERYDAY,
        "total": sum(each.procedures for each in sectors),
    }
    return render(request, "portal/home.html", context)
