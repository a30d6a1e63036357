"""Services of notify: post a message, deliver what waits, mark as read, choose, send again,
give public notices, stop as planned."""

from motcua.notify.rules.messages import Recipient
from motcua.notify.services.again import send_again
from motcua.notify.services.choices import choose_topics
from motcua.notify.services.delivery import Delivered, deliver_next
from motcua.notify.services.jobs import forget_failures, keep_failure, retry_job
from motcua.notify.services.noticing import end_notice, give_notice
from motcua.notify.services.posting import Statement, post, statement
from motcua.notify.services.reading import mark_all_read, mark_read, read_statement
from motcua.notify.services.smtp import SmtpTransport
from motcua.notify.services.stopping import StopEntry, begin_stop, check_stop, end_stop, stop_of_notice
from motcua.notify.services.wording import reword_letter, write_words

__all__ = [
    "Delivered",
    "Recipient",
    "SmtpTransport",
    "Statement",
    "StopEntry",
    "begin_stop",
    "check_stop",
    "choose_topics",
    "deliver_next",
    "end_notice",
    "end_stop",
    "forget_failures",
    "give_notice",
    "keep_failure",
    "mark_all_read",
    "mark_read",
    "post",
    "read_statement",
    "retry_job",
    "reword_letter",
    "send_again",
    "statement",
    "stop_of_notice",
    "write_words",
]
