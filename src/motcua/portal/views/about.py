"""Pages that explain the site itself."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from motcua.agencies import queries as agencies
from motcua.agencies.enums import AgencyKind
from motcua.incidents import services as incidents
from motcua.incidents.rules import reports
from motcua.kernel.errors import Refusal
from motcua.portal import bodies, maps, opening, province, who
from motcua.portal.views.account import page, show
from motcua.theme.access import access
from motcua.theme.report_form import ReportForm
from motcua.theme.terms import terms_for


@access("public")
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/about/accessibility.html")


@access("public")
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/about/privacy.html")


@access("public")
def contact(request: HttpRequest) -> HttpResponse:
    """Whom to ask: the hotline, the centre of the province with its hours, and the way to one's own desk.

    Basis: DL24-5.3, PT24-5.7#1.
    """
    now = who.now()
    rules = province.regulation(now.date())
    context = {
        "nav": "help",
        "operator": bodies.operator_of(rules, now.date()),
        "centres": [
            (card, maps.searches_of(card), opening.of(agencies.calendar_of(card.id, now.date()), now))
            for card in agencies.agencies_of_kind(settings.PROVINCE, AgencyKind.ONE_STOP_CENTRE, now.date())
        ],
    }
    return render(request, "portal/about/contact.html", context)


@access("public")
def terms(request: HttpRequest) -> HttpResponse:
    """What the regulation in force asks of people and what it forbids, published to all.

    Basis: KT18-4.1 to KT18-4.4, KT18-4.5, KT18-4.6, KT18-4.7, KT22-5, QN20-26.3, DL24-4, PT24-4.1, PT24-4.2,
    KT22-26.2, PT24-24.6.
    """
    rules = province.regulation(who.now().date())
    context = {"terms": terms_for("applicants", rules) if rules else None}
    return render(request, "portal/about/terms.html", context)


@access("public")
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("contact")
def report(request: HttpRequest) -> HttpResponse:
    """Whoever finds that the system fails, or that an account is in wrong hands, tells it here.

    Basis: DL24-10.2, DL24-24.6, PT24-24.2#2.
    """
    now = who.now()
    rules = province.regulation(now.date())
    kinds = reports.offered(rules, is_officer=False)
    form = ReportForm(request.POST if request.method == "POST" else None, kinds=kinds)
    if form.is_bound and form.is_valid():
        try:
            incidents.report(**form.said(), place=who.place(request), at=now)
        except Refusal as refusal:
            show(form, refusal)
        else:
            messages.success(request, gettext("Đã gửi lượt báo. Cảm ơn bạn đã cho chúng tôi biết."))
            return redirect("portal:report")
    return page(request, "portal/about/report.html", form, nav="help")
