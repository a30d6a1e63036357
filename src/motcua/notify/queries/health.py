"""Are the workers alive, does the mail server answer, does the outbox flow?"""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Max, Min, Q
from procrastinate.contrib.django.models import ProcrastinateWorker

from motcua.notify.enums import Delivery
from motcua.notify.models import OutboxMessage
from motcua.notify.rules import messages

PATIENCE = 2.0  # seconds for each answer of the mail server


@dataclass(frozen=True, slots=True)
class Pulse:
    """`oldest_waiting_at`: since when the longest waiting message should have gone.

    `failed` leaves out `expired`, what came too late to be of use, such as a code: nobody can do anything for
    it, and its reader has long asked for another. The outbox lists both.
    """

    worker_seen_at: datetime | None
    oldest_waiting_at: datetime | None
    failed: int
    expired: int = 0


def pulse() -> Pulse:
    seen = ProcrastinateWorker.objects.aggregate(at=Max("last_heartbeat"))["at"]
    waiting = OutboxMessage.objects.filter(state=Delivery.WAITING).aggregate(at=Min("next_try_at"))["at"]
    of_use = ~Q(last_error=messages.TOO_LATE)
    failed = OutboxMessage.objects.filter(state=Delivery.FAILED).aggregate(
        all=Count("id"), of_use=Count("id", filter=of_use)
    )
    return Pulse(seen, waiting, failed["of_use"], failed["all"] - failed["of_use"])


def mail_answers() -> bool:
    """Whether the mail server greets us and lets us in; one that hangs takes calls and says nothing.

    Network: never call it inside a transaction.
    """
    server = smtplib.SMTP_SSL if settings.EMAIL_USE_SSL else smtplib.SMTP
    try:
        with server(
            settings.EMAIL_HOST,
            settings.EMAIL_PORT,
            local_hostname="localhost",  # our own name would be asked of the name server, for seconds
            timeout=PATIENCE,
        ) as connection:
            if settings.EMAIL_USE_TLS:
                connection.starttls(context=ssl.create_default_context())
            if settings.EMAIL_HOST_USER:
                connection.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
    except (smtplib.SMTPException, OSError):
        return False
    return True
