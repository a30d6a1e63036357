"""Pages that explain the site itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.portal import province, publicity, who
from motcua.theme.access import access
from motcua.theme.terms import terms_for


@access("public")
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/about/accessibility.html")


@access("public")
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/about/privacy.html")


@access("public")
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/about/help.html", {"nav": "help"})


@access("public")
def contact(request: HttpRequest) -> HttpResponse:
    rules = province.regulation(who.now().date())
    operator = rules.choice("operator.agency") if rules else None
    return render(
        request, "portal/about/contact.html", {"operator": publicity.RECEIVERS.get(operator or "", "")}
    )


@access("public")
def terms(request: HttpRequest) -> HttpResponse:
    """What the regulation in force asks of people and what it forbids, published to all.

    Basis: KT18-4.1 to KT18-4.7, KT22-5, QN20-26.3, DL24-4, PT24-4.1, PT24-4.2, KT22-26.2, PT24-24.6.
    """
    rules = province.regulation(who.now().date())
    context = {"terms": terms_for("applicants", rules) if rules else None}
    return render(request, "portal/about/terms.html", context)
