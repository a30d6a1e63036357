"""What the worker does for the store."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.documents import services


@app.periodic(cron="23 2 * * *", periodic_id="sweep")
@app.task(name="documents.sweep", queueing_lock="documents.sweep")
def sweep(timestamp: int) -> int:
    """Every night: delete bytes that no row speaks of; answers how many."""
    return services.sweep(at=timezone.now())
