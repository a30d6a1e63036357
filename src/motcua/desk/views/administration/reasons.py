"""Templates of reasons, kept by administrators: the province's for everybody, an agency's for its own."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.agencies import queries as agencies
from motcua.agencies.policy import Scope
from motcua.agencies.rules.cards import AgencyCard
from motcua.desk import clock
from motcua.desk.forms.reasons import ReasonForm
from motcua.desk.forms.refused import tell
from motcua.desk.frame import frame
from motcua.desk.officers import actor_of, must_administer
from motcua.dossiers import labels, queries, services
from motcua.dossiers.enums import Verb
from motcua.dossiers.queries import ReasonCard
from motcua.kernel.errors import Forbidden, NotFound, Refusal
from motcua.kernel.numbers import read_number
from motcua.theme.access import access
from motcua.theme.errors_on_page import page_errors

Groups = list[tuple[str, list[ReasonCard]]]


@access("officer")
@require_safe
def reasons(request: HttpRequest) -> HttpResponse:
    """The agency's own, and those of the province, which only the province's administrator changes."""
    scope = must_administer(request)
    agency = _agency(request, scope)
    context = frame(request, "reasons") | {
        "agency": agency,
        "scope": scope,
        "own": _groups(queries.reasons_of(agency.id)) if agency else [],
        "shared": _groups(queries.reasons_of(None)),
        "others": [card for card in agencies.cards(scope.agency_ids) if card != agency],
    }
    return render(request, "desk/administration/reasons.html", context)


@access("officer")
@require_http_methods(["GET", "POST"])
def new_reason(request: HttpRequest) -> HttpResponse:
    agency = _agency(request, must_administer(request))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            services.add_reason(
                actor=actor_of(request),
                at=clock.now(),
                agency_id=agency.id if agency else None,
                verb=Verb(data["verb"]),
                title=data["title"],
                text=data["text"],
            )
        except Forbidden:
            raise
        except Refusal as refusal:
            tell(form, refusal)
        else:
            messages.success(request, gettext("Đã thêm mẫu lý do."))
            return redirect(_list_of(agency))
    return _form_page(request, form, agency, None)


@access("officer")
@require_http_methods(["GET", "POST"])
def reason(request: HttpRequest, template_id: int) -> HttpResponse:
    """Other words for a template; which verb it is for stays."""
    card, agency = _template(request, template_id)
    known = {"title": card.title, "text": card.text, "version": card.version}
    form = ReasonForm(request.POST if request.method == "POST" else None, initial=known, verb=card.verb)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            services.change_reason(
                actor=actor_of(request),
                at=clock.now(),
                template_id=card.id,
                version=data["version"],
                title=data["title"],
                text=data["text"],
            )
        except (Forbidden, NotFound):
            raise
        except Refusal as refusal:
            tell(form, refusal)
        else:
            messages.success(request, gettext("Đã sửa mẫu lý do."))
            return redirect(_list_of(agency))
    return _form_page(request, form, agency, card)


@access("officer")
@require_POST
def drop_reason(request: HttpRequest, template_id: int) -> HttpResponse:
    card, agency = _template(request, template_id)
    version = request.POST.get("version", "")
    services.drop_reason(
        actor=actor_of(request),
        at=clock.now(),
        template_id=card.id,
        version=read_number(version, digits=8) or 0,
    )
    messages.success(request, gettext("Đã bỏ mẫu lý do. Hồ sơ đã dùng mẫu này không thay đổi."))
    return redirect(_list_of(agency))


def _agency(request: HttpRequest, scope: Scope) -> AgencyCard | None:
    """The agency that the address names; without one the first of the actor's, for the province none.

    Raises Http404 for one that is not the actor's to look after.
    """
    asked = request.GET.get("co-quan", "")
    if asked:
        number = read_number(asked) or 0
        if not scope.covers(number):
            raise Http404
        return agencies.agency(number)
    cards = agencies.cards(scope.agency_ids)
    return cards[0] if cards and not scope.is_province else None


def _template(request: HttpRequest, template_id: int) -> tuple[ReasonCard, AgencyCard | None]:
    """Raises NotFound, also for one that is not the actor's to keep."""
    scope = must_administer(request)
    card = queries.reason(template_id) if template_id < 2**62 else None
    if card is None:
        raise NotFound()
    if not (scope.is_province if card.agency_id is None else scope.covers(card.agency_id)):
        raise NotFound()
    return card, agencies.agency(card.agency_id) if card.agency_id else None


def _list_of(agency: AgencyCard | None) -> str:
    return reverse("desk:reasons") + (f"?co-quan={agency.id}" if agency else "")


def _groups(cards: tuple[ReasonCard, ...]) -> Groups:
    return [
        (gettext(labels.VERB[verb]), list(found))
        for verb, found in groupby(cards, key=lambda card: card.verb)
    ]


def _form_page(
    request: HttpRequest, form: ReasonForm, agency: AgencyCard | None, card: ReasonCard | None
) -> HttpResponse:
    context: dict[str, Any] = frame(request, "reasons") | {
        "form": form,
        "agency": agency,
        "card": card,
        "verb": gettext(labels.VERB[card.verb]) if card else "",
        "back": _list_of(agency),
        "page_errors": page_errors(form),
    }
    return render(request, "desk/administration/reason.html", context, status=422 if form.errors else 200)
