from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import Settings
from tests.notify.mailroom import MailRoom


@pytest.fixture
def mailroom(settings: Settings) -> Iterator[MailRoom]:
    """A running SMTP server; the settings point to it."""
    room = MailRoom()
    room.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = room.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    yield room
    room.stop()
