"""When an agency is closed: the list, the preview of what that touches, announcing it and taking it back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.agencies import policy
from motcua.agencies import queries as agencies
from motcua.agencies.enums import Role
from motcua.agencies.errors import (
    ClosesNothing,
    ClosureEndsBeforeItBegins,
    ClosureInThePast,
    ClosureOverlaps,
    ClosureReasonTooLong,
    ClosuresChanged,
    ClosureSourceTooLong,
    ClosureTooFarAhead,
    ClosureTooLong,
    ClosureWithoutReason,
    ClosureWithoutSource,
)
from motcua.agencies.rules.cards import AgencyCard, ClosureCard
from motcua.desk import apologies, clock
from motcua.desk.forms.closures import AnnounceClosure
from motcua.desk.forms.refused import tell
from motcua.desk.frame import frame
from motcua.desk.law_pages.outside import forbidden
from motcua.desk.officers import actor_of, scope_of, seat_of
from motcua.dossiers import labels, queries, services
from motcua.dossiers.policy import signs_letters, works_on_all_of
from motcua.dossiers.services import ClosurePlan
from motcua.kernel.errors import N_, Forbidden, NotFound, Refusal
from motcua.kernel.numbers import read_number
from motcua.theme.access import access
from motcua.theme.errors_on_page import page_errors
from motcua.theme.wording import closed_span
from motcua.worktime.rules import Day, local

PAST = 20
BIGGEST = 2**62

_ANNOUNCED = N_("Đã thông báo lịch nghỉ. Cán bộ của cơ quan đã được báo.")
_APPLICANTS_TOO = N_(
    "Đã thông báo lịch nghỉ. Cán bộ của cơ quan đã được báo. Người nộp hệ thống báo được thì được báo ngay "
    "sau đây; nếu có ai phải báo trực tiếp, danh sách ở dưới."
)

_FIELD: dict[type[Refusal], str] = {  # where each refusal is mended
    ClosureWithoutReason: "reason",
    ClosureReasonTooLong: "reason",
    ClosureWithoutSource: "source",
    ClosureSourceTooLong: "source",
    ClosureEndsBeforeItBegins: "last_day",
    ClosureTooLong: "last_day",
    ClosureInThePast: "first_day",
    ClosureTooFarAhead: "first_day",
    ClosureOverlaps: "first_day",
    ClosesNothing: "first_day",
}


@access("officer")
@require_safe
def closures(request: HttpRequest) -> HttpResponse:
    """The agencies whose closures are this officer's to see; the only one at once."""
    seat, scope = seat_of(request), scope_of(request)
    ids = {post.agency_id for post in seat.posts} | scope.agency_ids
    if not ids and not scope.is_province:
        raise forbidden("closures", clock.now())
    if len(ids) == 1 and not scope.is_province:
        return redirect("desk:agency_closures", next(iter(ids)))
    context = frame(request, "closures") | {"agencies": agencies.cards(ids), "scope": scope}
    return render(request, "desk/closures/agencies.html", context)


@access("officer")
@require_safe
def agency_closures(request: HttpRequest, agency_id: int) -> HttpResponse:
    """What is to come, and what is over."""
    card, now = _agency(request, agency_id), clock.now()
    before = request.GET.get("truoc", "")
    number = read_number(before)
    past = agencies.closures(agency_id, now, is_over=True, before=number, limit=PAST)
    ahead = agencies.closures(agency_id, now)
    context = frame(request, "closures") | {
        "card": card,
        "may_close": _closing(request, agency_id).may_close,
        "ahead": [_line(each, now) for each in ahead],
        "days": [_day(each) for each in _local_days(agency_id, now)],
        "past": [_line(each, now) for each in past],
        "next": f"?truoc={past[-1].id}" if len(past) == PAST else "",
    }
    return render(request, "desk/closures/list.html", context)


@access("officer")
@require_http_methods(["GET", "POST"])
def new_closure(request: HttpRequest, agency_id: int) -> HttpResponse:
    """First the form, then what would move by it, then it is announced. Only `save` writes."""
    card, actor, now = _agency(request, agency_id), actor_of(request), clock.now()
    if not _closing(request, agency_id).may_close:
        raise forbidden("closures", clock.now())
    form = AnnounceClosure(request.POST if request.method == "POST" else None)
    plan = None
    if form.is_bound and form.is_valid() and "change" not in request.POST:
        wish = form.wish(agency_id)
        try:
            if "save" in request.POST:
                seen = request.POST.get("seen", "")
                made = services.close_agency(actor=actor, at=now, wish=wish, seen=seen)
                messages.success(request, gettext(_APPLICANTS_TOO if made.in_vain else _ANNOUNCED))
                return redirect("desk:closure_reach" if made.in_vain else "desk:closure", made.id)
        except ClosuresChanged as refusal:
            tell(form, refusal)
        except (Forbidden, NotFound):
            raise
        except Refusal as refusal:
            tell(form, refusal, _FIELD.get(type(refusal)))
            return _form_page(request, card, form)
        try:
            plan = services.plan_closure(actor=actor, at=now, wish=wish, after=request.POST.get("after"))
        except (Forbidden, NotFound):
            raise
        except Refusal as refusal:
            tell(form, refusal, _FIELD.get(type(refusal)))
    return _preview(request, card, form, plan) if plan else _form_page(request, card, form)


@access("officer")
@require_safe
def closure(request: HttpRequest, closure_id: int) -> HttpResponse:
    """One closure; while it is ahead or goes on, the dossiers it touches as they are now."""
    found, now = closure_of(request, closure_id), clock.now()
    card = agencies.agency(found.agency_id)
    page, unable = None, {}
    if found.stands(now):
        after = request.GET.get("sau")
        named_in = [card.id] if works_on_all_of(seat_of(request).posts, card.id) else []
        page = queries.touched(
            found.agency_id, found.span, closure_id=found.id, after=after, named_in=named_in
        )
    may_apologise = page is not None and bool(page.items) and writes_letters(request, card)
    if page is not None and may_apologise:
        unable = services.no_letters(
            actor=actor_of(request), at=now, dossier_ids=[each.dossier_id for each in page.items]
        )
    context = frame(request, "closures") | {
        "card": card,
        "line": _line(found, now),
        "found": found,
        "page": page,
        "opens_dossiers": _opens_dossiers(request, card),
        "next": "?" + urlencode({"sau": page.next_cursor}) if page and page.next_cursor else "",
        "previous": "?" if request.GET.get("sau") else "",
        "may_apologise": may_apologise,
        "unable": {each: gettext(apologies.NO_LETTER[why]) for each, why in unable.items()},
        "may_pick": page is not None and any(each.dossier_id not in unable for each in page.items),
        "picked_all": "chon" in request.GET,
        "pick_href": "?" + urlencode({"sau": request.GET["sau"]} if "sau" in request.GET else {}),
        "may_withdraw": found.is_ahead(now) and _closing(request, card.id).may_close,
    }
    return render(request, "desk/closures/one.html", context)


@access("officer")
@require_safe
def closure_reach(request: HttpRequest, closure_id: int) -> HttpResponse:
    """Whom the notice of a closure that stands reaches, and who must be told by the desk. Apart from the
    closure, for it is found by reading every dossier concerned."""
    found, now = closure_of(request, closure_id), clock.now()
    if not found.stands(now):
        return redirect("desk:closure", closure_id)
    card, called = agencies.agency(found.agency_id), request.GET.get("goi", "")
    context = frame(request, "closures") | {
        "card": card,
        "found": found,
        "line": _line(found, now),
        "reach": services.reach_of_closure(actor=actor_of(request), at=now, card=found, after=called),
        "called": called,
        "opens_dossiers": _opens_dossiers(request, card),
    }
    return render(request, "desk/closures/reach.html", context)


@access("officer")
@require_POST
def withdraw_closure(request: HttpRequest, closure_id: int) -> HttpResponse:
    found = closure_of(request, closure_id)
    services.reopen_agency(actor=actor_of(request), at=clock.now(), closure_id=closure_id)
    messages.success(request, gettext("Đã hủy thông báo nghỉ. Ai đã được báo sẽ được báo lại."))
    return redirect("desk:agency_closures", found.agency_id)


def writes_letters(request: HttpRequest, card: AgencyCard) -> bool:
    """Whether letters of apology bear this officer's name: who leads the agency (TT 01/2018 Mẫu 04)."""
    return signs_letters(seat_of(request).posts, card.leadership_unit_id)


def _opens_dossiers(request: HttpRequest, card: AgencyCard) -> bool:
    """Whether the names of the agency's dossiers lead this officer to them."""
    return any(post.agency_id == card.id and post.role is not Role.ADMIN for post in seat_of(request).posts)


def _agency(request: HttpRequest, agency_id: int) -> AgencyCard:
    """Raises NotFound, Forbidden."""
    if agency_id > BIGGEST:
        raise Http404
    card = agencies.agency(agency_id)
    if not _closing(request, agency_id).may_see:
        raise forbidden("closures", clock.now())
    return card


def _closing(request: HttpRequest, agency_id: int) -> policy.Closing:
    return policy.closing_by(seat_of(request).posts, scope_of(request), agency_id)


def closure_of(request: HttpRequest, closure_id: int) -> ClosureCard:
    """Raises NotFound, Forbidden."""
    found = agencies.closure(closure_id) if closure_id <= BIGGEST else None
    if found is None:
        raise NotFound()
    _agency(request, found.agency_id)
    return found


def _form_page(request: HttpRequest, card: AgencyCard, form: AnnounceClosure) -> HttpResponse:
    context = frame(request, "closures") | {"card": card, "form": form, "page_errors": page_errors(form)}
    return render(request, "desk/closures/new.html", context, status=422 if form.errors else 200)


def _preview(
    request: HttpRequest, card: AgencyCard, form: AnnounceClosure, plan: ClosurePlan
) -> HttpResponse:
    context = frame(request, "closures") | {
        "card": card,
        "form": form,
        "plan": plan,
        "terms": [(gettext(labels.TERM[each.kind]), each) for each in plan.terms],
        "page": plan.page,
        "span": closed_span(plan.closure),
        "opens_dossiers": _opens_dossiers(request, card),
        "is_first": not request.POST.get("after"),
        "page_errors": page_errors(form),
    }
    return render(request, "desk/closures/preview.html", context, status=409 if form.errors else 200)


def _line(card: ClosureCard, now: datetime) -> dict[str, Any]:
    if card.withdrawn_at is not None:
        state, tone = gettext("đã hủy"), ""
    elif card.span.ends_at <= now:
        state, tone = gettext("đã qua"), ""
    else:
        ahead = card.span.starts_at > now
        state, tone = (gettext("sắp tới"), "wait") if ahead else (gettext("đang nghỉ"), "bad")
    return {"card": card, "span": closed_span(card.span), "state": state, "tone": tone}


def _local_days(agency_id: int, now: datetime) -> list[Day]:
    """Days of the agency's own that its calendar was published with, from today on."""
    today = local(now).date()
    for days, calendar in agencies.calendars(agency_id):
        if today in days:
            ahead = {day.on for day in calendar.local_days if day.on >= today}
            return [calendar.day(on) for on in sorted(ahead)][:60]
    return []


def _day(day: Day) -> dict[str, Any]:
    on: date = day.on
    return {"on": on, "why": day.local.name if day.local else "", "hours": [str(each) for each in day.hours]}
