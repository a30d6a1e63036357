from __future__ import annotations

import re

from django.http import HttpRequest
from django.test import RequestFactory

from motcua.accounts.services.session_store import SessionStore
from motcua.notify.models import OutboxMessage


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
