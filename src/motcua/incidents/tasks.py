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


@app.periodic(cron="*/15 * * * *", periodic_id="urge_incidents")
@app.task(name="incidents.urge", queueing_lock="incidents.urge")
def urge(timestamp: int) -> int:
    """Every quarter of an hour: ask after outages that nobody has ended, once a day each; how many."""
    return services.urge(at=timezone.now())
