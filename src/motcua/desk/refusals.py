"""Refusals at the desk: an officer whose page is closed to them, or missing, stays at the desk."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.agencies import queries as agencies
from motcua.desk import clock
from motcua.desk.frame import frame
from motcua.desk.officers import seat_of
from motcua.kernel.errors import Forbidden, NotFound
from motcua.theme.access import left_of_form
from motcua.theme.context import DESK
from motcua.theme.refusals import sentence

GOVERNING = f"{DESK}quan-tri/"  # pages on which nobody looks for a dossier
GetResponse = Callable[[HttpRequest], HttpResponse]


class DeskRefusals:
    """A page that an officer may not open, or that is not there, is answered in the frame of the desk."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Forbidden):
            return refused(request, 403, sentence(exception), exception.clauses)
        if isinstance(exception, NotFound) and not exception.is_our_fault:
            return refused(request, 404, sentence(exception))
        return None


def refused(
    request: HttpRequest, status: int, said: str = "", clauses: tuple[str, ...] = ()
) -> HttpResponse | None:
    """The page of the refusal for an officer at the desk; None for anybody and anywhere else.

    It says what was refused, by which clauses, and whom of the officer's own agencies to ask.

    Basis: QN20-26.4.
    """
    user = getattr(request, "user", None)  # nobody is known yet where the request itself was unreadable
    if user is None or not request.path_info.startswith(DESK):
        return None
    if not user.is_authenticated or not user.is_officer or user.must_change_password:
        return None
    here = {post.agency_id for post in seat_of(request).posts}
    context = frame(request, "") | {
        "is_missing": status == 404,
        "is_governing": request.path_info.startswith(GOVERNING),
        "sentence": said,
        "clauses": clauses,
        **left_of_form(request, opens_again=False),
        "supporters": agencies.supporters_of(here, clock.now().date(), but=user.pk) if here else (),
    }
    return render(request, "desk/refused.html", context, status=status)
