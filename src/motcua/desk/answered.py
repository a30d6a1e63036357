"""By what right an officer is shown again a page that answered a form (`theme.answered_pages`)."""

from __future__ import annotations

from django.http import HttpRequest

from motcua.desk import clock
from motcua.desk.officers import actor_of, seat_of
from motcua.dossiers import services


def seal(request: HttpRequest) -> str:
    """The posts of the day, a line each, and whether the system is administered."""
    posts = {f"{post.agency_id} {post.unit_id} {post.role} {post.for_id}" for post in seat_of(request).posts}
    if getattr(request.user, "is_admin", False):
        posts.add("administers")
    return "\n".join(sorted(posts))


def still(request: HttpRequest, drawn_by: str) -> bool:
    """A page of a dossier as long as all of it may be read, and that is recorded as a reading; any other, and
    one of a dossier of which only the cover is open, as long as none of the posts has ended.

    Raises Forbidden, NotFound.

    Basis: DL24-3.4, PT24-3.6.
    """
    match = request.resolver_match
    dossier_id = match.kwargs.get("dossier_id") if match is not None else None
    if dossier_id is not None and services.still_reads(
        actor=actor_of(request),
        at=clock.now(),
        dossier_id=str(dossier_id),
        why="Xem lại trang vừa gửi của hồ sơ",
    ):
        return True
    return set(drawn_by.splitlines()) <= set(seal(request).splitlines())
