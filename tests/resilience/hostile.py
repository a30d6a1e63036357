"""What no browser sends, and the site it is sent to."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from tests.resilience import scenery
from tests.resilience.scenery import Scenery

NESTED = "[" * 3000
CURSORS = tuple(
    base64.urlsafe_b64encode(text.encode()).decode()
    for text in (
        NESTED,
        "{}",
        "5",
        '["2024-03-04T08:00:00", "018f0000-0000-7000-8000-000000000000", "x"]',
        '["2024-03-04T08:00:00+07:00", 5, "x"]',
        '["2024-03-04T08:00:00+07:00", {}, "x"]',
        '["2024-03-04T08:00:00+07:00", "018f0000-0000-7000-8000-000000000000", {}]',
        '["2024-03-04T08:00:00+07:00", "018f0000-0000-7000-8000-000000000000", "\\u0000"]',
        '["2024-03-04T08:00:00+07:00", "018f0000-0000-7000-8000-000000000000", "\\ud800"]',
        '["0001-01-01T00:00:00+14:00", "018f0000-0000-7000-8000-000000000000", "x"]',
        '["9999-12-31T23:59:59-14:00", "018f0000-0000-7000-8000-000000000000"]',
    )
)
NASTY: tuple[bytes, ...] = (
    *(
        text.encode()
        for text in (
            "",
            " ",
            "\0",
            "An\0Bình",
            "\\000",
            "\\u0000",
            "x" * 3000,
            "ạ" * 301,
            "\u202eexe.gpj\u200b\u2066",
            "\ufeff\u0301\u0301",
            "-1",
            "0",
            "²",
            "٣٤",
            "9" * 19,
            "9" * 400,
            "9" * 5000,
            "1e309",
            "NaN",
            "null",
            "None",
            "true",
            NESTED,
            "../../etc/passwd",
            "'; DROP TABLE dossiers_dossier; --",
            "<script>alert(1)</script>",
            "%(name)s %s %d {0} {{ x }} {% x %}",
            "\r\nSet-Cookie: a=b",
            "32/13/2024",
            "29/02/2023",
            "31/12/9999",
            "00/00/0000",
            "https://example.org/",
            "//example.org",
            "a & !b | :* <-> (",
            scenery.UNKNOWN,
            "\U0001f600" * 200,
        )
    ),
    b"\xed\xa0\x80",  # a lone surrogate
    b"\xff\xfe\xc3",
    *(cursor.encode() for cursor in CURSORS),
)
nasty = st.one_of(
    st.sampled_from(NASTY), st.text(max_size=40).map(lambda text: text.encode(errors="replace"))
)
quietly = settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],  # what is sent is small already
    report_multiple_bugs=False,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@dataclass
class Site:
    """The scenery and a browser for each of the cast, as they are at the start of every example."""

    there: Scenery
    clients: dict[str, Client]

    def __post_init__(self) -> None:
        self._cookies = {name: dict(client.cookies.items()) for name, client in self.clients.items()}

    @contextmanager
    def untouched(self) -> Iterator[None]:
        """What happens inside is taken back: rows by rolling back, cookies by putting them back."""
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        for name, client in self.clients.items():
            client.cookies.clear()
            client.cookies.update(self._cookies[name])


def stands(answer: Any) -> None:
    """The site answered for itself: any status but a failure."""
    if answer.status_code >= 500 and getattr(answer, "exc_info", None):
        raise AssertionError(f"{answer.request['PATH_INFO']!r} failed") from answer.exc_info[1]
    assert answer.status_code < 500, answer.request
    if answer.streaming:
        b"".join(answer.streaming_content)  # and the file is closed
