"""Lists of work, the latest first."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from motcua.agencies.enums import Role
from motcua.desk import clock
from motcua.desk.frame import BOX_OF_SLUG, SLUGS, frame
from motcua.desk.lines import lines_of
from motcua.desk.officers import Seat, actor_of, seat_of
from motcua.dossiers import labels, queries
from motcua.dossiers.enums import Box
from motcua.theme.access import access

PAGE = 30


@access("officer")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The list an officer starts the day with: for leaders what waits for their decision."""
    seat = seat_of(request)
    if not seat.posts:
        return render(request, "desk/no_post.html", frame(request, ""))
    return redirect("desk:worklist", SLUGS[_first_box(seat)])


def _first_box(seat: Seat) -> Box:
    if Role.APPROVER in seat.roles:
        return Box.APPROVALS
    return Box.MINE if seat.roles == {Role.CASE_OFFICER} else Box.UNIT


@access("officer")
@require_safe
def worklist(request: HttpRequest, slug: str) -> HttpResponse:
    """One box, thirty lines at a time."""
    box = BOX_OF_SLUG.get(slug)
    if box is None:
        raise Http404
    now = clock.now()
    after = request.GET.get("sau") or None
    page = queries.worklist(actor_of(request), box, after=after, limit=PAGE, at=now)
    context = frame(request, box.value) | {
        "has_tasks": box not in (Box.WAITING, Box.DONE),
        "title": gettext(labels.BOX[box]),
        "lines": lines_of(page.items, seat_of(request), now),
        "next": f"?sau={page.next_cursor}" if page.next_cursor else "",
        "is_first": after is None,
    }
    return render(request, "desk/worklist.html", context)
