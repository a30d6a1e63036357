"""The last day of an agency or a unit: what hangs on it is shown, then it is recorded, or it is said why not.

The question stands in the address: it is about agencies and a day only, and can be looked at again.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from motcua.agencies import queries as agencies
from motcua.agencies import services as agency_services
from motcua.agencies.rules.cards import AgencyCard, UnitCard
from motcua.desk import clock
from motcua.desk.forms.administration import EndAgency, EndUnit
from motcua.desk.forms.refused import tell
from motcua.desk.frame import frame
from motcua.desk.law_pages.outside import forbidden
from motcua.desk.officers import actor_of, must_administer
from motcua.dossiers import services
from motcua.dossiers.queries.endings import COUNT_UP_TO
from motcua.dossiers.services import EndPlan
from motcua.kernel.errors import Forbidden, NotFound, Refusal
from motcua.theme.access import access
from motcua.theme.errors_on_page import page_errors
from motcua.theme.refusals import sentence
from motcua.theme.wording import whole_number


@access("officer")
@require_http_methods(["GET", "POST"])
def end_agency(request: HttpRequest, agency_id: int) -> HttpResponse:
    """Asked for a day and a successor, shows what hangs on the agency; sent, records the end."""
    must_administer(request, province=True)
    card = agencies.agency(agency_id)
    there = agencies.agencies(card.province or settings.PROVINCE, clock.now().date())
    alike = [each for each in there if each.id != agency_id and each.level == card.level]
    form = EndAgency(_typed(request), others=alike)
    plan = None
    if form.is_bound and form.is_valid():
        wish = {"actor": actor_of(request), "at": clock.now(), "agency_id": agency_id, **form.cleaned_data}
        if request.method == "POST" and _done(form, services.end_agency, wish):
            messages.success(request, gettext("Đã ghi ngày hoạt động cuối cùng của cơ quan."))
            return redirect("desk:agency", agency_id)
        plan = services.plan_end_of_agency(**wish)
    successor = form.cleaned_data.get("successor_id") if plan else None
    chosen = next((each for each in alike if each.id == successor), None)
    return _page(request, form, plan, card, successor=chosen, title=gettext("Kết thúc hoạt động của cơ quan"))


@access("officer")
@require_http_methods(["GET", "POST"])
def end_unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """As of an agency; nothing may hang on a unit."""
    unit = agencies.unit(unit_id)
    card = _of_unit(request, unit)
    form = EndUnit(_typed(request))
    plan = None
    if form.is_bound and form.is_valid():
        wish = {"actor": actor_of(request), "at": clock.now(), "unit_id": unit_id, **form.cleaned_data}
        if request.method == "POST" and _done(form, services.end_unit, wish):
            messages.success(request, gettext("Đã ghi ngày hoạt động cuối cùng của đơn vị."))
            return redirect("desk:agency", card.id)
        plan = services.plan_end_of_unit(**wish)
    return _page(request, form, plan, card, unit=unit, title=gettext("Kết thúc hoạt động của đơn vị"))


@access("officer")
@require_POST
def keep_agency(request: HttpRequest, agency_id: int) -> HttpResponse:
    must_administer(request, province=True)
    agency_services.keep_agency(actor=actor_of(request), at=clock.now(), agency_id=agency_id)
    messages.success(request, gettext("Đã bỏ ngày hoạt động cuối cùng."))
    return redirect("desk:agency", agency_id)


@access("officer")
@require_POST
def keep_unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    card = _of_unit(request, agencies.unit(unit_id))
    agency_services.keep_unit(actor=actor_of(request), at=clock.now(), unit_id=unit_id)
    messages.success(request, gettext("Đã bỏ ngày hoạt động cuối cùng."))
    return redirect("desk:agency", card.id)


def _of_unit(request: HttpRequest, unit: UnitCard) -> AgencyCard:
    if not must_administer(request, act="people").covers(unit.agency_id):
        raise forbidden("people", clock.now())
    return agencies.agency(unit.agency_id)


def _typed(request: HttpRequest) -> Any:
    if request.method == "POST":
        return request.POST
    return request.GET if "last_day" in request.GET else None


def _done(form: EndUnit, service: Any, wish: dict[str, Any]) -> bool:
    """Call the service; a refusal is told in the form."""
    try:
        service(**wish)
    except (Forbidden, NotFound):
        raise
    except Refusal as refusal:
        tell(form, refusal)
        return False
    return True


def _facts(plan: EndPlan) -> list[tuple[str, str]]:
    """What hangs on it, in figures."""
    hanging = plan.hanging
    return [
        (gettext("Hồ sơ chưa xong"), _counted(hanging.dossiers)),
        (gettext("Việc đang làm"), _counted(hanging.tasks)),
        (gettext("Vị trí công tác còn sau ngày này"), whole_number(hanging.posts)),
        (gettext("Thủ tục đang giải quyết"), whole_number(hanging.procedures)),
    ]


def _counted(number: int) -> str:
    """Counted only so far."""
    text = whole_number(number)
    return gettext("%(n)s trở lên") % {"n": text} if number >= COUNT_UP_TO else text


def _page(
    request: HttpRequest, form: EndUnit, plan: EndPlan | None, card: AgencyCard, **more: Any
) -> HttpResponse:
    context = frame(request, "agencies") | {
        "form": form,
        "plan": plan,
        "facts": _facts(plan) if plan else [],
        "reasons": [sentence(refusal) for refusal in plan.refusals] if plan else [],
        "card": card,
        "page_errors": page_errors(form),
    }
    status = 422 if form.errors else 200
    return render(request, "desk/administration/ending.html", context | more, status=status)
