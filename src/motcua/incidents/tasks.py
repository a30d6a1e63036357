"""What workers watch: terms for recovery that run out."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.incidents import services


@app.periodic(cron="* * * * *", periodic_id="watch_incidents")
@app.task(name="incidents.watch", queueing_lock="incidents.watch")
def watch(timestamp: int) -> int:
    """Every minute: record the incidents that were not mended in time; answers how many."""
    return services.note_breaches(at=timezone.now())
