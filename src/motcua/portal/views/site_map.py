"""All public pages: as a page for people, as a file for search engines, and what these may read."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from motcua.catalogue import queries as catalogue
from motcua.portal import publicity, who, words
from motcua.portal.life_events import tiles_for
from motcua.theme.access import access

SIMPLE = (
    "home",
    "procedures",
    "agencies",
    "tracking",
    "public_information",
    "help",
    "guide",
    "contact",
    "site_map",
    "accessibility",
    "privacy",
    "terms",
)
CLOSED = ("/noi-bo/", "/ho-so-cua-toi/", "/nop-ho-so/", "/hop-thu/", "/dang-xuat/", "/ky-ot/")


@access("public")
def page(request: HttpRequest) -> HttpResponse:
    today = who.now().date()
    context = {
        "for_people": tiles_for("person"),
        "for_organisations": tiles_for("organisation"),
        "sectors": [(each.sector, words.slug(each.sector)) for each in catalogue.sectors(today)],
        "kinds": publicity.kinds_in_force(today),
    }
    return render(request, "portal/about/site_map.html", context)


@access("public")
def xml(request: HttpRequest) -> HttpResponse:
    today = who.now().date()
    paths = [reverse(f"portal:{name}") for name in SIMPLE]
    paths += [reverse("portal:information", args=[kind.slug]) for kind in publicity.kinds_in_force(today)]
    paths += [reverse("portal:life_event", args=[event.key]) for event in catalogue.life_events()]
    paths += [reverse("portal:sector", args=[words.slug(each.sector)]) for each in catalogue.sectors(today)]
    paths += [reverse("portal:sheet", args=[card.code]) for card in catalogue.published(today)]
    settling = catalogue.settling_agencies(settings.PROVINCE, today)
    paths += [reverse("portal:agency", args=[agency_id]) for agency_id in sorted(settling)]
    context = {"addresses": [settings.PUBLIC_URL + path for path in paths]}
    return render(request, "portal/about/sitemap.xml", context, content_type="application/xml")


@access("public")
def robots(request: HttpRequest) -> HttpResponse:
    """Nothing of a demo is for search engines; otherwise all but what belongs to one person."""
    closed = ("/",) if settings.DEMO else CLOSED
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines += [] if settings.DEMO else [f"Sitemap: {settings.PUBLIC_URL}{reverse('portal:sitemap_xml')}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
