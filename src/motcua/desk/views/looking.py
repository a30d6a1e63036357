"""What an open page of a dossier asks by itself: who else has it open."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from motcua.desk import clock
from motcua.desk.officers import actor_of
from motcua.dossiers import services
from motcua.theme.access import access


@access("officer", quietly=True)
@require_POST
def looking(request: HttpRequest, dossier_id: UUID, page: UUID) -> HttpResponse:
    """The page is open still; who else is looking, or 204 while it says so already.

    A part of a page that is not put in anew is not read out anew either.
    """
    found = services.go_on_looking(
        actor=actor_of(request), at=clock.now(), dossier_id=str(dossier_id), page=str(page)
    )
    if request.POST.get("shown") == found.mark:
        return HttpResponse(status=204)
    return render(request, "desk/parts/lookers.html", {"looking": found})


@access("officer", quietly=True)
@require_POST
def leave(request: HttpRequest, page: UUID) -> HttpResponse:
    """The page was closed."""
    services.leave(actor=actor_of(request), page=str(page))
    return HttpResponse(status=204)
