"""The officer's guide, and who helps when it does not."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from motcua.agencies import queries as agencies
from motcua.desk import clock
from motcua.desk.frame import frame
from motcua.desk.officers import actor_of, seat_of
from motcua.theme.access import access
from motcua.theme.guides import drawn, library

LONGEST = 100  # letters of a question


@access("officer")
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """The whole guide with a search in it, and the administrators of the officer's own agencies.

    Basis: QN20-26.4, DL24-19.3.
    """
    guide, language = library.in_language("cong-chuc", get_language() or "vi")
    asked = request.GET.get("q", "").strip()[:LONGEST]
    here = {post.agency_id for post in seat_of(request).posts}
    context = frame(request, "guide") | {
        "guide": guide,
        "guide_language": language,
        "body": drawn.body("cong-chuc", get_language() or "vi"),
        "asked": asked,
        "found": library.find(guide.sections, asked),
        "supporters": agencies.supporters_of(here, clock.now().date(), but=int(actor_of(request).id))
        if here
        else (),
    }
    return render(request, "desk/guide.html", context)
