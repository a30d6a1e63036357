"""Letters by SMTP, through the e-mail backend that the settings name."""

from __future__ import annotations

import re
import smtplib
from email.utils import formataddr

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from motcua.notify.errors import DeliveryFailed
from motcua.notify.rules.letters import Letter

_ENHANCED = re.compile(rb"\b[245]\.\d{1,3}\.\d{1,3}\b")


class SmtpTransport:
    """Keeps one connection open for several letters, and opens another after a failure."""

    def __init__(self) -> None:
        self._connection: BaseEmailBackend | None = None

    def send(self, letter: Letter) -> None:
        """Hand one letter to the mail server. Raises DeliveryFailed; its reason never names the recipient."""
        try:
            if self._connection is None:
                self._connection = get_connection()
                self._connection.open()
            self._message(letter).send()
        except (smtplib.SMTPException, OSError, ValueError) as error:
            self.close()
            raise _failure(error) from error

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _message(self, letter: Letter) -> EmailMessage:
        name = " ".join(letter.name.split())
        return EmailMessage(
            subject=letter.subject,
            body=letter.body + "\n",
            to=[formataddr((name, letter.address)) if name else letter.address],
            headers={"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"},
            connection=self._connection,
        )


def _failure(error: Exception) -> DeliveryFailed:
    """What the mail server's answer means for this letter.

    Only an answer about this recipient or this letter is permanent. A refused log-in or sender is our own
    setting to mend, and the letter waits for that.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(error.recipients.values()))
        return DeliveryFailed(_answer("recipient refused", code, text), permanent=code >= 500)
    if isinstance(error, smtplib.SMTPAuthenticationError | smtplib.SMTPSenderRefused):
        return DeliveryFailed(_answer("we were refused", error.smtp_code, error.smtp_error), permanent=False)
    if isinstance(error, smtplib.SMTPResponseException):
        permanent = isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500
        return DeliveryFailed(_answer("refused", error.smtp_code, error.smtp_error), permanent=permanent)
    if isinstance(error, OSError):  # smtplib's own exceptions are OSErrors too
        return DeliveryFailed(f"mail server not reached ({type(error).__name__})", permanent=False)
    return DeliveryFailed("the address or the letter cannot be written as e-mail", permanent=True)


def _answer(what: str, code: int, text: bytes | str) -> str:
    """Code and enhanced code of the answer; its text is left out, for it repeats the address."""
    raw = text if isinstance(text, bytes) else text.encode()
    enhanced = _ENHANCED.search(raw)
    return f"{what}: {code}" + (f" {enhanced[0].decode()}" if enhanced else "")
