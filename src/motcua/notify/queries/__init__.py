"""Reading messages: a person's inbox, and the outbox as operators see it."""

from motcua.notify.queries.inbox import InboxMessage, inbox, inbox_message, unread_count
from motcua.notify.queries.noticing import Notice, all_notices, notices
from motcua.notify.queries.outbox import OutboxLine, outbox, outbox_counts
from motcua.notify.queries.wording import Wording, wording

__all__ = [
    "InboxMessage",
    "Notice",
    "OutboxLine",
    "Wording",
    "all_notices",
    "inbox",
    "inbox_message",
    "notices",
    "outbox",
    "outbox_counts",
    "unread_count",
    "wording",
]
