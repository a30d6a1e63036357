"""The page of one dossier, its papers and its slips."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.desk import clock, lists
from motcua.desk.dossier_page import page_of
from motcua.desk.frame import frame
from motcua.desk.officers import actor_of
from motcua.documents import queries as documents
from motcua.documents.rules.headers import safe_headers
from motcua.dossiers import services
from motcua.dossiers.services import reading
from motcua.theme.access import access


@access("officer")
@require_safe
def dossier(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    now = clock.now()
    view = reading.open_dossier(actor=actor_of(request), at=now, dossier_id=str(dossier_id), why="Mở hồ sơ")
    place = lists.place_of(request, view.id)
    context = frame(request, place.box.value if place else "") | {"page": page_of(view, now), "place": place}
    return render(request, "desk/dossier.html", context)


@access("officer")
@require_safe
def paper(request: HttpRequest, dossier_id: UUID, file_id: UUID) -> HttpResponseBase:
    """A file of the dossier, only through the right to read the dossier; `?xem=1` shows it in the browser."""
    allowed = reading.file_of(
        actor=actor_of(request), at=clock.now(), dossier_id=str(dossier_id), file_id=str(file_id)
    )
    return _answer(allowed, inline=request.GET.get("xem") == "1")


@access("officer")
@require_safe
def slip(request: HttpRequest, dossier_id: UUID, event: int) -> HttpResponseBase:
    """A slip as PDF, to look at and print."""
    file_id = services.slip_file(
        actor=actor_of(request), at=clock.now(), dossier_id=str(dossier_id), event=event
    )
    return _answer(file_id, inline=True)


def _answer(file_id: str, *, inline: bool) -> HttpResponseBase:
    card = documents.card(file_id)
    response = FileResponse(documents.open_content(file_id))
    headers = safe_headers(name=card.name, media_type=card.media_type, size=card.size, inline=inline)
    for name, value in headers.items():
        response[name] = value
    return response
