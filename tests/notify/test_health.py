"""What the page of health asks of the mail server."""

from __future__ import annotations

import socket

import pytest
from pytest_django import Settings
from tests.notify.mailroom import MailRoom

from motcua.notify import queries
from motcua.notify.queries import health


def test_mail_server_that_greets_us_answers(mailroom: MailRoom) -> None:
    assert queries.mail_answers()


def test_mail_server_that_takes_the_call_and_hangs_does_not(
    mailroom: MailRoom, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stopped process still has its port open: the kernel takes the call, nobody says a word."""
    monkeypatch.setattr(health, "PATIENCE", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as hung:
        settings.EMAIL_PORT = hung.getsockname()[1]
        assert not queries.mail_answers()
    assert not queries.mail_answers()  # gone altogether


def test_mail_server_that_does_not_let_us_in_does_not(mailroom: MailRoom, settings: Settings) -> None:
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "motcua", "sai"
    assert not queries.mail_answers()
