"""The regulations of this province for its administrators: to read, to compare, never to change here."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.accounts import policy as accounts_policy
from motcua.desk import clock
from motcua.desk.frame import frame
from motcua.desk.law_pages import regulation as pages
from motcua.desk.officers import actor_of
from motcua.law import queries as law
from motcua.law.errors import UnknownRegulation
from motcua.theme.access import access


@access("officer")
@require_safe
def regulation(request: HttpRequest, short_name: str = "") -> HttpResponse:
    """A regulation of this province with every value; the one in force today unless another is named."""
    accounts_policy.must_administer(actor_of(request))
    stretches = pages.timeline(settings.PROVINCE, clock.now().date())
    wanted = law.regulation(short_name) if short_name else pages.shown_first(stretches)
    if wanted is None or wanted.province != settings.PROVINCE:
        raise UnknownRegulation(short_name=short_name)
    context = frame(request, "regulation") | {"stretches": stretches, "sheet": pages.sheet(wanted)}
    return render(request, "desk/administration/regulation.html", context)
