"""Following the keeping of terms, agency by agency; and urging an agency."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies import queries as agencies
from motcua.desk import clock, lists
from motcua.desk.forms.refused import tell
from motcua.desk.forms.watching import Urge
from motcua.desk.frame import frame
from motcua.desk.law_pages.outside import forbidden
from motcua.desk.officers import actor_of, seat_of
from motcua.dossiers import queries, services
from motcua.dossiers.enums import Box
from motcua.dossiers.queries import NotClosed, Overdue
from motcua.kernel.errors import Forbidden, Refusal
from motcua.law import queries as law
from motcua.law.errors import NoRegulation
from motcua.theme.access import access
from motcua.theme.errors_on_page import page_errors
from motcua.theme.rail import RailLink
from motcua.worktime.rules import local

MONTHS_BACK = 12


@access("officer")
@require_safe
def watch(request: HttpRequest) -> HttpResponse:
    """The figures of a month by agency, then what is overdue now: at desks, and answers of others."""
    actor, now = actor_of(request), clock.now()
    ids = services.watched(actor=actor, at=now)
    months = _months_back(local(now).date())
    first = next((m for m in months if f"{m:%Y-%m}" == request.GET.get("thang", "")), months[0])
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    at_desks, more_desks = queries.overdue_at_the_desk(
        settings.PROVINCE, ids, now, after=request.GET.get("quay")
    )
    questions, more_questions = queries.overdue_questions(
        settings.PROVINCE, ids, now, after=request.GET.get("y-kien")
    )
    letters, more_letters = queries.overdue_without_letter(
        settings.PROVINCE, ids, now, after=request.GET.get("xin-loi")
    )
    closes = _closes(local(now).date())
    open_ends: tuple[NotClosed, ...] = ()
    more_ends: str | None = None
    if closes:
        open_ends, more_ends = queries.returned_not_closed(
            settings.PROVINCE, ids, after=request.GET.get("ket-thuc")
        )
    own = {post.agency_id for post in seat_of(request).posts}
    around = frame(request, "watch")
    context = around | {
        "months": [(f"{month:%Y-%m}", month) for month in months],
        "month": first,
        "lines": queries.followed(settings.PROVINCE, ids, first, last, now),
        "at_desks": [_line(each, own) for each in at_desks],
        "next_desks": _more("quay", more_desks),
        "questions": [_line(each, own) for each in questions],
        "next_questions": _more("y-kien", more_questions),
        "letters": [_line(each, own) for each in letters],
        "next_letters": _more("xin-loi", more_letters),
        "closes": closes,
        "not_closed": [_line(each, own) for each in open_ends],
        "next_ends": _more("ket-thuc", more_ends),
        "may_urge": ids is None,
        "pressing": _pressing(around),
    }
    return render(request, "desk/watching.html", context)


@access("officer")
@require_http_methods(["GET", "POST"])
def urge(request: HttpRequest, agency_id: int) -> HttpResponse:
    if services.watched(actor=actor_of(request), at=clock.now()) is not None:
        raise forbidden("urge", clock.now())
    card = agencies.agency(agency_id)
    form = Urge(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            told = services.urge(
                actor=actor_of(request), at=clock.now(), agency_id=agency_id, text=form.cleaned_data["text"]
            )
        except Forbidden:
            raise
        except Refusal as refusal:
            tell(form, refusal)
        else:
            text = gettext("Đã đôn đốc %(agency)s; %(count)s người nhận được tin.")
            messages.success(request, text % {"agency": card.name, "count": told})
            return redirect("desk:watch")
    context = frame(request, "watch") | {"form": form, "card": card, "page_errors": page_errors(form)}
    return render(request, "desk/urge.html", context, status=422 if form.errors else 200)


def _pressing(known: dict[str, Any]) -> RailLink | None:
    """The list of what lies late anywhere under whoever looks, as their rail counts it; None without one."""
    here = lists.list_href(Box.PRESSING, "")
    return next((link for group in known["rail"] for link in group.links if link.href == here), None)


def _closes(today: date) -> bool:
    """Whether the regulation in force has dossiers closed by an act of its own (QN20-13.5)."""
    try:
        return law.regulation_in_force(settings.PROVINCE, today).flag("result.explicit_close") is True
    except NoRegulation:
        return False


def _line(found: Overdue | NotClosed, own: set[int]) -> dict[str, object]:
    return {"overdue": found, "is_own": found.agency_id in own}


def _more(name: str, cursor: str | None) -> str:
    return f"?{urlencode({name: cursor})}" if cursor else ""


def _months_back(today: date) -> list[date]:
    """First days of this month and of those before it."""
    months = [today.replace(day=1)]
    while len(months) < MONTHS_BACK:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return months
