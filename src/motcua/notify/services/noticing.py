"""Public notices: give one, end it early."""

from __future__ import annotations

from datetime import datetime

from motcua.kernel.actors import Actor
from motcua.kernel.errors import NotFound
from motcua.notify.enums import NoticeKind
from motcua.notify.errors import NoticeNeverShown, NoticeSaysNothing, NoticeTooLong
from motcua.notify.models import PublicNotice

TITLE, BODY = 200, 2000


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

    Raises NoticeSaysNothing, NoticeTooLong, NoticeNeverShown.

    Basis: DL24-5.4, KT22-4.2#1 (notices are public; who gave what and when is kept).
    """
    texts = [text.strip() for text in (title, body, title_english, body_english)]
    if not texts[0] or not texts[1]:
        raise NoticeSaysNothing
    if any(len(text) > most for text, most in zip(texts, (TITLE, BODY, TITLE, BODY), strict=True)):
        raise NoticeTooLong
    if shown_to <= max(shown_from, at):
        raise NoticeNeverShown
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
    return row.pk


def end_notice(*, at: datetime, notice_id: int) -> None:
    """Show a notice no longer. Raises NotFound, also for one that is over."""
    running = PublicNotice.objects.filter(pk=notice_id, shown_to__gt=at)
    if running.filter(shown_from__gt=at).update(shown_from=at, shown_to=at):
        return
    if not running.update(shown_to=at):
        raise NotFound
