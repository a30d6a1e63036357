"""By what right a citizen is shown again a page that answered a form (`theme.answered_pages`)."""

from __future__ import annotations

from django.http import HttpRequest

from motcua.accounts.queries import acting
from motcua.dossiers import services
from motcua.portal import who


def seal(request: HttpRequest) -> str:
    """For whom this account may act on this day, and how, a line each."""
    grants = acting.grants_of(who.card(request).id, who.now().date())
    return "\n".join(sorted({f"{grant.key} {grant.may_act} {grant.role}" for grant in grants}))


def still(request: HttpRequest, drawn_by: str) -> bool:
    """A page of a dossier as long as the dossier may be seen; any other as long as the account may do for
    others all that it might then. Raises Forbidden, NotFound.

    Basis: KT22-1.2.c, PT24-8.2.
    """
    match = request.resolver_match
    dossier_id = match.kwargs.get("dossier_id") if match is not None else None
    if dossier_id is None:
        return set(drawn_by.splitlines()) <= set(seal(request).splitlines())
    return services.still_reads(
        actor=who.actor(request), at=who.now(), dossier_id=dossier_id, why="Xem lại trang vừa gửi của hồ sơ"
    )
