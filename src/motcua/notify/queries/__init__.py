"""Reading messages: a person's inbox, and the outbox as operators see it."""

from motcua.notify.queries.inbox import InboxMessage, inbox, inbox_message, unread_count
from motcua.notify.queries.outbox import OutboxLine, outbox, outbox_counts
from motcua.notify.queries.wording import Wording, wording

__all__ = [
    "InboxMessage",
    "OutboxLine",
    "Wording",
    "inbox",
    "inbox_message",
    "outbox",
    "outbox_counts",
    "unread_count",
    "wording",
]
