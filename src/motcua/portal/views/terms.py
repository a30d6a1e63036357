"""The terms of use, put before whoever has not acknowledged those in force."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render

from motcua.accounts import queries, services
from motcua.accounts.errors import TermsChanged
from motcua.law import queries as law
from motcua.portal import who
from motcua.portal.views.account import safe
from motcua.theme.access import access
from motcua.theme.errors_on_page import PageError
from motcua.theme.refusals import sentence
from motcua.theme.terms import terms_for


@access("citizen")
def acknowledge_terms(request: HttpRequest) -> HttpResponse:
    """Where a citizen is held at log-in until the terms in force are acknowledged.

    Basis: KT22-26.1, KT22-26.2, QN20-27.1#1, KT18-16.1, DL24-12.1, DL24-24.5, PT24-24.1.
    """
    actor, at = who.actor(request), who.now()
    target = str(request.POST.get("next") or request.GET.get("next") or "")
    errors: list[PageError] = []
    if request.method == "POST":
        try:
            version = str(request.POST.get("version", ""))
            services.acknowledge(actor=actor, version=version, at=at, request=request)
            return HttpResponseRedirect(safe(request, target))
        except TermsChanged as refusal:
            errors = [PageError(sentence(refusal))]
    current = services.terms_in_force(at.date())
    if current is None:
        return redirect("portal:terms")
    context = {
        "terms": terms_for("applicants", law.regulation(current.regulation)),
        "version": str(current),
        "acknowledged_at": queries.acknowledged_at(int(actor.id), current),
        "next": target,
        "page_errors": errors,
    }
    return render(request, "portal/account/terms.html", context, status=409 if errors else 200)
