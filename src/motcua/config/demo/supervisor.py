"""Starting, watching and stopping all parts of the demo."""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from aiosmtpd.controller import Controller
from rich.console import Console

from motcua.config import mailbox, places, processes, secret
from motcua.config.demo import ports, sample, screen
from motcua.config.postgres import PostgresError, Server

_READY_SECONDS = 60
console = Console(highlight=False)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a demo is made of: the province, how many dossiers, where its parts listen."""

    province: str
    dossiers: int
    web_port: int
    mail_port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.web_port}"

    @property
    def folder(self) -> Path:
        return places.state_dir() / "demo" / self.province


def run(province: str, dossiers: int, web_port: int) -> int:
    """Run the demo until it is interrupted; 0 after Ctrl-C, 1 if it cannot run."""
    with _only_one():
        plan = Plan(province, dossiers, ports.free(web_port), ports.free(1025))
        plan.folder.mkdir(parents=True, exist_ok=True)
        _set_environment(plan)
        with _mail(plan) as keeper, _database() as server:
            from motcua.config.demo import building

            logins = building.ensure(server, plan.dossiers, console)
            keeper.tell = True
            with _children(plan) as children:
                if not _wait_until_ready(plan, children):
                    return _report_end(plan, children)
                console.print(screen.addresses(plan.url, plan.folder / "mail"))
                console.print(screen.logins(logins))
                console.print("Ctrl-C stops everything.")
                return _watch(plan, children)


@contextlib.contextmanager
def _only_one() -> Iterator[None]:
    """Hold the demo's lock; it ends with this process, however that ends."""
    state = places.state_dir()
    state.mkdir(parents=True, exist_ok=True)
    handle = os.open(state / "demo.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit("motcua: a demo of this checkout is running already; stop it with Ctrl-C in its window")
    try:
        yield
    finally:
        os.close(handle)


def _set_environment(plan: Plan) -> None:
    """What settings read, here and in the children. The demo always brings its own database."""
    for name in (
        "DATABASE_URL",
        "DATABASE_URL_FILE",
        "MOTCUA_SECRET_KEY",
        "MOTCUA_S3_BUCKET",
        "MOTCUA_MEDIA_DIR",
    ):
        os.environ.pop(name, None)
    os.environ.update(
        {
            "DJANGO_SETTINGS_MODULE": "motcua.config.settings",
            "MOTCUA_DEMO": "yes",
            "MOTCUA_PROVINCE": plan.province,
            "MOTCUA_HOTLINE": sample.HOTLINE,
            "MOTCUA_PUBLIC_URL": plan.url,
            "MOTCUA_ALLOWED_HOSTS": "127.0.0.1 localhost [::1]",
            "MOTCUA_SMTP_HOST": "127.0.0.1",
            "MOTCUA_SMTP_PORT": str(plan.mail_port),
            "MOTCUA_SMTP_SECURITY": "none",
            "PYTHONUNBUFFERED": "1",
        }
    )
    secret.ensure(places.state_dir())


@contextlib.contextmanager
def _mail(plan: Plan) -> Iterator[mailbox.Keeper]:
    keeper = mailbox.Keeper(plan.folder / "mail", tell=False)
    server = Controller(keeper, hostname="127.0.0.1", port=plan.mail_port)
    server.start()
    try:
        yield keeper
    finally:
        server.stop()


@contextlib.contextmanager
def _database() -> Iterator[Server]:
    """The embedded server with the demo's database in it."""
    import django
    from django.conf import settings

    django.setup()
    try:
        with Server(settings.STATE_DIR / "postgres", kept_up=True) as server:
            server.ensure_database(settings.DATABASES["default"]["NAME"])
            yield server
    except PostgresError as error:
        sys.exit(f"motcua: {error}")


@contextlib.contextmanager
def _children(plan: Plan) -> Iterator[dict[str, subprocess.Popen[bytes]]]:
    """Web server and worker, each with its log; stopped in that order at the end."""
    commands = {
        "web": ["serve", "--bind", f"127.0.0.1:{plan.web_port}"],
        "worker": ["worker"],
    }
    running: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, words in commands.items():
            with (plan.folder / f"{name}.log").open("ab") as log:
                running[name] = processes.spawn(
                    [sys.executable, "-m", "motcua.config.cli", *words], log=log.fileno(), env=os.environ
                )
        yield running
    finally:
        for child in running.values():
            child.send_signal(signal.SIGTERM)
        for child in running.values():
            processes.stop(child)


def _wait_until_ready(plan: Plan, children: dict[str, subprocess.Popen[bytes]]) -> bool:
    deadline = time.monotonic() + _READY_SECONDS
    while time.monotonic() < deadline and all(child.poll() is None for child in children.values()):
        with (
            contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError),
            urllib.request.urlopen(f"{plan.url}/ready", timeout=5) as answer,  # noqa: S310 - our own
        ):
            return bool(answer.status == 200)
        time.sleep(0.1)
    return False


def _watch(plan: Plan, children: dict[str, subprocess.Popen[bytes]]) -> int:
    """Wait for Ctrl-C (which arrives as KeyboardInterrupt) or for a part that ends by itself."""
    try:
        while all(child.poll() is None for child in children.values()):
            time.sleep(0.5)
    except KeyboardInterrupt:
        console.print("\nStopping.")
        return 0
    return _report_end(plan, children)


def _report_end(plan: Plan, children: dict[str, subprocess.Popen[bytes]]) -> int:
    for name, child in children.items():
        state = "does not answer" if child.poll() is None else f"has ended (status {child.returncode})"
        console.print(f"motcua: the {name} {state}; see {plan.folder / name}.log", style="red")
    return 1
