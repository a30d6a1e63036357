"""Shorter terms that an agency promises for online filings: seen, made after a look at the effect, ended."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies import queries as agencies
from motcua.agencies.rules.cards import AgencyCard
from motcua.catalogue import queries as catalogue
from motcua.catalogue import services as catalogue_services
from motcua.catalogue.rules.sheets import ProcedureSheet
from motcua.catalogue.services import PromisePlan
from motcua.desk import clock
from motcua.desk.forms.competences import FindProcedure
from motcua.desk.forms.promises import EndPromise, MakePromise
from motcua.desk.forms.refused import tell
from motcua.desk.frame import frame
from motcua.desk.law_pages.outside import forbidden
from motcua.desk.officers import actor_of, must_administer
from motcua.kernel.errors import Forbidden, NotFound, Refusal
from motcua.kernel.limits import TimeUnit
from motcua.theme.access import access
from motcua.theme.errors_on_page import page_errors
from motcua.theme.wording import time_limit

FOUND_AT_MOST = 12
PAST = 30


@access("officer")
@require_safe
def promises(request: HttpRequest, agency_id: int) -> HttpResponse:
    """What the agency promises now and from a later day on, and what is over.

    Basis: QN20-11.5, KT18-8.1.c.
    """
    card, today = _agency(request, agency_id), clock.now().date()
    context = frame(request, "agencies") | {
        "card": card,
        "today": today,
        "running": [(each, time_limit(each.limit)) for each in catalogue.promises_of(agency_id, today)],
        "past": [
            (each, time_limit(each.limit))
            for each in catalogue.promises_of(agency_id, today, is_over=True, limit=PAST)
        ],
    }
    return render(request, "desk/administration/promises.html", context)


@access("officer")
@require_http_methods(["GET", "POST"])
def new_promise(request: HttpRequest, agency_id: int) -> HttpResponse:
    """First the procedure, then the term, then what it changes; only `save` writes."""
    card, today = _agency(request, agency_id), clock.now().date()
    code, asked = request.GET.get("ma", "")[:40], request.GET.get("q", "").strip()[:100]
    if not code:
        settled = catalogue.competences_of(agency_id, today, text=asked, limit=FOUND_AT_MOST) if asked else ()
        context = frame(request, "agencies") | {
            "card": card,
            "find": FindProcedure(initial={"q": asked}),
            "asked": asked,
            "found": settled,
        }
        return render(request, "desk/administration/find_promised.html", context)
    read = catalogue.by_code(code, today)
    if catalogue.settling_unit(read.version_id, agency_id) is None:
        raise NotFound
    unit = _unit_of(read)
    form = MakePromise(
        request.POST if request.method == "POST" else None,
        code=read.code,
        unit=unit or TimeUnit.WORKING_DAY,
        initial={"valid_from": today},
    )
    plan = None
    if unit and form.is_bound and form.is_valid() and "change" not in request.POST:
        given: dict[str, Any] = {"actor": actor_of(request), "at": clock.now()}
        try:
            if "save" in request.POST:
                catalogue_services.make_promise(
                    **given, agency_id=agency_id, wish=form.wish(), seen=request.POST.get("seen", "")
                )
                messages.success(request, gettext("Đã công bố cam kết rút ngắn thời hạn."))
                return redirect("desk:promises", agency_id)
            plan = catalogue_services.planned_promise(**given, agency_id=agency_id, wish=form.wish())
        except Forbidden:
            raise
        except Refusal as refusal:
            tell(form, refusal)
    return _promise_page(request, card, read, form if unit else None, plan)


@access("officer")
@require_http_methods(["GET", "POST"])
def end_promise(request: HttpRequest, promise_id: int) -> HttpResponse:
    """End a promise after a day; one that has not begun is taken back."""
    today = clock.now().date()
    found = catalogue.promise(promise_id, today)
    if found is None:
        raise NotFound
    card = _agency(request, found.agency_id)
    form = EndPromise(request.POST if request.method == "POST" else None, initial={"last_day": today})
    is_ahead = found.is_ahead(today)
    if request.method == "POST" and (is_ahead or form.is_valid()):
        last_day = today if is_ahead else form.cleaned_data["last_day"]
        try:
            catalogue_services.end_promise(
                actor=actor_of(request), at=clock.now(), promise_id=promise_id, last_day=last_day
            )
        except (Forbidden, NotFound):
            raise
        except Refusal as refusal:
            tell(form, refusal)
        else:
            said = gettext("Đã bỏ cam kết.") if is_ahead else gettext("Đã ghi ngày kết thúc cam kết.")
            messages.success(request, said)
            return redirect("desk:promises", card.id)
    context = frame(request, "agencies") | {
        "card": card,
        "promise": found,
        "limit": time_limit(found.limit),
        "is_ahead": is_ahead,
        "form": form,
        "page_errors": page_errors(form),
    }
    status = 422 if form.errors and form.is_bound else 200
    return render(request, "desk/administration/end_promise.html", context, status=status)


def _promise_page(
    request: HttpRequest,
    card: AgencyCard,
    read: ProcedureSheet,
    form: MakePromise | None,
    plan: PromisePlan | None,
) -> HttpResponse:
    context = frame(request, "agencies") | {
        "card": card,
        "read": read,
        "published": [
            (
                each.variant or "",
                time_limit(each.limit) if each.limit else f"{each.printed_value} {each.printed_unit}",
            )
            for each in catalogue_services.terms_online(read)
        ],
        "form": form,
        "page_errors": page_errors(*([form] if form else [])),
    }
    if plan is None or form is None:
        status = 422 if form is not None and form.errors else 200
        return render(request, "desk/administration/new_promise.html", context, status=status)
    context |= {"plan": plan, "promised": time_limit(form.cleaned_data["limit"])}
    return render(request, "desk/administration/preview_promise.html", context)


def _unit_of(read: ProcedureSheet) -> TimeUnit | None:
    """The unit in which the procedure's online terms are all stated; None if they cannot all be shortened."""
    units = {
        offered.limit.unit if offered.limit else None for offered in catalogue_services.terms_online(read)
    }
    return units.pop() if len(units) == 1 else None


def _agency(request: HttpRequest, agency_id: int) -> AgencyCard:
    if not must_administer(request, act="promises").covers(agency_id):
        raise forbidden("promises", clock.now())
    return agencies.agency(agency_id)
