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
    outbox_stuck,
)
from motcua.notify.queries.reach import Reached, reached
from motcua.notify.queries.rewordings import (
    WrittenLetter,
    checked_letter,
    letter_at,
    letter_history,
    reworded_kind,
    reworded_letters,
)
from motcua.notify.queries.stock import TemplateCard, sample_of, stock, title_of
from motcua.notify.queries.told import last_told, told_about, told_since
from motcua.notify.queries.wording import Wording, letter_to_start_from, wording
from motcua.notify.queries.words import WrittenWords, words_at, words_at_each, words_history
from motcua.notify.rules.letters import Words
from motcua.notify.rules.rewording import LetterText

__all__ = [
    "COUNT_UP_TO",
    "UNREAD_UP_TO",
    "InboxMessage",
    "InboxPage",
    "Job",
    "LetterText",
    "Notice",
    "OutboxLine",
    "OutboxText",
    "Pulse",
    "Reached",
    "TemplateCard",
    "Wording",
    "Words",
    "WrittenLetter",
    "WrittenWords",
    "all_notices",
    "checked_letter",
    "inbox",
    "inbox_by_unread",
    "inbox_message",
    "job_counts",
    "jobs",
    "last_told",
    "letter_at",
    "letter_history",
    "letter_to_start_from",
    "mail_answers",
    "notices",
    "outbox",
    "outbox_counts",
    "outbox_message",
    "outbox_stuck",
    "pulse",
    "reached",
    "reworded_kind",
    "reworded_letters",
    "sample_of",
    "shown_notices",
    "stock",
    "title_of",
    "told_about",
    "told_since",
    "unread",
    "wanted_topics",
    "wording",
    "words_at",
    "words_at_each",
    "words_history",
]
