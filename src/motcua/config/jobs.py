"""The worker of Procrastinate, which outlives an outage of the database."""

from __future__ import annotations

import logging
import time

import psycopg
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException

log = logging.getLogger(__name__)
_PAUSE = 3.0  # seconds between attempts while the database is away


def work(*, concurrency: int, until_empty: bool = False) -> None:
    """Do jobs until stopped, or until none is left. While the database is away, try again and again."""
    while True:
        try:
            with app.replace_connector(app.connector.get_worker_connector()) as working:  # type: ignore[attr-defined]
                working.run_worker(
                    concurrency=concurrency, wait=not until_empty, listen_notify=not until_empty
                )
        except (ConnectorException, psycopg.OperationalError) as error:
            if until_empty:
                raise
            log.warning("the database is away (%s); trying again", type(error).__name__)
            time.sleep(_PAUSE)
        else:
            return
