"""What notify refuses, and how a delivery fails."""

from __future__ import annotations


class UnknownMessage(LookupError):
    """A message was posted under a key that has no template: a mistake of the programmer."""


class DeliveryFailed(Exception):
    """The message was not taken. `permanent` says that trying again would not help."""

    def __init__(self, reason: str, *, permanent: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent
