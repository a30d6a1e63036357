"""The two pages that are asked most: the public tracking page and an officer's worklist."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.test import Client
from django.utils import timezone
from tools.bench.load import Page

from motcua.accounts.models import Account
from motcua.accounts.queries import actor_of
from motcua.accounts.services.sessions import SEEN_AT
from motcua.desk.lists import SLUGS
from motcua.dossiers import queries
from motcua.dossiers.enums import Box
from motcua.dossiers.models import Dossier, DossierTask
from motcua.kernel.actors import Actor

TRACKED, PAGES_DEEP = 2000, 20
_BOXES = (Box.MINE, Box.UNIT, Box.APPROVALS, Box.RETURNS, Box.WAITING)


def tracking_pages() -> list[Page]:
    """Tracking pages of dossiers from all over the table."""
    codes = list(
        Dossier.objects.filter(code__isnull=False)
        .order_by("last_hash")
        .values_list("code", flat=True)[:TRACKED]
    )
    return [Page(f"/tra-cuu/{code}/", proof=str(code).encode()) for code in codes]


def worklist_pages() -> list[Page]:
    """First and later pages of every box that holds something, of the officers of the busiest agency."""
    busiest: Any = (
        DossierTask.objects.values("dossier__agency_id").annotate(open=Count("key")).order_by("-open").first()
    )
    agency_id = int(busiest["dossier__agency_id"]) if busiest else 0
    officers = Account.objects.filter(positions__unit__agency_id=agency_id, must_change_password=False)
    pages: list[Page] = []
    for account in officers.distinct().order_by("id"):
        cookie = _cookie(account)
        for box in _BOXES:
            pages += _of_box(actor_of(account), box, cookie)
    return pages


def _of_box(actor: Actor, box: Box, cookie: str) -> list[Page]:
    pages: list[Page] = []
    after: str | None = None
    for _ in range(PAGES_DEEP):
        found = queries.worklist(actor, box, at=timezone.now(), after=after, limit=30)
        if not found.items:
            break
        query = f"?sau={after}" if after else ""
        proof = found.items[0].reference.encode()
        pages.append(Page(f"/noi-bo/{SLUGS[box]}/{query}", cookie, proof))
        after = found.next_cursor
        if after is None:
            break
    return pages


def _cookie(account: Account) -> str:
    client = Client()
    client.force_login(account, backend="motcua.accounts.services.backends.EntryBackend")
    session = client.session
    session[SEEN_AT] = int(timezone.now().timestamp())
    session.save()
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
