"""Who has a dossier open now. Short-lived and kept apart from all that counts: nothing is decided by it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from motcua.dossiers import policy, queries
from motcua.dossiers.models import Look
from motcua.dossiers.queries import Looker, Looking
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden
from motcua.worktime.rules import local

HEARD_EVERY = timedelta(seconds=20)  # a page that is open lets us know so often
FORGOTTEN_AFTER = timedelta(minutes=1)

# Written by hand because every page of a dossier runs it: one statement instead of three.
_LOOK = """
WITH gone AS (
  DELETE FROM dossiers_look WHERE account_id = %(account)s AND seen_at <= %(forgotten)s
), live AS (
  SELECT account_id, min(since) AS since FROM dossiers_look
  WHERE dossier_id = %(dossier)s AND seen_at > %(forgotten)s GROUP BY account_id
), page AS (
  INSERT INTO dossiers_look (id, dossier_id, account_id, since, seen_at)
  SELECT %(page)s, %(dossier)s, %(account)s,
    coalesce((SELECT since FROM live WHERE account_id = %(account)s), %(at)s), %(at)s
)
SELECT account.full_name, live.since FROM live JOIN accounts_account account ON account.id = live.account_id
WHERE live.account_id <> %(account)s ORDER BY live.since, live.account_id"""


def look(*, actor: Actor, at: datetime, dossier_id: str) -> Looking:
    """Note that an officer, who may read the dossier, has opened a page of it just now; who else has.

    Whoever goes from one page of the dossier to another has been looking since the first. What is left of
    the officer's own pages goes away with it, so that the table stays as small as the offices are.
    """
    page = uuid4()
    values: dict[str, Any] = {"page": page, "dossier": UUID(dossier_id), "account": int(actor.id), "at": at}
    with connection.cursor() as cursor:
        cursor.execute(_LOOK, values | {"forgotten": at - FORGOTTEN_AFTER})
        others = [Looker(name, local(since)) for name, since in cursor.fetchall()]
    return Looking(str(page), tuple(others))


def go_on_looking(*, actor: Actor, at: datetime, dossier_id: str, page: str) -> Looking:
    """The page is still open: note it, and answer who else is looking. Raises NotFound, Forbidden.

    The right is asked as for the dossier itself, each time: posts end, and dossiers pass on.
    """
    state = queries.state_of(dossier_id)
    if not actor.is_officer or not policy.may_read(actor, policy.footing_of(actor, at), state):
        raise Forbidden()
    _hear(actor, at, UUID(dossier_id), UUID(page))
    return Looking(page, _others(_live(dossier_id, at), actor))


def leave(*, actor: Actor, page: str) -> None:
    """The page was closed. One's own only; nothing happens if it was forgotten already."""
    Look.objects.filter(pk=UUID(page), account_id=int(actor.id)).delete()


def _hear(actor: Actor, at: datetime, dossier_id: UUID, page: UUID) -> None:
    """A page that was forgotten while its computer slept is a new one; another's page stays what it is."""
    row, is_new = Look.objects.get_or_create(
        pk=page,
        defaults={"dossier_id": dossier_id, "account_id": int(actor.id), "since": at, "seen_at": at},
    )
    if is_new:
        return
    own = Look.objects.filter(pk=page, dossier_id=dossier_id, account_id=int(actor.id))
    own.update(seen_at=at, since=at if at - row.seen_at >= FORGOTTEN_AFTER else row.since)


def _live(dossier_id: str, at: datetime) -> list[Look]:
    rows = Look.objects.filter(dossier_id=UUID(dossier_id), seen_at__gt=at - FORGOTTEN_AFTER)
    return list(rows.select_related("account").only("since", "seen_at", "account__full_name", "dossier_id"))


def _others(rows: list[Look], actor: Actor) -> tuple[Looker, ...]:
    """Each other officer once, since the earliest of their pages, in that order."""
    since: dict[str, Looker] = {}
    for row in sorted(rows, key=lambda row: row.since):
        if str(row.account_id) != actor.id:
            since.setdefault(str(row.account_id), Looker(row.account.full_name, local(row.since)))
    return tuple(since.values())
