"""The database goes away and comes back; the web server stays the same process throughout."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests import ports

from motcua.config import processes
from motcua.config.postgres import Server

pytestmark = pytest.mark.slow


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("outage"), durable=False)
    running.start()
    running.ensure_database("motcua_dak_lak")
    yield running
    running.erase()


@pytest.fixture
def site(server: Server, tmp_path: Path) -> Iterator[str]:
    """The real web server over that database; yields its address."""
    port = ports.unused()
    environment = os.environ | {
        "DATABASE_URL": f"postgresql://motcua@/motcua_dak_lak?host={server.sockets}",
        "MOTCUA_STATE_DIR": str(tmp_path),
        "MOTCUA_PUBLIC_URL": f"http://127.0.0.1:{port}",
    }
    command = [sys.executable, "-m", "motcua.config.cli"]
    subprocess.run([*command, "init", "--bare", "--quiet"], env=environment, check=True)
    with (tmp_path / "web.log").open("wb") as log:
        words = [*command, "serve", "--workers", "1", "--bind", f"127.0.0.1:{port}"]
        web = processes.spawn(words, log=log.fileno(), env=environment)
    yield f"http://127.0.0.1:{port}"
    processes.stop(web)


def test_outage_of_the_database_is_a_calm_page_and_ends_without_restart(site: str, server: Server) -> None:
    assert _within(30, lambda: _get(f"{site}/ready")[0] == 200)
    assert _get(f"{site}/")[0] == 200

    server.stop()
    status, body = _get(f"{site}/")
    assert status == 503
    assert "Hãy quay lại sau ít phút" in body
    status, body = _get(f"{site}/ready")
    assert (status, json.loads(body)["reason"]) == (503, "database")
    assert _get(f"{site}/health")[0] == 200

    server.start()
    assert _within(15, lambda: _get(f"{site}/ready")[0] == 200)
    assert _get(f"{site}/")[0] == 200


def _get(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 - our own
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def _within(seconds: float, holds: object) -> bool:
    """Whether the condition comes true in time; asking is the only way to learn it."""
    assert callable(holds)
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            if holds():
                return True
        time.sleep(0.1)
    return False
