"""Bodies of requests come whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, BinaryIO

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class _Whole:
    """A body that fails where its sender broke off, instead of ending there as if that were all."""

    def __init__(self, stream: BinaryIO, length: int) -> None:
        self._stream = stream
        self._left = length

    def read(self, size: int | None = -1) -> bytes:
        wanted = self._left if size is None or size < 0 else min(size, self._left)
        return self._counted(self._stream.read(wanted), wanted)

    def readline(self, size: int | None = -1) -> bytes:
        limit = self._left if size is None or size < 0 else min(size, self._left)
        return self._counted(self._stream.readline(limit), min(limit, 1))

    def _counted(self, data: bytes, least: int) -> bytes:
        self._left -= len(data)
        if len(data) < least:
            raise OSError("the sender broke off")
        return data


def whole_bodies(application: Application) -> Application:
    """Let nobody act on half a form: a line that breaks must not turn half a sentence into a decision.

    Servers end a body where the line broke, and Django takes what it got. Behind this Django sees an
    unreadable body and the request is refused.
    """

    def wrapped(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH") or ""
        if length.isascii() and length.isdigit() and len(length) < 16:
            environ["wsgi.input"] = _Whole(environ["wsgi.input"], int(length))
        return application(environ, start_response)

    return wrapped
