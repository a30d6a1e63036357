"""A list as a spreadsheet: asked for, watched, fetched."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from motcua.desk import clock, lists
from motcua.desk.frame import frame
from motcua.desk.officers import actor_of
from motcua.dossiers import labels, services
from motcua.dossiers.enums import ExportState
from motcua.dossiers.rules.choices import Choice
from motcua.kernel.errors import NotFound
from motcua.theme.access import access
from motcua.theme.downloads import stored_file
from motcua.theme.wording import hours


@access("officer")
@require_POST
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Put the list as it is set in line, and go to the page that tells how far it is."""
    box, name = lists.box_of(slug), ""
    choice: Choice | None
    if "luu=" in request.POST.get("query", ""):
        kept = request.POST["query"].partition("=")[2]
        found = next((k for k in lists.kept_of(request) if str(k.id) == kept), None)
        choice, name = (found.choice, found.name) if found else (None, "")
    else:
        choice = lists.choice_in(request.POST.get("query", ""), box, lists.units_of(request))
    if choice is None:
        raise NotFound
    number = services.ask_for_export(
        actor=actor_of(request), at=clock.now(), box=box, choice=choice, name=name
    )
    return redirect("desk:export", number)


@access("officer")
@require_safe
def export(request: HttpRequest, export_id: int) -> HttpResponse:
    """How far it is; the page asks again by itself where scripts run, and says to do so where not."""
    found = services.export_of(actor=actor_of(request), export_id=export_id)
    minutes = (clock.now() - found.asked_at) // timedelta(minutes=1)
    context = frame(request, found.box.value) | {
        "export": found,
        "is_waiting": found.state is ExportState.WAITING,
        "since": hours(minutes) if minutes > 0 else gettext("chưa đến một phút"),
        "is_open": found.state in (ExportState.WAITING, ExportState.RUNNING),
        "is_done": found.state is ExportState.DONE,
        "is_stopped": found.state is ExportState.STOPPED,
        "is_cleared": found.state is ExportState.CLEARED,
        "kept_days": settings.EXPORTS_KEPT_DAYS,
        "box_name": gettext(labels.BOX[found.box]),
        "title": found.name or gettext(labels.BOX[found.box]),
        "list_href": lists.list_href(found.box, ""),
    }
    return render(request, "desk/export.html", context)


@access("officer")
@require_POST
def again(request: HttpRequest, export_id: int) -> HttpResponse:
    """Have a list of which there is no file made anew, with the same lines and columns."""
    services.export_again(actor=actor_of(request), at=clock.now(), export_id=export_id)
    return redirect("desk:export", export_id)


@access("officer")
@require_POST
def stop(request: HttpRequest, export_id: int) -> HttpResponse:
    """Have a list that waits or is being written not written after all."""
    services.stop_export(actor=actor_of(request), at=clock.now(), export_id=export_id)
    return redirect("desk:export", export_id)


@access("officer")
@require_safe
def export_file(request: HttpRequest, export_id: int) -> HttpResponseBase:
    file_id = services.fetch_export(actor=actor_of(request), at=clock.now(), export_id=export_id)
    return stored_file(file_id) if file_id else HttpResponseRedirect("../")
