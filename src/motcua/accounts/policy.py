"""Who may do what with accounts. Deny by default."""

from __future__ import annotations

from dataclasses import dataclass

from motcua.accounts.enums import AccountKind
from motcua.accounts.models import Account
from motcua.accounts.rules.acting import MemberRole
from motcua.kernel.actors import Actor, ActorKind
from motcua.kernel.errors import Forbidden


@dataclass(frozen=True, slots=True)
class Standing:
    """Of an officer's account: whether it is open under a password that its owner chose, and as what."""

    is_open: bool
    is_admin: bool


def standing_of(actor: Actor) -> Standing:
    """The system (installation, import) counts as an administrator; nobody but officers has any standing."""
    if actor.kind is ActorKind.SYSTEM:
        return Standing(is_open=True, is_admin=True)
    if not actor.is_officer or not actor.id.isdigit():
        return Standing(is_open=False, is_admin=False)
    rows = Account.objects.filter(
        pk=int(actor.id), kind=AccountKind.OFFICER, is_active=True, must_change_password=False
    )
    is_admin = rows.values_list("is_admin", flat=True).first()
    return Standing(is_open=is_admin is not None, is_admin=bool(is_admin))


def may_administer(actor: Actor) -> bool:
    """The system (installation, import), or an active administrator who uses a password of their own."""
    return standing_of(actor).is_admin


def must_administer(actor: Actor) -> None:
    """Raise Forbidden unless the actor may create, deactivate and unlock officers' accounts."""
    if not may_administer(actor):
        raise Forbidden


def may_change_own(actor: Actor, account_id: int) -> bool:
    """Passwords and profile data are changed by their owner only."""
    return actor.kind is not ActorKind.SYSTEM and actor.id == str(account_id)


def may_run_organisation(role: MemberRole) -> bool:
    """Only a legal representative invites, gives roles, removes and passes on."""
    return role is MemberRole.OWNER
