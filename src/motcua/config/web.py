"""Gunicorn with our settings: processes with threads, each thread with its database connection."""

from __future__ import annotations

import contextlib
import socket
import time
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger
from gunicorn.http.errors import LimitRequestHeaders, LimitRequestLine
from gunicorn.workers.gthread import ThreadWorker

THREADS = 4
_MOST_UNREAD, _PATIENCE = 1 << 19, 0.5  # bytes and seconds in all for a refused browser: it holds a thread
_ACCESS_LINE = "%(t)s %(m)s %(U)s %(s)s %(B)s bytes %(M)s ms"  # no address, no query string, no user agent


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """Answers with a page of ours where the address or the headers are too long to be read.

    Gunicorn would answer in English, and write down whose browser it was.
    """

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: Exception) -> None:
        if not isinstance(exc, LimitRequestLine | LimitRequestHeaders):
            super().handle_error(req, client, ("", -1), exc)  # it would write down from where
            return
        from motcua.config import pages
        from motcua.config.security import headers_of_every_page

        page = pages.too_long(is_address=isinstance(exc, LimitRequestLine))
        head = (
            f"HTTP/1.1 {page.status_code} {page.reason_phrase}",
            "Connection: close",
            f"Content-Type: {page.headers['Content-Type']}",
            f"Content-Length: {len(page.content)}",
            *(f"{name}: {value}" for name, value in headers_of_every_page().items()),
        )
        until = time.monotonic() + _PATIENCE
        with contextlib.suppress(OSError):  # whoever asked has gone away
            client.settimeout(_PATIENCE)
            client.sendall("\r\n".join((*head, "", "")).encode("latin-1") + page.content)
            _read_out(client, until)


def _read_out(client: socket.socket, until: float) -> None:
    """Take what is still on its way: a connection closed over unread bytes takes the answer with it."""
    client.shutdown(socket.SHUT_WR)
    left = _MOST_UNREAD
    while left > 0 and (time_left := until - time.monotonic()) > 0:
        client.settimeout(time_left)
        if not (read := client.recv(min(left, 65_536))):
            return
        left -= len(read)


class Log(Logger):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn's own lines, without what they hold of people: they go past Django's log."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        from motcua.config.security import WithoutPersonalData

        for handler in self.error_log.handlers:
            handler.setFormatter(WithoutPersonalData(self.error_fmt, self.datefmt))


class _Gunicorn(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from motcua.config.wsgi import application

        return application


def serve(*, bind: str, workers: int, access_log: bool) -> None:
    """Serve until told to stop. Every worker loads the application itself, so a new worker has new code."""
    _Gunicorn(
        {
            "bind": bind,
            "limit_request_line": 8190,  # as long as gunicorn allows: a page cuts a long question
            "workers": workers,
            "worker_class": "motcua.config.web.Worker",
            "threads": THREADS,
            "timeout": 60,
            "graceful_timeout": 10,
            "max_requests": 20_000,
            "max_requests_jitter": 2_000,
            "accesslog": "-" if access_log else None,
            "access_log_format": _ACCESS_LINE,
            "logger_class": "motcua.config.web.Log",
            "loglevel": "warning",
            "proc_name": "motcua",
        }
    ).run()
