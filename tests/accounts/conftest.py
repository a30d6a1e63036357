from __future__ import annotations

import re

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import RequestFactory
from pytest_django import Settings

from motcua.notify.models import OutboxMessage


@pytest.fixture(autouse=True)
def quick_hasher(settings: Settings) -> None:
    """Argon2 is slow on purpose; these tests hash often."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


class Requests:
    """Requests with a session, as the log-in page gets them."""

    @staticmethod
    def address(address: str = "10.0.0.1") -> HttpRequest:
        request = RequestFactory().post("/dang-nhap/", {"identifier": "x", "password": "y"})
        request.META["REMOTE_ADDR"] = address
        request.session = SessionStore()
        request.session.create()
        return request


def last_code(key: str = "account.code") -> str:
    """The code in the newest letter of the outbox."""
    message = OutboxMessage.objects.filter(key=key).latest("id")
    code = message.context["code"]
    assert re.fullmatch(r"[0-9]{6}", code)
    return str(code)
