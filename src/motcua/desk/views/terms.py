"""Duties and forbidden acts, put before officers who have not acknowledged those in force."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from motcua.accounts import queries, services
from motcua.accounts.errors import TermsChanged
from motcua.desk import clock
from motcua.desk.officers import actor_of
from motcua.law import queries as law
from motcua.theme.access import access
from motcua.theme.errors_on_page import PageError
from motcua.theme.refusals import sentence
from motcua.theme.terms import terms_for


@access("officer")
@require_http_methods(["GET", "POST"])
def acknowledge_terms(request: HttpRequest) -> HttpResponse:
    """Where an officer is held at the first log-in under a regulation until its duties are acknowledged.

    Basis: DL24-24.3#1, KT22-23.5, KT22-6.2#3, QN20-21.6, PT24-23.5, DL24-10.1.
    """
    actor, at = actor_of(request), clock.now()
    asked = str(request.POST.get("next") or request.GET.get("next") or "")
    target = asked if url_has_allowed_host_and_scheme(asked, {request.get_host()}) else ""
    errors: list[PageError] = []
    if request.method == "POST":
        try:
            version = str(request.POST.get("version", ""))
            services.acknowledge(actor=actor, version=version, at=at, request=request)
            return HttpResponseRedirect(target or reverse("desk:home"))
        except TermsChanged as refusal:
            errors = [PageError(sentence(refusal))]
    current = services.terms_in_force(at.date())
    if current is None:
        return HttpResponseRedirect(reverse("desk:home"))
    context = {
        "terms": terms_for("officers", law.regulation(current.regulation)),
        "version": str(current),
        "acknowledged_at": queries.acknowledged_at(int(actor.id), current),
        "next": target,
        "page_errors": errors,
    }
    return render(request, "desk/terms.html", context, status=409 if errors else 200)
