"""Which procedures an agency settles, and by which of its units: seen by its administrators, said by the
province's.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies import queries as agencies
from motcua.agencies.enums import AgencyKind
from motcua.agencies.rules.cards import AgencyCard
from motcua.catalogue import queries as catalogue
from motcua.catalogue import services as catalogue_services
from motcua.catalogue.rules.cards import ProcedureCard
from motcua.catalogue.services import TakenOver
from motcua.desk import clock
from motcua.desk.forms.competences import FindProcedure, GiveCompetence, TakeOver
from motcua.desk.forms.refused import tell
from motcua.desk.frame import frame
from motcua.desk.officers import actor_of, must_administer
from motcua.kernel.errors import Forbidden, NotFound, Refusal
from motcua.theme.access import access
from motcua.theme.errors_on_page import page_errors

LIST = 100
FOUND_AT_MOST = 12


@access("officer")
@require_safe
def competences(request: HttpRequest, agency_id: int) -> HttpResponse:
    card, asked, today = _agency(request, agency_id), _asked(request), clock.now().date()
    settled = catalogue.competences_of(agency_id, today, text=asked, limit=LIST)
    context = frame(request, "agencies") | {
        "card": card,
        "scope": must_administer(request),
        "form": FindProcedure(initial={"q": asked}),
        "asked": asked,
        "settled": settled,
        "is_full": len(settled) == LIST,
    }
    return render(request, "desk/administration/competences.html", context)


@access("officer")
@require_http_methods(["GET", "POST"])
def add_competence(request: HttpRequest, agency_id: int) -> HttpResponse:
    """Find a procedure, choose it and the unit."""
    card, asked = _governed(request, agency_id), _asked(request)
    found = _found(asked)
    form = GiveCompetence(_posted(request), found=found, units=card.offered_units)
    if form.is_bound and form.is_valid():
        try:
            catalogue_services.give_competence(
                actor=actor_of(request), at=clock.now(), agency_id=agency_id, **form.cleaned_data
            )
        except Forbidden:
            raise
        except Refusal as refusal:
            tell(form, refusal)
        else:
            messages.success(request, gettext("Đã giao thủ tục cho cơ quan."))
            return redirect("desk:competences", agency_id)
    context = frame(request, "agencies") | {
        "card": card,
        "find": FindProcedure(initial={"q": asked}),
        "asked": asked,
        "found": found,
        "form": form,
        "page_errors": page_errors(form),
    }
    status = 422 if form.errors else 200
    return render(request, "desk/administration/add_competence.html", context, status=status)


@access("officer")
@require_http_methods(["GET", "POST"])
def copy_competences(request: HttpRequest, agency_id: int) -> HttpResponse:
    """Let a new agency settle what one of its kind settles."""
    card = _governed(request, agency_id)
    form = TakeOver(_posted(request), models=_models(card))
    if form.is_bound and form.is_valid():
        try:
            taken = catalogue_services.take_over_competences(
                actor=actor_of(request), at=clock.now(), agency_id=agency_id, **form.cleaned_data
            )
        except Forbidden:
            raise
        except Refusal as refusal:
            tell(form, refusal)
        else:
            _say(request, taken)
            return redirect("desk:competences", agency_id)
    context = frame(request, "agencies") | {"card": card, "form": form, "page_errors": page_errors(form)}
    status = 422 if form.errors else 200
    return render(request, "desk/administration/copy_competences.html", context, status=status)


@access("officer")
@require_http_methods(["GET", "POST"])
def drop_competence(request: HttpRequest, agency_id: int, code: str) -> HttpResponse:
    card = _governed(request, agency_id)
    if request.method == "POST":
        catalogue_services.end_competence(
            actor=actor_of(request), at=clock.now(), agency_id=agency_id, code=code
        )
        messages.success(request, gettext("Đã thôi giao thủ tục này."))
        return redirect("desk:competences", agency_id)
    sheet = catalogue.by_code(code, clock.now().date())
    if catalogue.settling_unit(sheet.version_id, agency_id) is None:
        raise NotFound
    context = frame(request, "agencies") | {"card": card, "sheet": sheet}
    return render(request, "desk/administration/drop_competence.html", context)


def _say(request: HttpRequest, taken: TakenOver) -> None:
    text = ngettext("Đã giao thêm %(n)s thủ tục.", "Đã giao thêm %(n)s thủ tục.", taken.added)
    messages.success(request, text % {"n": taken.added})
    if taken.left_out:
        left = gettext("Chưa giao được vì cơ quan không có đơn vị tương ứng: %(codes)s.")
        messages.warning(request, left % {"codes": ", ".join(taken.left_out)})


def _models(card: AgencyCard) -> list[tuple[int, str]]:
    """Number and name of the agencies of the same kind that settle something."""
    today = clock.now().date()
    kind = AgencyKind(agencies.facts_of(card.id).kind)
    settling = catalogue.settling_agencies(settings.PROVINCE, today)
    return list(agencies.names(settings.PROVINCE, today, kind=kind, within=settling.keys() - {card.id}))


def _found(asked: str) -> tuple[ProcedureCard, ...]:
    """By the last digits of the code as at the counter, else by words."""
    today = clock.now().date()
    if asked.isdigit() and 3 <= len(asked) <= 6:
        return catalogue.by_end_of_code(asked, FOUND_AT_MOST, on=today)
    return catalogue.search(asked, FOUND_AT_MOST, on=today) if asked else ()


def _agency(request: HttpRequest, agency_id: int) -> AgencyCard:
    if not must_administer(request).covers(agency_id):
        raise Forbidden
    return agencies.agency(agency_id)


def _governed(request: HttpRequest, agency_id: int) -> AgencyCard:
    must_administer(request, province=True)
    return agencies.agency(agency_id)


def _asked(request: HttpRequest) -> str:
    return request.GET.get("q", "").strip()[:100]


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None
