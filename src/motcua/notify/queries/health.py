"""Are the workers alive, does the mail server answer, does the outbox flow?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from smtplib import SMTPException

from django.core.mail import get_connection
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
    connection = get_connection(timeout=PATIENCE)
    try:
        connection.open()
    except (SMTPException, OSError):
        return False
    finally:
        connection.close()
    return True
