"""What delivery needs: something that carries a letter away. SMTP is one, a fake in a test another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from motcua.notify.rules.letters import Letter


class Transport(Protocol):
    def send(self, letter: Letter) -> None:
        """Hand the letter over. Raises `DeliveryFailed` if it was not taken."""

    def close(self) -> None:
        """Let go of the connection; safe to call at any time."""
