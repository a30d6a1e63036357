"""A real SMTP server for tests: it keeps what arrives, and refuses when it is told to."""

from __future__ import annotations

import asyncio
import email
import email.policy
import socket
import threading
from dataclasses import dataclass, field
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class MailRoom:
    """`arrived` holds the messages in order; `answers_to_recipient` and `answers_to_data` are used up one by
    one in place of the usual 250. While `is_open` is cleared a letter is held at the door, which sets
    `is_holding`."""

    arrived: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    answers_to_recipient: list[str] = field(default_factory=list)
    answers_to_data: list[str] = field(default_factory=list)
    port: int = 0

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._controller: Controller | None = None
        self.is_open = threading.Event()
        self.is_open.set()
        self.is_holding = threading.Event()

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.answers_to_recipient:
            return self.answers_to_recipient.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        while not self.is_open.is_set():
            self.is_holding.set()
            await asyncio.sleep(0.02)
        if self.answers_to_data:
            return self.answers_to_data.pop(0)
        content = envelope.content
        assert isinstance(content, bytes)
        message = email.message_from_bytes(content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        with self._lock:
            self.arrived.append(message)
            self.recipients.append(list(envelope.rcpt_tos))
        return "250 Taken"

    def start(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self) -> None:
        self.is_open.set()
        if self._controller is not None:
            self._controller.stop()
            self._controller = None
