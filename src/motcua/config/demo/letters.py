"""The page that shows what the demo's mail server has kept, so that a code sent by e-mail can be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.config import mailbox
from motcua.theme.access import access

LIMIT = 30


@dataclass(frozen=True, slots=True)
class Letter:
    to: str
    subject: str
    sent_at: datetime
    body: str


@access("public")
def letters(request: HttpRequest) -> HttpResponse:
    """The newest letters, newest first. The address exists only while MOTCUA_DEMO is on."""
    folder = Path(settings.STATE_DIR) / "demo" / settings.PROVINCE / "mail"
    found = [_letter(file) for file in sorted(folder.glob("*.eml"), reverse=True)[:LIMIT]]
    return render(request, "demo/letters.html", {"letters": found})


def _letter(file: Path) -> Letter:
    message = mailbox.read(file.read_bytes())
    body = message.get_body(("plain",))
    return Letter(
        to=str(message["To"]),
        subject=str(message["Subject"]),
        sent_at=datetime.fromtimestamp(file.stat().st_mtime, tz=mailbox.HERE),
        body=str(body.get_content()) if body is not None else "",
    )
