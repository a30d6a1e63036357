"""A database of our own that can be killed in the middle of an act, and what watches over it."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import close_old_connections, connections
from tests.resilience.conftest import forget_all
from tests.resilience.killing import kill_database

from motcua.config import database, processes
from motcua.config.postgres import Server

NAME = "motcua_outage"


def kill(server: Server) -> None:
    assert server.process is not None
    kill_database(server.process.pid)


def start_again(server: Server) -> None:
    """What an operator does: the next start repairs what the last one left."""
    server.stop()
    server.start()
    close_old_connections()  # what every request begins with


@contextlib.contextmanager
def durable_database(folder: Path) -> Iterator[Server]:
    """A server that keeps what it has committed, with our tables in it; Django talks to it meanwhile."""
    server = Server(folder)
    places = (settings.DATABASES["default"], connections["default"].settings_dict)
    before = [dict(place) for place in places]
    connections["default"].close()
    try:
        server.start()
        server.ensure_database(NAME)
        for place in places:
            place.update(database.embedded(server.folder, NAME) | {"OPTIONS": place["OPTIONS"]})
        call_command("migrate", interactive=False, verbosity=0)
        yield server
    finally:
        connections["default"].close()
        for place, old in zip(places, before, strict=True):
            place.update(old)
        data = server.data_folder()
        server.stop()
        processes.spawn(["rm", "-rf", data, server.sockets]).wait()
        forget_all()


def wait_until(holds: Callable[[], bool], seconds: float) -> bool:
    """Whether the condition comes true in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.05)
    return False
