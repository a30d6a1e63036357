"""The inbox of an account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from motcua.accounts.enums import Language
from motcua.kernel.errors import NotFound
from motcua.notify.enums import Channel
from motcua.notify.models import OutboxMessage
from motcua.notify.queries.wording import wording
from motcua.notify.queries.words import words_at
from motcua.notify.rules.letters import Words


@dataclass(frozen=True, slots=True)
class InboxMessage:
    """One message as its reader sees it; `about` is the dossier's id, or empty."""

    id: int
    key: str
    subject: str
    body: str
    about: str
    posted_at: datetime
    read_at: datetime | None

    @property
    def is_read(self) -> bool:
        return self.read_at is not None


def inbox(
    account_id: int | str, *, language: str = Language.VIETNAMESE, before: int | None = None, limit: int = 20
) -> tuple[InboxMessage, ...]:
    """The newest messages of an account; `before` is the id of the last one of the page above."""
    rows = _rows(account_id).order_by("-id")
    if before is not None:
        rows = rows.filter(id__lt=before)
    return tuple(_message(row, language) for row in rows[:limit])


def inbox_message(
    account_id: int | str, message_id: int, *, language: str = Language.VIETNAMESE
) -> InboxMessage:
    """One message of this account. Raises NotFound, also for somebody else's."""
    row = _rows(account_id).filter(pk=message_id).first()
    if row is None:
        raise NotFound
    return _message(row, language, words_at(row.posted_at))


def _rows(account_id: int | str) -> QuerySet[OutboxMessage]:
    return OutboxMessage.objects.filter(channel=Channel.IN_APP, account_id=account_id)


def _message(row: OutboxMessage, language: str, words: Words | None = None) -> InboxMessage:
    """A list shows subjects only, so it does without the province's words around the text."""
    text = wording(
        row.key, row.context, recipient=row.recipient_name, language=language, words=words or Words()
    )
    return InboxMessage(row.pk, row.key, text.subject, text.body, row.about, row.posted_at, row.read_at)
