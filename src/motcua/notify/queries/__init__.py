"""Reading messages: a person's inbox, and the outbox as operators see it."""

from motcua.notify.queries.choices import wanted_topics
from motcua.notify.queries.health import Pulse, mail_answers, pulse
from motcua.notify.queries.inbox import (
    UNREAD_UP_TO,
    InboxMessage,
    InboxPage,
    inbox,
    inbox_by_unread,
    inbox_message,
    unread,
)
from motcua.notify.queries.jobs import Job, job_counts, jobs
from motcua.notify.queries.noticing import Notice, all_notices, notices, shown_notices
from motcua.notify.queries.outbox import (
    COUNT_UP_TO,
    OutboxLine,
    OutboxText,
    outbox,
    outbox_counts,
    outbox_message,
)
from motcua.notify.queries.reach import Reached, reached
from motcua.notify.queries.stock import TemplateCard, sample_of, stock
from motcua.notify.queries.told import told_about, told_since
from motcua.notify.queries.wording import Wording, wording
from motcua.notify.queries.words import WrittenWords, words_at, words_history
from motcua.notify.rules.letters import Words

__all__ = [
    "COUNT_UP_TO",
    "UNREAD_UP_TO",
    "InboxMessage",
    "InboxPage",
    "Job",
    "Notice",
    "OutboxLine",
    "OutboxText",
    "Pulse",
    "Reached",
    "TemplateCard",
    "Wording",
    "Words",
    "WrittenWords",
    "all_notices",
    "inbox",
    "inbox_by_unread",
    "inbox_message",
    "job_counts",
    "jobs",
    "mail_answers",
    "notices",
    "outbox",
    "outbox_counts",
    "outbox_message",
    "pulse",
    "reached",
    "sample_of",
    "shown_notices",
    "stock",
    "told_about",
    "told_since",
    "unread",
    "wanted_topics",
    "wording",
    "words_at",
    "words_history",
]
