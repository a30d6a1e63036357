"""Gunicorn with our settings: processes with threads, each thread with its database connection."""

from __future__ import annotations

from typing import Any

from gunicorn.app.base import BaseApplication

THREADS = 4
_ACCESS_LINE = "%(t)s %(m)s %(U)s %(s)s %(B)s bytes %(M)s ms"  # no address, no query string, no user agent


class _Gunicorn(BaseApplication):  # type: ignore[misc]
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
            # As long as gunicorn allows: a page cuts a long question, the server would refuse it in English.
            "limit_request_line": 8190,
            "workers": workers,
            "worker_class": "gthread",
            "threads": THREADS,
            "timeout": 60,
            "graceful_timeout": 10,
            "max_requests": 20_000,
            "max_requests_jitter": 2_000,
            "accesslog": "-" if access_log else None,
            "access_log_format": _ACCESS_LINE,
            "loglevel": "warning",
            "proc_name": "motcua",
        }
    ).run()
