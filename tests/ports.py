"""Ports for servers that tests start: several runs may share a machine, so the kernel chooses."""

from __future__ import annotations

import socket


def unused() -> int:
    """A port of 127.0.0.1 that nobody listens on; the kernel hands out another one each time."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
