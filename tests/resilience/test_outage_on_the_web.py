"""The same over HTTP: real gunicorn, real worker, real mail; none of them is started again."""

from __future__ import annotations

import http.client
import os
import re
import socket
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import override_settings
from django.urls import reverse
from pytest_django import DjangoDbBlocker
from tests import ports
from tests.dossiers.world import World, make_world
from tests.notify.mailroom import MailRoom
from tests.resilience import outage, scenery
from tests.resilience.conftest import forget_all
from tests.resilience.killing import children_of
from tests.resilience.outage import wait_until

from motcua.config import processes
from motcua.config.postgres import Server
from motcua.dossiers import queries, services
from motcua.dossiers.enums import Status, Verb
from motcua.dossiers.models import CodeSerial

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
KEY = "only-for-this-test-0123456789-0123456789-0123456789"


@pytest.fixture(scope="module")
def server(django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with django_db_blocker.unblock(), outage.durable_database(tmp_path_factory.mktemp("outage")) as running:
        yield running


@pytest.fixture(scope="module")
def world(server: Server) -> World:
    forget_all()
    return make_world()


@pytest.fixture(scope="module")
def mailroom() -> Iterator[MailRoom]:
    room = MailRoom()
    room.start()
    yield room
    room.stop()


@dataclass
class Site:
    """The running web server and worker, and the trap that kills their database in the next act."""

    port: int
    web: int
    worker: int
    trap: Path
    logs: dict[str, Path]

    def processes(self) -> list[int]:
        return [self.web, *children_of(self.web), self.worker]

    def said(self, which: str) -> str:
        return self.logs[which].read_text(errors="replace")


@pytest.fixture(scope="module")
def site(
    server: Server, world: World, mailroom: MailRoom, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    port, trap = ports.unused(), folder / "trap"
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        "DATABASE_URL": f"postgresql://motcua@/{outage.NAME}?host={server.sockets}",
        "MOTCUA_STATE_DIR": str(folder),
        "MOTCUA_SECRET_KEY": KEY,
        "MOTCUA_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "MOTCUA_TRAP": str(trap),
        "MOTCUA_SMTP_HOST": "127.0.0.1",
        "MOTCUA_SMTP_PORT": str(mailroom.port),
    }
    logs = {name: folder / f"{name}.log" for name in ("web", "worker", "init")}
    command = [sys.executable, "-m", "tests.resilience.trapped"]
    serving = ["serve", "--workers", "1", "--bind", f"127.0.0.1:{port}"]

    def start(name: str, words: list[str]) -> processes.subprocess.Popen[bytes]:
        with logs[name].open("wb") as log:
            return processes.spawn([*command, *words], log=log.fileno(), env=environment)

    assert start("init", ["init", "--quiet"]).wait() == 0, logs["init"].read_text()
    web, worker = start("web", serving), start("worker", ["worker"])
    made = Site(port, web.pid, worker.pid, trap, logs)
    assert wait_until(lambda: answers(made, "/ready", 200), 60), made.said("web")
    yield made
    processes.stop(web)
    processes.stop(worker)


def answers(site: Site, path: str, status: int) -> bool:
    with suppress(OSError, http.client.HTTPException):
        return Browser(site).get(path)[0] == status
    return False


@dataclass
class Browser:
    """Somebody logged in, at a plain HTTP connection."""

    site: Site
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> tuple[int, str]:
        return self._send("GET", path)

    def post(self, path: str, typed: dict[str, str]) -> tuple[int, str]:
        return self._send("POST", path, urlencode(typed))

    def form(self, path: str) -> dict[str, str]:
        """The hidden fields of the form on a page."""
        status, page = self.get(path)
        assert status == 200, page
        found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
        return dict(found)

    def _send(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        wire = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=30)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
            headers |= {"Origin": f"http://127.0.0.1:{self.site.port}"}
        try:
            wire.request(method, path, body, headers)
            answer = wire.getresponse()
            for line in answer.headers.get_all("Set-Cookie") or ():
                name, _, rest = line.partition("=")
                self.cookies[name] = rest.partition(";")[0]
            return answer.status, answer.read().decode() or str(answer.headers["Location"])
        finally:
            wire.close()


def browser(site: Site, world: World, who: str) -> Browser:
    with override_settings(SECRET_KEY=KEY):  # a session that the site takes for its own
        cookie = scenery.browser(world.people[who]).cookies["motcua_session"].value
    return Browser(site, {"motcua_session": cookie})


def is_calm(answer: tuple[int, str]) -> bool:
    status, page = answer
    return status == 503 and "quay lại sau ít phút" in page and "Traceback" not in page


def test_act_cut_off_is_a_calm_page_and_the_same_processes_work_on(
    site: Site, server: Server, world: World, mailroom: MailRoom
) -> None:
    act = world.submit(world.draft())
    chi = browser(site, world, "chi")
    path = scenery.verb_address(act, Verb.ACCEPT)
    typed = chi.form(path) | {"note": ""}
    running = site.processes()

    assert server.process is not None
    site.trap.write_text(str(server.process.pid))
    assert is_calm(chi.post(path, typed))
    assert not site.trap.exists()
    assert is_calm(chi.get(path))
    assert Browser(site).get("/health")[0] == 200
    outage.start_again(server)

    assert world.state(act).version == act.version
    assert CodeSerial.objects.count() == 0
    assert services.verify().difference is None
    assert wait_until(lambda: answers(site, "/ready", 200), 20), site.said("web")
    assert chi.post(path, typed)[0] == 302
    state = world.state(act)
    assert (state.version, state.status, state.code[-4:]) == (act.version + 1, Status.ACCEPTED, "0001")
    assert services.verify().difference is None
    assert site.processes() == running
    assert wait_until(lambda: has_letter(mailroom, state.code), 60), site.said("worker")


def has_letter(mailroom: MailRoom, code: str) -> bool:
    """Whether the letter that tells of the acceptance has come, by the worker that was there all along."""
    return any(code in str(letter.get_content()) for letter in mailroom.arrived)


def test_filing_cut_off_loses_nothing_that_was_saved(site: Site, server: Server, world: World) -> None:
    act = world.draft()
    an = browser(site, world, "an")
    path = reverse("portal:file_check", args=[act.dossier_id])
    typed = an.form(path) | {"declared": "on", "consented": "on"}

    assert server.process is not None
    site.trap.write_text(str(server.process.pid))
    assert is_calm(an.post(path, typed))
    outage.start_again(server)

    state = world.state(act)
    assert (state.version, state.status, state.contents.applicant.name) == (1, Status.DRAFT, "Nguyễn Văn An")
    assert wait_until(lambda: answers(site, "/ready", 200), 20), site.said("web")
    assert an.post(path, typed)[0] == 302
    assert an.post(path, typed)[0] == 302  # pressed once more: the same dossier
    assert world.state(act).version == 2


def test_form_cut_short_on_its_way_does_nothing(site: Site, world: World) -> None:
    """The line breaks in the middle of a reason: half a sentence must not become an act."""
    act = world.submit(world.draft())
    chi = browser(site, world, "chi")
    path = scenery.verb_address(act, Verb.WITHDRAW)
    typed = urlencode(chi.form(path) | {"reason": "Người nộp đề nghị rút hồ sơ vì đã nộp ở nơi khác"})
    cookies = "; ".join(f"{name}={value}" for name, value in chi.cookies.items())
    half = typed[: len(typed) - 20]
    with socket.create_connection(("127.0.0.1", site.port), timeout=20) as wire:
        wire.sendall(
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\nOrigin: http://127.0.0.1:{site.port}\r\n"
            f"Cookie: {cookies}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(typed)}\r\n\r\n{half}".encode()
        )
        wire.shutdown(socket.SHUT_WR)
        wire.settimeout(20)
        answer = b""
        with suppress(OSError):
            while piece := wire.recv(65536):
                answer += piece
    assert answer.partition(b"\r\n")[0] in (b"", b"HTTP/1.1 400 Bad Request"), answer[:300]
    assert world.state(act).version == act.version
    connection.close()
    assert queries.state_of(act.dossier_id).status is Status.SUBMITTED
