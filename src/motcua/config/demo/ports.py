"""Choosing ports that nobody uses."""

from __future__ import annotations

import socket


def free(wanted: int, tries: int = 200) -> int:
    """`wanted` or the next port above it that nobody listens on at 127.0.0.1."""
    for port in range(wanted, min(wanted + tries, 65536)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError(f"no free port between {wanted} and {wanted + tries}")
