"""What the web server writes down of a request."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

from gunicorn.config import Config
from gunicorn.glogging import Logger, SafeAtoms

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
