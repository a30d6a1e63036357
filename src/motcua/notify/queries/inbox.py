"""The inbox of an account: of somebody on the portal, or of an officer at the desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.db.models import QuerySet

from motcua.accounts.enums import Language
from motcua.kernel.errors import NotFound
from motcua.kernel.numbers import read_number
from motcua.notify.enums import Channel
from motcua.notify.models import OutboxMessage
from motcua.notify.queries.rewordings import letter_at
from motcua.notify.queries.wording import Wording, wording
from motcua.notify.queries.words import words_at
from motcua.notify.rules import messages
from motcua.notify.rules.letters import Words
from motcua.notify.rules.rewording import OURS, LetterText

_BESIDE = ("procedure", "code")  # of what a letter says, what its reader is shown beside it
UNREAD_UP_TO = 100  # the head of a page shows "99+"


@dataclass(frozen=True, slots=True)
class InboxMessage:
    """One message as its reader sees it; `about` is the dossier's id, or empty, and `leads_to` the page of
    the system where its matter stands (a path), or empty.

    `procedure` and `code` are those of its dossier, empty where it is about none; `headline` and `said` are
    subject and opening without both, for whoever is shown them beside.
    """

    id: int
    key: str
    subject: str
    body: str
    about: str
    posted_at: datetime
    read_at: datetime | None
    leads_to: str = ""
    procedure: str = ""
    code: str = ""
    headline: str = ""
    said: str = ""

    @property
    def of_dossier(self) -> bool:
        """Whether `about` is the id of a dossier: what is told but once is about other matters, too."""
        return bool(self.about) and messages.kind(self.key).group == "dossier"

    @property
    def is_read(self) -> bool:
        return self.read_at is not None

    @property
    def opening(self) -> str:
        return opening_of(self.body)


def opening_of(body: str) -> str:
    """The first paragraph of a text on one line, with the next one where it leads up to that; a letter is
    opened by what follows its salutation."""
    first, *more = body.split("\n\n")
    if first.endswith(",") and more:
        first, *more = more
    shown = [first, *more[:1]] if first.endswith(":") else [first]
    return " ".join(" ".join(shown).split())


def inbox(
    account_id: int | str, *, language: str = Language.VIETNAMESE, before: int | None = None, limit: int = 20
) -> tuple[InboxMessage, ...]:
    """The newest messages of an account; `before` is the id of the last one of the page above."""
    rows = _rows(account_id).order_by("-id")
    if before is not None:
        rows = rows.filter(id__lt=before)
    return tuple(_message(row, language) for row in rows[:limit])


@dataclass(frozen=True, slots=True)
class InboxPage:
    """One page of an inbox that begins with what is unread; `after` is the cursor of the next, or empty.

    `newest` is the newest message that was unread when the page was made, on whichever page it stands; 0 if
    there is nothing unread on this one.
    """

    messages: tuple[InboxMessage, ...]
    after: str
    newest: int


def inbox_by_unread(
    account_id: int | str, *, language: str = Language.VIETNAMESE, after: str = "", limit: int = 20
) -> InboxPage:
    """What is unread first, then what was read, the newest first in both; `after` is the cursor of the page
    above. A cursor that cannot be read gives the first page. Three queries at most.
    """
    is_read, before = _place_of(after)
    found: list[OutboxMessage] = []
    for part in (False, True):
        if part < is_read or len(found) > limit:
            continue
        rows = _rows(account_id).filter(read_at__isnull=not part).order_by("-id")
        if part is is_read and before is not None:
            rows = rows.filter(id__lt=before)
        found += rows[: limit + 1 - len(found)]
    shown = found[:limit]
    cursor = _cursor(shown[-1]) if len(found) > limit else ""
    newest = shown[0].pk if shown and shown[0].read_at is None else 0
    if newest and before is not None:  # newer ones stand on the pages above
        newest = unread(account_id).order_by("-id").values_list("id", flat=True).first() or newest
    return InboxPage(tuple(_message(row, language) for row in shown), cursor, newest)


def unread(account_id: int | str) -> QuerySet[OutboxMessage]:
    """What the account has not read, for whoever asks to count up to `UNREAD_UP_TO` in a query of theirs."""
    return _rows(account_id).filter(read_at__isnull=True)


def _cursor(row: OutboxMessage) -> str:
    return f"{'r' if row.read_at else 'u'}{row.pk}"


def _place_of(cursor: str) -> tuple[bool, int | None]:
    """Whether the page above ended among what was read, and with which message."""
    part, number = cursor[:1], read_number(cursor[1:])
    if part not in ("r", "u") or number is None:
        return False, None
    return part == "r", number


def inbox_message(
    account_id: int | str, message_id: int, *, language: str = Language.VIETNAMESE
) -> InboxMessage:
    """One message of this account. Raises NotFound, also for somebody else's."""
    row = _rows(account_id).filter(pk=message_id).first()
    if row is None:
        raise NotFound
    return _message(row, language, words_at(row.posted_at), letter_at(row.key, row.posted_at))


def _rows(account_id: int | str) -> QuerySet[OutboxMessage]:
    return OutboxMessage.objects.filter(channel=Channel.IN_APP, account_id=account_id)


def _message(
    row: OutboxMessage, language: str, words: Words | None = None, own: LetterText = OURS
) -> InboxMessage:
    """A list shows what kind of letter it is, so it does without the province's words; so does the headline
    of a page, which is short because code and procedure stand beside it."""

    def worded(context: Mapping[str, str], words: Words, own: LetterText = OURS) -> Wording:
        return wording(
            row.key, context, recipient=row.recipient_name, language=language, words=words, own=own
        )

    text = short = worded(row.context, words or Words(), own)
    is_of_dossier = messages.kind(row.key).group == "dossier"
    if is_of_dossier:
        short = worded({name: each for name, each in row.context.items() if name not in _BESIDE}, Words())
    return InboxMessage(
        row.pk,
        row.key,
        text.subject,
        text.body,
        row.about,
        row.posted_at,
        row.read_at,
        _page(row.context),
        procedure=row.context.get("procedure", "") if is_of_dossier else "",
        code=row.context.get("code", "") if is_of_dossier else "",
        headline=short.subject,
        said=opening_of(short.body),
    )


def _page(context: Mapping[str, str]) -> str:
    """The path of the link that the letter bears: addresses of the system may have changed since."""
    parts = urlsplit(context.get("link", ""))
    is_ours = parts.path.startswith("/") and not parts.path.startswith("//")
    return parts.path + (f"?{parts.query}" if parts.query else "") if is_ours else ""
