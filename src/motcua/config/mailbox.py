"""A real SMTP server for trials: it accepts everything, keeps it as files and delivers nothing."""

from __future__ import annotations

import email
import email.policy
import itertools
import threading
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

HERE = ZoneInfo("Asia/Ho_Chi_Minh")


class Keeper:
    """Writes each message to `folder` as `<moment>-<serial>.eml`; `tell` prints a line about each."""

    def __init__(self, folder: Path, *, tell: bool = True) -> None:
        self.folder = folder
        self.tell = tell
        self._serials = itertools.count(1)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.original_content or b""
        moment = datetime.now(HERE)
        file = self.folder / f"{moment:%Y%m%d-%H%M%S}-{next(self._serials):04d}.eml"
        self.folder.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        subject = read(content)["Subject"]
        if self.tell:
            print(f"{moment:%H:%M:%S}  {', '.join(envelope.rcpt_tos)}  {subject}", flush=True)
        return "250 kept"


def read(content: bytes) -> EmailMessage:
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def messages(folder: Path, limit: int = 100) -> list[EmailMessage]:
    """The newest messages that were kept, newest first."""
    files = sorted(folder.glob("*.eml"), reverse=True)[:limit]
    return [read(file.read_bytes()) for file in files]


def controller(host: str, port: int, folder: Path) -> Controller:
    """A mail server that runs in a thread once `start()` is called; port 0 is not possible here."""
    return Controller(Keeper(folder), hostname=host, port=port, data_size_limit=64 * 1024 * 1024)


def serve(host: str, port: int, folder: Path) -> None:
    """Serve until interrupted."""
    server = controller(host, port, folder)
    server.start()
    try:
        threading.Event().wait()
    finally:
        server.stop()
