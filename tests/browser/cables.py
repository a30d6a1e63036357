"""A cable between a browser and the site that can be cut, also while an answer is on its way."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from enum import Enum
from urllib.parse import urlsplit

CHUNK = 65_536


class Cut(Enum):
    """`BEFORE`: nothing gets through. `ANSWERS`: what is sent arrives, and its answer does not come back."""

    NOT = "not"
    BEFORE = "before"
    ANSWERS = "answers"


class Cable:
    """Carries bytes to and fro at an address of its own until it is cut."""

    def __init__(self, site: str) -> None:
        self.there = urlsplit(site)
        self.cut = Cut.NOT
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.open: list[socket.socket] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def set(self, cut: Cut) -> None:
        """From now on; what is open and idle breaks off, as it does where a cable is pulled."""
        self.cut = cut
        while self.open:
            self._end(self.open.pop())

    def close(self) -> None:
        self.set(Cut.BEFORE)
        self.listener.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self.listener.accept()
                if self.cut is Cut.BEFORE:
                    self._end(near)
                    continue
                far = socket.create_connection((self.there.hostname or "", self.there.port or 80))
                self.open += [near, far]
                threading.Thread(target=self._carry, args=(near, far), daemon=True).start()
                threading.Thread(target=self._answer, args=(far, near), daemon=True).start()

    def _carry(self, near: socket.socket, far: socket.socket) -> None:
        with suppress(OSError):
            while piece := near.recv(CHUNK):
                far.sendall(piece)

    def _answer(self, far: socket.socket, near: socket.socket) -> None:
        with suppress(OSError):
            while piece := far.recv(CHUNK):
                if self.cut is Cut.ANSWERS:
                    break
                near.sendall(piece)
        self._end(near)
        self._end(far)

    @staticmethod
    def _end(line: socket.socket) -> None:
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)
        line.close()
