"""What the web server writes down of a request, and what it answers before any page is asked."""

from __future__ import annotations

import http.client
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from gunicorn.config import Config
from gunicorn.glogging import Logger, SafeAtoms
from tests import ports
from tests.resilience.outage import wait_until

from motcua.config import processes
from motcua.config.web import _ACCESS_LINE


def test_line_of_the_access_log_names_nobody() -> None:
    """Neither what was asked, nor from where, nor by which browser, nor from which page."""
    environ = {
        "REQUEST_METHOD": "GET",
        "RAW_URI": "/tra-cuu/?ma=000.00.00.H15-240304-0001",
        "PATH_INFO": "/tra-cuu/",
        "QUERY_STRING": "ma=000.00.00.H15-240304-0001",
        "REMOTE_ADDR": "203.0.113.7",
        "HTTP_USER_AGENT": "Trinh-duyet/1.0",
        "HTTP_REFERER": "https://dichvucong.example/?ten=an",
        "SERVER_PROTOCOL": "HTTP/1.1",
    }
    headers = [(name.removeprefix("HTTP_"), value) for name, value in environ.items()]
    request = SimpleNamespace(headers=headers)
    answer = SimpleNamespace(status="200 OK", sent=1200, headers=[])
    atoms = Logger(Config()).atoms(answer, request, environ, timedelta(milliseconds=12))
    line = _ACCESS_LINE % SafeAtoms(atoms)
    assert "GET /tra-cuu/ 200 1200 bytes 12 ms" in line
    assert not any(word in line for word in ("H15-240304", "203.0.113.7", "Trinh-duyet", "ten=an"))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path]]:
    """The real web server, over a database that is away: its port and its log."""
    folder, port = tmp_path_factory.mktemp("web"), ports.unused()
    environment = os.environ | {
        "DATABASE_URL": f"postgresql://motcua@/motcua?host={folder}",
        "MOTCUA_STATE_DIR": str(folder),
        "MOTCUA_PUBLIC_URL": f"http://127.0.0.1:{port}",
    }
    words = ["-m", "motcua.config.cli", "serve", "--workers", "1", "--bind", f"127.0.0.1:{port}"]
    with (folder / "log").open("wb") as log:
        web = processes.spawn([sys.executable, *words], log=log.fileno(), env=environment)
    assert wait_until(lambda: is_up(port), 60)
    yield port, folder / "log"
    processes.stop(web)


def is_up(port: int) -> bool:
    with suppress(OSError):
        return asked(port, "/health")[0] == 200
    return False


GUARDS = (
    "Content-Security-Policy",
    "Permissions-Policy",
    "Cache-Control",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
    "Strict-Transport-Security",
)


def asked(port: int, path: str, **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


@pytest.mark.slow
@pytest.mark.parametrize("length", [9_000, 300_000])
def test_address_that_is_too_long_is_answered_in_vietnamese(served: tuple[int, Path], length: int) -> None:
    """Also where the browser is still sending when the answer is ready."""
    status, page = asked(served[0], "/thu-tuc/?q=" + "a" * length)
    assert (status, "Địa chỉ trang quá dài" in page, 'lang="en"' in page) == (414, True, True)


@pytest.mark.slow
def test_refused_browser_gets_the_headers_of_every_page(served: tuple[int, Path]) -> None:
    """Whatever guards a page of ours guards this one, though no middleware saw it."""
    port, found = served[0], []
    for path in ("/thu-tuc/?q=" + "a" * 9_000, "/khong-co-trang-nay/"):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", path)
        answer = connection.getresponse()
        found.append({name: answer.headers.get(name) for name in GUARDS})
        connection.close()
    assert found[0] == found[1]
    assert found[0]["X-Content-Type-Options"] == "nosniff"


@pytest.mark.slow
def test_headers_that_are_too_long_are_answered_in_vietnamese(served: tuple[int, Path]) -> None:
    status, page = asked(served[0], "/", Cookie="c=" + "a" * 9_000)
    assert (status, "Trình duyệt gửi kèm quá nhiều dữ liệu" in page) == (431, True)
    assert "127.0.0.1" not in served[1].read_text().replace("http://127.0.0.1", "")


@pytest.mark.slow
def test_request_that_cannot_be_read_is_written_down_without_whose_it_was(served: tuple[int, Path]) -> None:
    """Gunicorn writes such lines itself, past the log of the application."""
    port, log = served
    with socket.create_connection(("127.0.0.1", port), timeout=30) as raw:
        raw.sendall(b"g?t /tra-cuu/?ten=NguyenVanAn&so=066090000001 HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b"400" in raw.recv(200)
    assert wait_until(lambda: "Invalid request" in log.read_text(), 30)
    written = log.read_text().replace("http://127.0.0.1", "")
    assert not any(word in written for word in ("NguyenVanAn", "066090000001", "127.0.0.1"))


@pytest.mark.slow
def test_long_question_within_the_limit_reaches_the_pages(served: tuple[int, Path]) -> None:
    assert asked(served[0], "/health?q=" + "a" * 8_000)[0] == 200
