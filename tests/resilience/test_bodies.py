"""A body that breaks off is no body."""

from __future__ import annotations

import io
from typing import Any

import pytest

from motcua.config.bodies import whole_bodies

TEXT = "a=một\nb=hai\n".encode()


def stream(body: bytes, length: object) -> Any:
    """The body as the application behind gets it."""
    environ: dict[str, Any] = {"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": length}
    seen = []
    whole_bodies(lambda environ, start: seen.append(environ["wsgi.input"]) or [])(environ, None)  # type: ignore[func-returns-value]
    return seen[0]


@pytest.mark.parametrize("size", [None, -1, 1, 3, 4096])
def test_whole_body_is_read_as_it_was_sent(size: int | None) -> None:
    body = stream(TEXT, str(len(TEXT)))
    pieces = []
    while piece := body.read(size):
        pieces.append(piece)
    assert b"".join(pieces) == TEXT


def test_whole_body_is_read_by_lines() -> None:
    body = stream(TEXT, str(len(TEXT)))
    assert [body.readline(), body.readline(), body.readline()] == [b"a=m\xe1\xbb\x99t\n", b"b=hai\n", b""]


@pytest.mark.parametrize("size", [None, -1, 5, 4096])
def test_body_that_breaks_off_fails(size: int | None) -> None:
    body = stream(TEXT[:-1], str(len(TEXT)))
    with pytest.raises(OSError, match="broke off"):
        list(iter(lambda: body.read(size), b""))


def test_body_that_breaks_off_between_lines_fails() -> None:
    body = stream(TEXT[:9], "20")
    with pytest.raises(OSError, match="broke off"):
        list(iter(body.readline, b""))


def test_body_is_read_no_further_than_its_length() -> None:
    assert stream(TEXT + b"next request", str(len(TEXT))).read() == TEXT


@pytest.mark.parametrize("length", ["", None, "many", "-1", "²"])
def test_body_of_no_known_length_is_left_alone(length: object) -> None:
    assert stream(TEXT, length).read() == TEXT
