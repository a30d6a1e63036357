"""Outages: the list, declaring one, following and ending it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from motcua.desk import clock
from motcua.desk.forms.incidents import Declare, End, span_of
from motcua.desk.forms.refused import tell
from motcua.desk.frame import frame
from motcua.desk.officers import actor_of, seat_of
from motcua.incidents import labels, policy, queries, services
from motcua.incidents.queries import IncidentCard
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden, NotFound, Refusal
from motcua.theme import wording
from motcua.theme.access import access
from motcua.theme.errors_on_page import page_errors


@access("officer")
@require_http_methods(["GET", "POST"])
def incidents(request: HttpRequest) -> HttpResponse:
    """The newest incidents, and the form to declare one."""
    actor, now = _reader(request), clock.now()
    form = Declare(
        request.POST if request.method == "POST" else None,
        agencies=seat_of(request).agencies,
        is_for_all=policy.may_declare_for_all(actor, seat_of(request).posts, now),
        now=now,
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            card = services.declare(
                actor=actor, at=now, what=data["what"], began_at=data["began_at"], **form.where()
            )
        except Refusal as refusal:
            tell(form, refusal)
        else:
            messages.success(request, gettext("Đã ghi nhận sự cố."))
            return redirect("desk:incident", card.window.id)
    context = frame(request, "incidents") | {
        "form": form,
        "lines": [_line(card, now) for card in queries.incidents()],
        "page_errors": page_errors(form),
    }
    return render(request, "desk/incidents/list.html", context)


@access("officer")
@require_http_methods(["GET", "POST"])
def incident(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    """One incident with its clock; whoever may end it finds the form."""
    actor, now = _reader(request), clock.now()
    card = queries.incident(str(incident_id))
    form = End(request.POST if request.method == "POST" else None, now=now)
    if request.method == "POST" and form.is_valid():
        try:
            services.end(actor=actor, at=now, incident_id=card.window.id, **form.cleaned_data)
        except (Forbidden, NotFound):
            raise
        except Refusal as refusal:
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
        "told": [(gettext(labels.WHOM[whom]), count) for whom, count in card.told.items()],
        "form": form if may_end else None,
        "page_errors": page_errors(form),
    }
    return render(request, "desk/incidents/one.html", context)


def _reader(request: HttpRequest) -> Actor:
    """Raises Forbidden."""
    actor = actor_of(request)
    if not policy.may_read(actor, seat_of(request).posts):
        raise Forbidden
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
