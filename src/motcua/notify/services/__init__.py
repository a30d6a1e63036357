"""Services of notify: post a message, deliver what waits, mark as read."""

from motcua.notify.rules.messages import Recipient
from motcua.notify.services.posting import post

__all__ = ["Recipient", "post"]
