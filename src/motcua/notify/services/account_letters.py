"""Letters that accounts ask for (codes, password changes) go through the outbox like all others."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from motcua.notify.models import OutboxMessage
from motcua.notify.rules.messages import Recipient
from motcua.notify.services.posting import post


def post_account_letter(
    *, key: str, account_id: int, address: str, name: str, context: Mapping[str, str], at: datetime
) -> None:
    """Implements `accounts.ports.Letters`."""
    recipient = Recipient(account_id=account_id, email=address, name=name)
    post(key=key, recipients=[recipient], context=context, about="", at=at)


def forget_account_letters(account_ids: Collection[int]) -> None:
    """Implements `accounts.ports.Forget`: what was written to a forgotten registration goes with it."""
    OutboxMessage.objects.filter(account_id__in=account_ids).delete()
