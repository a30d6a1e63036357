"""The worker of Procrastinate, which outlives an outage of the database and stops when it is told to."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal

import psycopg
from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException

log = logging.getLogger(__name__)
_PAUSE = 3.0  # seconds between attempts while the database is away
_FINISH = 10.0  # seconds that running jobs get when we are told to stop


def work(*, concurrency: int, until_empty: bool = False) -> None:
    """Do jobs until SIGTERM or SIGINT, or until none is left. While the database is away, try again."""
    with app.replace_connector(app.connector.get_worker_connector()) as working:  # type: ignore[attr-defined]
        asyncio.run(_once(working, concurrency) if until_empty else _always(working, concurrency))


async def _once(working: App, concurrency: int) -> None:
    async with working.open_async():
        await working.run_worker_async(concurrency=concurrency, wait=False, listen_notify=False)


async def _always(working: App, concurrency: int) -> None:
    told_to_stop = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, told_to_stop.set)
    while not told_to_stop.is_set():
        jobs = asyncio.create_task(_until_it_fails(working, concurrency))
        stopping = asyncio.create_task(told_to_stop.wait())
        await asyncio.wait({jobs, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if told_to_stop.is_set():
            jobs.cancel()
            await asyncio.wait({jobs}, timeout=_FINISH)
            return
        error = jobs.exception()
        if error is not None and not isinstance(error, ConnectorException | psycopg.OperationalError):
            raise error
        # A short outage ends a run of Procrastinate in good order, without an error: nobody told us to stop.
        kind = type(error).__name__ if error else "briefly"
        log.warning("the database is or was away (%s); starting again", kind)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(told_to_stop.wait(), _PAUSE)


async def _until_it_fails(working: App, concurrency: int) -> None:
    async with working.open_async():
        await working.run_worker_async(
            concurrency=concurrency,
            install_signal_handlers=False,
            shutdown_graceful_timeout=_FINISH - 2,
        )
