"""Who is asking, and when: the only place of the portal that looks at the session's account or the clock."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from django.http import HttpRequest
from django.utils import timezone

from motcua.accounts import queries as accounts
from motcua.accounts.enums import AccountKind
from motcua.accounts.models import Account
from motcua.accounts.queries import AccountCard
from motcua.accounts.services import contact_codes
from motcua.kernel.actors import Actor


def card(request: HttpRequest) -> AccountCard:
    """The logged-in account. Only behind `access("citizen")`."""
    return accounts.card_of(cast(Account, request.user))


def card_if_known(request: HttpRequest) -> AccountCard | None:
    """The logged-in citizen's account, None for anybody else."""
    account = request.user
    if isinstance(account, Account) and account.kind == AccountKind.CITIZEN:
        return accounts.card_of(account)
    return None


def actor(request: HttpRequest) -> Actor:
    """The logged-in citizen as the one who acts."""
    return accounts.actor_of(cast(Account, request.user))


def place(request: HttpRequest) -> str:
    """From where somebody asks, as a mark to count by that names nobody."""
    return contact_codes.place_of(request)


def now() -> datetime:
    """This moment, on Vietnam's clock."""
    return timezone.localtime()
