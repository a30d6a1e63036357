"""When an agency is open: its hours as versions, the preview of new ones, publishing and taking back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.agencies import queries as agencies
from motcua.agencies import services as agency_services
from motcua.agencies.errors import (
    HoursAhead,
    HoursSourceTooLong,
    HoursTooEarly,
    HoursWithoutSource,
    NoHours,
)
from motcua.agencies.rules.cards import AgencyCard, HoursVersion
from motcua.desk import clock
from motcua.desk.forms.opening import WEEKDAYS, OpeningHours, in_words
from motcua.desk.forms.refused import tell
from motcua.desk.frame import frame
from motcua.desk.law_pages.outside import forbidden
from motcua.desk.officers import actor_of, must_administer
from motcua.dossiers import services
from motcua.dossiers.services import HoursPlan
from motcua.kernel.errors import Forbidden, NotFound, Refusal
from motcua.law.services import grounds_of
from motcua.theme.access import access
from motcua.theme.errors_on_page import page_errors
from motcua.worktime.rules import Hours

BIGGEST = 2**62

_FIELD: dict[type[Refusal], str] = {  # where each refusal is mended
    NoHours: WEEKDAYS[0][0],
    HoursWithoutSource: "source",
    HoursSourceTooLong: "source",
    HoursTooEarly: "first_day",
    HoursAhead: "first_day",
}


@access("officer")
@require_safe
def hours(request: HttpRequest, agency_id: int) -> HttpResponse:
    """The hours that hold now, and the versions that the agency published."""
    card, today = _agency(request, agency_id), clock.now().date()
    versions = agencies.hours_versions(agency_id)
    calendar = agencies.calendar_of(agency_id, today)
    context = frame(request, "agencies") | {
        "card": card,
        "own": any(today in each.validity for each in versions),
        "is_sample": calendar.mark == "sample",
        "now": _week(_usual(agency_id)),
        "versions": [_version(each, versions, today) for each in versions],
    }
    return render(request, "desk/administration/hours.html", context)


@access("officer")
@require_http_methods(["GET", "POST"])
def new_hours(request: HttpRequest, agency_id: int) -> HttpResponse:
    """First the form, then what would move by it, then it is published. Only `save` writes."""
    card, actor, now = _agency(request, agency_id), actor_of(request), clock.now()
    names = [name for name, _label in WEEKDAYS]
    initial = dict(zip(names, _usual(agency_id), strict=True))
    form = OpeningHours(request.POST if request.method == "POST" else None, initial=initial)
    plan = None
    if form.is_bound and form.is_valid() and "change" not in request.POST:
        wish = form.wish(agency_id)
        try:
            if "save" in request.POST:
                agency_services.publish_hours(actor=actor, at=now, wish=wish)
                messages.success(request, gettext("Đã công bố giờ làm việc."))
                return redirect("desk:hours", agency_id)
            plan = services.plan_hours(actor=actor, at=now, wish=wish, after=request.POST.get("after"))
        except (Forbidden, NotFound):
            raise
        except Refusal as refusal:
            tell(form, refusal, _FIELD.get(type(refusal)))
    return _preview(request, card, form, plan) if plan else _form_page(request, card, form)


@access("officer")
@require_POST
def withdraw_hours(request: HttpRequest, calendar_id: int) -> HttpResponse:
    if calendar_id > BIGGEST:
        raise NotFound
    agency_id = agency_services.withdraw_hours(
        actor=actor_of(request), at=clock.now(), calendar_id=calendar_id
    )
    messages.success(request, gettext("Đã hủy giờ làm việc chưa áp dụng. Giờ đang áp dụng tiếp tục."))
    return redirect("desk:hours", agency_id)


def _agency(request: HttpRequest, agency_id: int) -> AgencyCard:
    """Raises NotFound, Forbidden."""
    hours = grounds_of(agency_services.publish_hours)
    if agency_id > BIGGEST or not must_administer(request, act=hours).covers(agency_id):
        raise forbidden(hours, clock.now())
    return agencies.agency(agency_id)


def _usual(agency_id: int) -> tuple[Hours, ...]:
    """The usual hours of the coming seven days, Monday first."""
    today = clock.now().date()
    calendar = agencies.calendar_of(agency_id, today)
    return calendar.usual_week(today)


def _week(days: tuple[Hours, ...]) -> list[tuple[Any, str]]:
    return [(label, in_words(each)) for (_name, label), each in zip(WEEKDAYS, days, strict=True)]


def _version(each: HoursVersion, versions: tuple[HoursVersion, ...], today: Any) -> dict[str, Any]:
    return {
        "card": each,
        "week": _week(each.days),
        "is_ahead": each.is_ahead(today),
        "is_now": today in each.validity,
        "may_withdraw": each.is_ahead(today) and each.validity.end is None,
    }


def _form_page(request: HttpRequest, card: AgencyCard, form: OpeningHours) -> HttpResponse:
    context = frame(request, "agencies") | {"card": card, "form": form, "page_errors": page_errors(form)}
    return render(request, "desk/administration/new_hours.html", context, status=422 if form.errors else 200)


def _preview(request: HttpRequest, card: AgencyCard, form: OpeningHours, plan: HoursPlan) -> HttpResponse:
    context = frame(request, "agencies") | {
        "card": card,
        "form": form,
        "plan": plan,
        "page": plan.page,
        "week": _week(plan.hours.days),
        "is_first": not request.POST.get("after"),
        "second_column": gettext("Nếu tính theo giờ mới"),
    }
    return render(request, "desk/administration/preview_hours.html", context)
