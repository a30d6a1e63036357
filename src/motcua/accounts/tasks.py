"""What workers clear away for accounts."""

from __future__ import annotations

from django.contrib.sessions.models import Session
from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.accounts import services
from motcua.accounts.services import contact_codes, session_store


@app.periodic(cron="41 * * * *", periodic_id="forget_unproved")
@app.task(name="accounts.forget_unproved", queueing_lock="accounts.forget_unproved")
def forget_unproved(timestamp: int) -> int:
    """Every hour: registrations that nobody confirmed, askings for codes of the day before, sessions that are
    over, and what lay in one for an hour only; how many registrations."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    session_store.forget_what_is_over(at=now)
    contact_codes.forget_old(at=now)
    return services.forget_unproved(at=now)
