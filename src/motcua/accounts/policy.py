"""Who may do what with accounts. Deny by default."""

from __future__ import annotations

from motcua.accounts.enums import AccountKind
from motcua.accounts.models import Account
from motcua.accounts.rules.acting import MemberRole
from motcua.kernel.actors import Actor, ActorKind
from motcua.kernel.errors import Forbidden


def may_administer(actor: Actor) -> bool:
    """The system (installation, import), or an active administrator who uses a password of their own."""
    if actor.kind is ActorKind.SYSTEM:
        return True
    if not actor.is_officer or not actor.id.isdigit():
        return False
    return Account.objects.filter(
        pk=int(actor.id),
        kind=AccountKind.OFFICER,
        is_active=True,
        is_admin=True,
        must_change_password=False,
    ).exists()


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
