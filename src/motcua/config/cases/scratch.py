"""A database that lives as long as one run of the command."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import connections
from django.test import override_settings

from motcua.config import database
from motcua.config.postgres import Server

NAME = "motcua_cases"


@contextmanager
def scratch_database() -> Iterator[None]:
    """Start an embedded server in a temporary folder, migrate a database in it, and remove both at the end.

    Django's default connection points there meanwhile, and files go there too. Raises PostgresError.
    """
    folder = Path(tempfile.mkdtemp(prefix="motcua-cases-"))
    folder.chmod(0o755)
    server = Server(folder, durable=False)
    connection = connections["default"]
    kept = dict(connection.settings_dict)
    try:
        server.start()
        server.ensure_database(NAME)
        connection.close()
        place = database.embedded(folder, NAME)
        connection.settings_dict.update({**place, "CONN_HEALTH_CHECKS": False})
        with override_settings(MEDIA_ROOT=folder / "files"):
            call_command("migrate", verbosity=0, interactive=False)
            yield
    finally:
        connection.close()
        connection.settings_dict.clear()
        connection.settings_dict.update(kept)
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(server.sockets, ignore_errors=True)
