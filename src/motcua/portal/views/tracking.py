"""Public tracking: where a dossier stands, for whoever has its number. Nothing personal."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from motcua.dossiers import queries
from motcua.dossiers.enums import ENDED
from motcua.portal import standing, who
from motcua.theme import ledgers
from motcua.theme.access import access
from motcua.theme.errors_on_page import PageError


@access("public")
def ask(request: HttpRequest) -> HttpResponse:
    """The page with the one field. The number goes into the address of the answer, so it can be kept."""
    typed = request.GET.get("ma")
    if typed and typed.strip() and "/" not in typed:
        return redirect("portal:track", code=typed.strip().upper())
    errors = [PageError(gettext("Hãy nhập mã hồ sơ."), "#ma")] if typed is not None else []
    return ask_page(request, "", errors)


@access("public")
def track(request: HttpRequest, code: str) -> HttpResponse:
    found = queries.tracking(code)
    if found is None:
        text = gettext("Không có hồ sơ nào mang mã này. Hãy xem lại từng chữ số trên giấy hẹn.")
        return ask_page(request, code, [PageError(text, "#ma")], status=404)
    now = who.now()
    is_over = found.status in ENDED
    calendar = found.due.calendar if found.due else None
    context = {
        "nav": "tracking",
        "found": found,
        "standing": standing.of(found.status),
        "pill": calendar
        and standing.pill(
            due_at=found.due_at,
            finished_at=found.finished_at,
            is_paused=found.is_paused,
            ended=is_over,
            calendar=calendar,
            at=now,
        ),
        "milestones": standing.milestones(
            [(step.kind, step.at) for step in found.steps],
            is_over=is_over,
            due_at=None if found.is_paused else found.due_at,
        ),
        "is_broken_off": is_over and found.finished_at is None,
        "why": ledgers.explained(found.due, found.arrived_at),
    }
    return render(request, "portal/tracking/found.html", context)


def ask_page(request: HttpRequest, code: str, errors: list[PageError], status: int = 200) -> HttpResponse:
    context = {"nav": "tracking", "code": code, "page_errors": errors}
    shown = 422 if errors and status == 200 else status
    return render(request, "portal/tracking/ask.html", context, status=shown)
