"""The permission to share what was registered: given, taken back, and kept with its moments."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.accounts.errors import SharingAnswerRequired
from motcua.accounts.models import Account, SharingChoice
from motcua.accounts.queries import sharing
from motcua.accounts.rules.sharing import WORDING
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden


@transaction.atomic
def choose_sharing(*, actor: Actor, at: datetime, is_allowed: bool | None, wording: str) -> None:
    """Record what a citizen says of sharing, and to which words; the same again changes nothing.

    Raises Forbidden for others, SharingAnswerRequired without an answer to the words of now.

    Basis: DL24-24.9.
    """
    if not actor.is_citizen:
        raise Forbidden
    if is_allowed is None or wording != WORDING:
        raise SharingAnswerRequired
    account = Account.objects.select_for_update(no_key=True).get(pk=int(actor.id))
    if sharing.may_share(account.pk) != is_allowed:
        SharingChoice.objects.create(account=account, is_allowed=is_allowed, wording=wording, at=at)
