"""The demo as a real process: it builds itself, starts fast again and leaves nothing when killed."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests import ports

from motcua.config import mailbox
from motcua.config.demo.ports import free
from motcua.config.postgres.server import Server

pytestmark = pytest.mark.slow
DOSSIERS = 12


class Demo:
    """One run of `motcua demo` over a state folder."""

    def __init__(self, state: Path, port: int) -> None:
        self.started_at = time.monotonic()
        self.log = state / "screen.log"
        with self.log.open("wb") as screen:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "motcua.config.cli", "demo", *_words(port)],
                preexec_fn=_as_from_a_terminal,
                env={**os.environ, "MOTCUA_STATE_DIR": str(state), "COLUMNS": "100"},
                stdout=screen,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
            )

    def url(self) -> str:
        """Its address, once it says that it is up."""
        assert _within(240, lambda: "Ctrl-C" in self.screen() or self.process.poll() is not None)
        found = re.search(r"http://127\.0\.0\.1:\d+", self.screen())
        assert found is not None, self.screen()
        return found[0]

    def screen(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def __enter__(self) -> Demo:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.end(signal.SIGINT)

    def end(self, sign: signal.Signals) -> int:
        self.process.send_signal(sign)
        return self.process.wait(60)


@pytest.fixture
def state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    place = tmp_path_factory.mktemp("demo")
    yield place
    server = Server(place / "postgres")
    server.start()  # stops whatever is left
    server.erase()


def test_demo_builds_itself_survives_a_kill_and_starts_again_quickly(state: Path) -> None:
    port = ports.unused()
    with Demo(state, port) as first:
        url = first.url()
        built_in = time.monotonic() - first.started_at
        assert "refused" not in first.screen()
        assert _status(f"{url}/") == 200
        assert _status(f"{url}/ready") == 200
        assert mailbox.messages(state / "demo" / "dak-lak" / "mail")
        assert _status(f"{url}/demo/hop-thu/") == 200
        page = _text(f"{url}/thu-tuc/1.001193/")
        assert "Tờ khai đăng ký khai sinh (bản in thử các câu hỏi của tờ khai)" in page
        assert first.end(signal.SIGKILL) == -signal.SIGKILL
    assert _within(30, lambda: not _processes_of(state))

    with Demo(state, port) as second:
        url = second.url()
        seconds = time.monotonic() - second.started_at
        assert _status(f"{url}/ready") == 200
        assert seconds < built_in  # nothing is built again: a sixth of it on an idle machine
        assert second.end(signal.SIGINT) == 0
    assert _processes_of(state) == []
    assert f"{DOSSIERS} dossiers" in _verified(state)
    held = next(path for path in (state / "demo" / "dak-lak" / "files").glob("*/*/*") if path.is_file())
    held.write_bytes(b"other bytes")
    assert f"File {held.name} is not what was stored" in _verified(state, status=1)


def test_second_demo_of_the_same_checkout_is_refused_in_one_line(state: Path) -> None:
    with (state / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with Demo(state, ports.unused()) as other:
            assert other.process.wait(60) == 1
    assert "running already" in other.screen()


def test_port_in_use_is_passed_over() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free(port) > port


def _verified(state: Path, status: int = 0) -> str:
    """What `motcua --demo verify` says of what was played, ending with this status."""
    environment = {**os.environ, "MOTCUA_STATE_DIR": str(state)}
    command = [sys.executable, "-m", "motcua.config.cli", "--demo", "verify", "--quiet"]
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout


def _as_from_a_terminal() -> None:
    """A shell makes what it starts in the background deaf to Ctrl-C, and children inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _words(port: int) -> list[str]:
    return ["--dossiers", str(DOSSIERS), "--port", str(port)]


def _processes_of(state: Path) -> list[str]:
    """Command lines of live processes that belong to this state folder."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            environment = (folder / "environ").read_bytes().decode(errors="replace")
            if str(state) in command or f"MOTCUA_STATE_DIR={state}" in environment:
                found.append(command)
    return found


def _text(url: str) -> str:
    with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 - our own
        page: str = answer.read().decode()
    return page


def _status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 - our own
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def _within(seconds: float, holds: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.2)
    return False
