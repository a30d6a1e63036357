"""Outages: the list, declaring one, following and ending it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from motcua.catalogue import policy as agency_policy
from motcua.desk import clock
from motcua.desk.forms.incidents import Declare, End, places_of, span_of, told_of
from motcua.desk.forms.refused import tell
from motcua.desk.frame import frame
from motcua.desk.law_pages.outside import forbidden
from motcua.desk.officers import actor_of, seat_of
from motcua.dossiers import queries as dossiers
from motcua.incidents import labels, policy, queries, services
from motcua.incidents.queries import IncidentCard, ReportHour
from motcua.incidents.rules import reports
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden, NotFound, Refusal
from motcua.law.rules.grounding import Grounds
from motcua.theme import wording
from motcua.theme.access import access
from motcua.theme.errors_on_page import page_errors
from motcua.theme.report_form import ReportForm
from motcua.worktime.rules import local


@access("officer")
@require_http_methods(["GET", "POST"])
def incidents(request: HttpRequest) -> HttpResponse:
    """The newest incidents, what was reported, and the form to declare one.

    Basis: DL24-10.2, DL24-24.4, DL24-24.6, PT24-24.2#2.
    """
    actor, now = _reader(request), clock.now()
    read = policy.agencies_whose_reports_are_read(actor, seat_of(request).posts, now)
    before = request.GET.get("truoc", "")
    hours = queries.reported(agency_ids=read, before=before) if read is None or read else ()
    within = timedelta(hours=settings.INCIDENT_DECLARE_WITHIN_HOURS)
    places = [
        place
        for place in places_of(seat_of(request).agencies)
        if policy.may_declare(actor, seat_of(request).posts, now, place.scope, place.agency_id, place.unit_id)
    ]
    public = queries.calendar_at(None, now)
    form = Declare(
        request.POST if request.method == "POST" else None,
        places=places,
        within=within,
        now=now,
        hours=[each for each in hours if reports.is_ground(each.kind, each.first.at, now, within, public)],
    )
    if request.method == "POST" and not places:
        raise forbidden("outages", clock.now())
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            card = services.declare(
                actor=actor,
                at=now,
                what=data["what"],
                began_at=data["began_at"],
                ground=data.get("ground", ""),
                evidence=data["evidence"],
                ended_at=data["ended_at"],
                remedy=data["remedy"],
                **form.where(),
            )
        except Refusal as refusal:
            if not form.tells(refusal):
                tell(form, refusal)
        else:
            messages.success(request, gettext("Đã ghi nhận sự cố."))
            return redirect("desk:incident", card.window.id)
    context = frame(request, "incidents") | {
        "form": form if places else None,
        "lines": [_line(card, now) for card in queries.incidents()],
        "reads_reports": read is None or bool(read),
        "hours": [
            {"hour": each, "kind": gettext(labels.REPORT_KIND[each.kind]), "told": told_of(each)}
            for each in hours
        ],
        "shows_contact": read is None,
        "next": f"?truoc={hours[-1].first.id}" if _is_full(hours) else "",
        "previous": "?" if before else "",
        "page_errors": page_errors(form),
    }
    return render(request, "desk/incidents/list.html", context)


@access("officer")
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """An officer tells of an outage, of a lost account, of misuse or an infected file.

    Basis: DL24-10.2, DL24-24.4, DL24-24.6, PT24-24.2#2.
    """
    actor, now, seat = _reader(request), clock.now(), seat_of(request)
    kinds = reports.offered(agency_policy.regulation_of(settings.PROVINCE, now), is_officer=True)
    form = ReportForm(request.POST if request.method == "POST" else None, kinds=kinds)
    if form.is_bound and form.is_valid():
        own = seat.agencies
        try:
            services.report(
                **form.said(),
                place=f"officer-{actor.id}",
                at=now,
                officer=actor,
                agency_id=own[0].id if own else None,
            )
        except Refusal as refusal:
            tell(form, refusal)
        else:
            messages.success(request, gettext("Đã gửi lượt báo."))
            return redirect("desk:incidents")
    context = frame(request, "incidents") | {"form": form, "page_errors": page_errors(form)}
    return render(request, "desk/incidents/report.html", context, status=422 if form.errors else 200)


@access("officer")
@require_http_methods(["GET", "POST"])
def incident(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    """One incident with its clock, and what the system recorded meanwhile; whoever may end it finds the form.

    Basis: PT24-21.6, PT24-23.8.
    """
    actor, now = _reader(request), clock.now()
    card = queries.incident(str(incident_id))
    form = End(request.POST if request.method == "POST" else None, now=now)
    if request.method == "POST" and form.is_valid():
        try:
            services.end(actor=actor, at=now, incident_id=card.window.id, **form.cleaned_data)
        except (Forbidden, NotFound):
            raise
        except Refusal as refusal:
            if not form.tells(refusal):
                tell(form, refusal)
        else:
            messages.success(request, gettext("Đã ghi nhận hệ thống hoạt động trở lại."))
            return redirect("desk:incident", card.window.id)
    window = card.window
    may_end = window.ended_at is None and policy.may_declare(
        actor, seat_of(request).posts, now, window.scope, window.agency_id, window.unit_id
    )
    context = frame(request, "incidents") | {
        "card": card,
        "line": _line(card, now),
        "told": _told(card, local(now).date()),
        "recorded": dossiers.recorded_during(window, now),
        "form": form if may_end else None,
        "page_errors": page_errors(form),
    }
    return render(request, "desk/incidents/one.html", context)


def _told(card: queries.IncidentCard, on: date) -> list[tuple[str, int]]:
    """Who is told: by the name of today, behind which stands that of the regulation where it is another."""
    today = queries.agencies_told(card.told, on)
    return [
        (_called(gettext(labels.WHOM[whom]), today.get(whom)), count) for whom, count in card.told.items()
    ]


def _called(named: str, today: str | None) -> str:
    if today is None or today == named:
        return named
    return gettext("%(today)s (quy chế ghi: %(named)s)") % {"today": today, "named": named}


def _is_full(hours: Sequence[ReportHour]) -> bool:
    return sum(len(each.reports) for each in hours) == queries.LIST


def _reader(request: HttpRequest) -> Actor:
    """Raises Forbidden."""
    actor = actor_of(request)
    if not policy.may_read(actor, seat_of(request).posts):
        raise forbidden(Grounds((policy.may_read,)), clock.now())
    return actor


def _line(card: IncidentCard, now: datetime) -> dict[str, Any]:
    return {
        "id": card.window.id,
        "span": span_of(card),
        "place": card.place or gettext(labels.SCOPE[card.window.scope]),
        "what": card.what,
        "pill": recovery_pill(card, now),
    }


def recovery_pill(card: IncidentCard, now: datetime) -> wording.Pill | None:
    """How much of the term for recovery is left, in clock hours, or how it was kept."""
    ended = card.window.ended_at
    if card.recover_by is None:
        return None if ended is None else wording.Pill(gettext("đã khắc phục"), "done")
    minutes = int(((ended or now) - card.recover_by).total_seconds()) // 60
    length = {"hours": abs(minutes) // 60, "minutes": abs(minutes) % 60}
    if ended is not None and minutes <= 0:
        return wording.Pill(gettext("đã khắc phục đúng hạn"), "done")
    if minutes > 0:
        return wording.Pill(gettext("quá hạn %(hours)d giờ %(minutes)d phút") % length, "late")
    tone = "soon" if minutes > -120 else "calm"
    return wording.Pill(gettext("còn %(hours)d giờ %(minutes)d phút") % length, tone)
