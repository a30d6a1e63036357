"""The page of one dossier, its papers and its slips."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.desk import clock
from motcua.desk.dossier_page import page_of
from motcua.desk.frame import frame
from motcua.desk.officers import actor_of
from motcua.dossiers import services
from motcua.dossiers.services import reading
from motcua.theme.access import access
from motcua.theme.downloads import stored_file


@access("officer")
@require_safe
def dossier(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    now = clock.now()
    view = reading.open_dossier(actor=actor_of(request), at=now, dossier_id=str(dossier_id), why="Mở hồ sơ")
    return render(request, "desk/dossier.html", frame(request, "") | {"page": page_of(view, now)})


@access("officer")
@require_safe
def paper(request: HttpRequest, dossier_id: UUID, file_id: UUID) -> HttpResponseBase:
    """A file of the dossier, only through the right to read the dossier; `?xem=1` shows it in the browser."""
    allowed = reading.file_of(
        actor=actor_of(request), at=clock.now(), dossier_id=str(dossier_id), file_id=str(file_id)
    )
    return stored_file(allowed, inline=request.GET.get("xem") == "1")


@access("officer")
@require_safe
def slip(request: HttpRequest, dossier_id: UUID, event: int) -> HttpResponseBase:
    """A slip as PDF, to look at and print."""
    file_id = services.slip_file(
        actor=actor_of(request), at=clock.now(), dossier_id=str(dossier_id), event=event
    )
    return stored_file(file_id, inline=True)
