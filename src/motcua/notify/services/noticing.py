"""Public notices: give one, end it early."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from motcua.accounts import policy
from motcua.audit import services as audit
from motcua.kernel.actors import Actor
from motcua.kernel.errors import NotFound
from motcua.kernel.locks import Lock
from motcua.kernel.text import visible
from motcua.law.services import rests_on
from motcua.notify.enums import NoticeKind
from motcua.notify.errors import NoticeGivenAlready, NoticeNeverShown, NoticeSaysNothing, NoticeTooLong
from motcua.notify.models import PublicNotice

TITLE, BODY = 200, 2000


@rests_on()
@transaction.atomic
def give_notice(
    *,
    actor: Actor,
    at: datetime,
    kind: NoticeKind,
    title: str,
    body: str,
    shown_from: datetime,
    shown_to: datetime,
    title_english: str = "",
    body_english: str = "",
) -> int:
    """Tell everybody between two moments; answers the number of the notice.

    Raises Forbidden unless the actor administers the province; NoticeSaysNothing, NoticeTooLong,
    NoticeNeverShown, NoticeGivenAlready.

    Basis: DL24-5.4, KT22-4.2#1 (notices are public; who gave what and when is kept).
    """
    policy.must_administer(actor)
    texts = [visible(text) for text in (title, body, title_english, body_english)]
    if not texts[0] or not texts[1]:
        raise NoticeSaysNothing
    if any(len(text) > most for text, most in zip(texts, (TITLE, BODY, TITLE, BODY), strict=True)):
        raise NoticeTooLong
    if shown_to <= max(shown_from, at):
        raise NoticeNeverShown
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [Lock.NOTICES.value])
    if PublicNotice.objects.filter(title=texts[0], body=texts[1], shown_to__gt=at).exists():
        raise NoticeGivenAlready
    row = PublicNotice.objects.create(
        kind=kind,
        title=texts[0],
        body=texts[1],
        title_english=texts[2],
        body_english=texts[3],
        shown_from=shown_from,
        shown_to=shown_to,
        given_at=at,
        given_by=actor.name,
    )
    _record(actor, "notice_given", row, at)
    return row.pk


@rests_on(give_notice)
@transaction.atomic
def end_notice(*, actor: Actor, at: datetime, notice_id: int) -> None:
    """Show a notice no longer, or not at all if its time had not come.

    Raises Forbidden, and NotFound also for one that is over.
    """
    policy.must_administer(actor)
    row = PublicNotice.objects.select_for_update().filter(pk=notice_id, shown_to__gt=at).first()
    if row is None:
        raise NotFound
    row.shown_from, row.shown_to = min(row.shown_from, at), at
    row.save(update_fields=["shown_from", "shown_to"])
    _record(actor, "notice_ended", row, at)


def _record(actor: Actor, act: str, row: PublicNotice, at: datetime) -> None:
    facts = {
        "name": row.title,
        "kind": str(row.kind),
        "body": row.body,
        "shown_from": row.shown_from.isoformat(),
        "shown_to": row.shown_to.isoformat(),
    }
    audit.record_act(actor=actor, act=act, what=f"notice:{row.pk}", at=at, facts=facts)
