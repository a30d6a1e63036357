"""What the worker does for the catalogue."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.catalogue.services import reminding


@app.periodic(cron="25 * * * *", periodic_id="remind_of_duties")
@app.task(name="catalogue.remind_of_duties", queueing_lock="catalogue.remind_of_duties")
def remind_of_duties(timestamp: int) -> int:
    """Every hour: remind of duties after decisions and of roadmaps that were not sent; answers how many."""
    return reminding.remind(at=timezone.now())
