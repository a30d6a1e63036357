"""The outbox as operators, cases and the dossier's history see it: who was told what, and whether it went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from motcua.notify.enums import Channel, Delivery
from motcua.notify.models import OutboxMessage
from motcua.notify.queries.rewordings import letter_at
from motcua.notify.queries.wording import Wording, wording
from motcua.notify.queries.words import words_at
from motcua.notify.rules import messages
from motcua.notify.rules.letters import Words
from motcua.notify.rules.messages import MessageKind
from motcua.notify.rules.rewording import OURS, LetterText

_DOTS = "••••••"
COUNT_UP_TO = 1000  # a page shows "999+": nobody needs the exact number, and it must stay cheap


@dataclass(frozen=True, slots=True)
class OutboxLine:
    """One message without its address. `subject` is Vietnamese, whatever its reader's language; in a
    list it is that of our own letter, however the province words it."""

    id: int
    key: str
    channel: str
    account_id: int | None
    recipient_name: str
    about: str
    state: str
    attempts: int
    permanent: bool
    last_error: str
    posted_at: datetime
    settled_at: datetime | None
    subject: str
    read_at: datetime | None = None  # of an in-app message
    next_try_at: datetime | None = None  # of one that waits

    @property
    def may_be_sent_now(self) -> bool:
        """Whether it waits for its next try, after one that failed."""
        return self.state == Delivery.WAITING and self.attempts > 0

    @property
    def may_be_sent_again(self) -> bool:
        return self.state == Delivery.FAILED and not messages.kind(self.key).is_secret


@dataclass(frozen=True, slots=True)
class OutboxText:
    """One message with its text, as its recipient reads it; a code is shown to nobody else."""

    line: OutboxLine
    body: str


def outbox(
    *,
    about: str | None = None,
    state: str | None = None,
    key: str | None = None,
    before: int | None = None,
    limit: int = 100,
) -> tuple[OutboxLine, ...]:
    """The newest messages first, narrowed by what is given; `before` is the id of the last line seen."""
    rows = OutboxMessage.objects.order_by("-id")
    wanted = {"about": about, "state": state, "key": key, "id__lt": before}
    rows = rows.filter(**{field: value for field, value in wanted.items() if value is not None})
    return tuple(_line(row) for row in rows[:limit])


def outbox_message(message_id: int) -> OutboxText | None:
    """One message with its text; None if there is none."""
    row = OutboxMessage.objects.filter(pk=message_id).first()
    if row is None:
        return None
    text = _words(row, words_at(row.posted_at), letter_at(row.key, row.posted_at))
    return OutboxText(replace(_line(row), subject=text.subject), text.body)


def outbox_counts() -> dict[Delivery, int]:
    """How many messages wait and how many failed, counted up to `COUNT_UP_TO`.

    What was sent is not counted: it is nearly the whole table.
    """
    return {
        state: OutboxMessage.objects.filter(state=state).order_by()[:COUNT_UP_TO].count()
        for state in (Delivery.WAITING, Delivery.FAILED)
    }


def outbox_stuck(at: datetime) -> int:
    """How many e-mails wait for a try that is still to come, counted up to `COUNT_UP_TO`."""
    rows = OutboxMessage.objects.filter(state=Delivery.WAITING, next_try_at__gt=at)
    return rows.order_by()[:COUNT_UP_TO].count()


def _line(row: OutboxMessage) -> OutboxLine:
    return OutboxLine(
        id=row.pk,
        key=row.key,
        channel=row.channel,
        account_id=row.account_id,
        recipient_name=row.recipient_name,
        about=row.about,
        state=row.state,
        attempts=row.attempts,
        permanent=row.permanent,
        last_error=row.last_error,
        posted_at=row.posted_at,
        settled_at=row.settled_at,
        subject=_words(row).subject,
        read_at=row.read_at,
        next_try_at=row.next_try_at if row.state == Delivery.WAITING else None,
    )


def _words(row: OutboxMessage, around: Words | None = None, own: LetterText = OURS) -> Wording:
    """The text; where it carries a code, also in its subject, dots stand for what only its reader may see."""
    kind = messages.kind(row.key)
    context = _blanked(row.context, kind) if kind.is_secret else row.context
    by_mail = row.channel == Channel.EMAIL
    return wording(
        row.key, context, recipient=row.recipient_name, by_mail=by_mail, words=around or Words(), own=own
    )


def _blanked(context: Mapping[str, str], kind: MessageKind) -> dict[str, str]:
    """The same sentences with dots in the place of the code, also once it has been wiped. How long a code is
    good for is no secret."""
    hidden = dict.fromkeys((*context, "code"), _DOTS)
    if kind.good_for is not None:
        hidden["minutes"] = str(int(kind.good_for.total_seconds() // 60))
    return hidden
