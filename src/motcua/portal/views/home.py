"""The first page."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from motcua.catalogue import queries as catalogue
from motcua.dossiers import queries as dossiers
from motcua.notify import queries as notify
from motcua.portal import figures, outages, publicity, who, words
from motcua.portal.life_events import tiles_for
from motcua.theme.access import access

SHOWN_SECTORS = 9
EVERYDAY = {
    "vi": ("làm khai sinh", "giấy độc thân", "nhập hộ khẩu", "xây nhà", "đổi sổ đỏ", "mở quán ăn"),
    "en": ("birth certificate", "get married", "residence", "build a house", "red book", "open a restaurant"),
}


@access("public")
def home(request: HttpRequest) -> HttpResponse:
    now = who.now()
    sectors = catalogue.sectors(now.date())
    language = "en" if (get_language() or "").startswith("en") else "vi"
    context = {
        "nav": "home",
        "outages": outages.notices(),
        "notices": notify.notices(now, language=get_language() or "vi"),
        "sectors": [
            {"name": each.sector, "slug": words.slug(each.sector), "count": each.procedures}
            for each in sectors[:SHOWN_SECTORS]
        ],
        "for_people": tiles_for("person"),
        "for_organisations": tiles_for("organisation"),
        "everyday": EVERYDAY[language],
        "spoken": language,
        "total": sum(each.procedures for each in sectors),
        "month": month_to(now.date()),
        "overdue": sum(dossiers.overdue_by_agency(settings.PROVINCE, now).values()),
        "overdue_at": publicity.address_of("apologies", now.date()),
    }
    return render(request, "portal/home.html", context)


def month_to(today: date) -> figures.Month:
    """The figures of this month so far.

    Basis: DL24-5.6, PT24-5.2
    """
    first = today.replace(day=1)
    return figures.month(first, today, dossiers.figures_by_day(settings.PROVINCE, first, today))
