"""A place of its own for the bench: state folder, embedded server with durable commits, a loaded province."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from motcua.config import places, processes, secret
from motcua.config.postgres import Server

HOST = "127.0.0.1"
PORT = 8790


def prepare(province: str) -> Path:
    """Point the settings at a fresh state folder below var/. To be called before Django is set up."""
    for name in ("DATABASE_URL", "DATABASE_URL_FILE", "MOTCUA_SECRET_KEY", "MOTCUA_S3_BUCKET", "MOTCUA_DEMO"):
        os.environ.pop(name, None)
    state = places.ROOT / "var" / "bench"
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "motcua.config.settings",
        "MOTCUA_STATE_DIR": str(state),
        "MOTCUA_PROVINCE": province,
        "MOTCUA_PUBLIC_URL": f"http://{HOST}:{PORT}",
        "MOTCUA_ALLOWED_HOSTS": f"{HOST} testserver",
    }
    secret.ensure(state)
    return state


@contextlib.contextmanager
def database(*, keep: bool = False) -> Iterator[Server]:
    """The server over an empty, migrated database, or over that of the last run."""
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    django.setup()
    with Server(settings.STATE_DIR / "postgres") as server:
        if not keep:
            server.recreate_database(settings.DATABASES["default"]["NAME"])
            shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["*.scss"])
        try:
            yield server
        finally:
            connections.close_all()


@contextlib.contextmanager
def children(state: Path) -> Iterator[dict[str, subprocess.Popen[bytes]]]:
    """Web server and worker as production runs them, ready to answer."""
    running: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, words in {"web": ["serve", "--bind", f"{HOST}:{PORT}"], "worker": ["worker"]}.items():
            with (state / f"{name}.log").open("wb") as log:
                command = [sys.executable, "-m", "motcua.config.cli", *words]
                running[name] = processes.spawn(command, log=log.fileno(), env=os.environ)
        _wait_until_ready(running["web"], state / "web.log")
        yield running
    finally:
        for child in running.values():
            processes.stop(child)


def _wait_until_ready(web: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        if web.poll() is not None:
            break
        with (
            contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError),
            urllib.request.urlopen(f"http://{HOST}:{PORT}/ready", timeout=5) as answer,
        ):
            if answer.status == 200:
                return
        time.sleep(0.1)
    raise SystemExit(f"bench: the web server does not answer; see {log}")
