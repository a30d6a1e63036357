"""How an officer likes to see the lists: kept under a name, or remembered as last seen."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from motcua.dossiers.enums import Box
from motcua.dossiers.errors import NameTaken, TooManyKept
from motcua.dossiers.models import KeptList
from motcua.dossiers.rules.choices import Choice
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden, NotFound
from motcua.kernel.wire import to_wire

MOST = 20


def keep_list(*, actor: Actor, box: Box, name: str, choice: Choice) -> int:
    """Keep a choice under a name of the officer's own; its id. Raises NameTaken, TooManyKept."""
    account = _officer(actor)
    if KeptList.objects.filter(account_id=account).exclude(name="").count() >= MOST:
        raise TooManyKept(most=MOST)
    try:
        with transaction.atomic():
            row = KeptList.objects.create(
                account_id=account, name=" ".join(name.split())[:60], box=box.value, body=to_wire(choice)
            )
    except IntegrityError:
        raise NameTaken() from None
    return row.pk


def remember_list(*, actor: Actor, box: Box, choice: Choice) -> None:
    """Order and columns come back at the next visit; what was left out does not, or work would be missed."""
    usual = Choice(sort=choice.sort, columns=choice.columns)
    KeptList.objects.update_or_create(
        account_id=_officer(actor), box=box.value, name="", defaults={"body": to_wire(usual)}
    )


def drop_list(*, actor: Actor, kept_id: int) -> None:
    """Raises NotFound, also for somebody else's."""
    gone, _ = KeptList.objects.filter(pk=kept_id, account_id=_officer(actor)).exclude(name="").delete()
    if not gone:
        raise NotFound()


def _officer(actor: Actor) -> int:
    if not actor.is_officer:
        raise Forbidden()
    return int(actor.id)
