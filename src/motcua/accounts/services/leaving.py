"""A citizen closes their own account. What was filed stays; what was only here ends with it (ADR 0069).

The row stays, for dossiers and records name it. It is no account any more: nobody logs in, nobody finds it by
its number or mailbox, and both can be registered anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from motcua.accounts.enums import CodePurpose
from motcua.accounts.errors import FieldErrors
from motcua.accounts.models import Account, EmailCode, Mandate, Membership
from motcua.accounts.ports import letters
from motcua.accounts.queries import sharing as shared
from motcua.accounts.rules.acting import MemberRole
from motcua.accounts.rules.sharing import WORDING
from motcua.accounts.services import codes, logins, mandates, organisations, proofs
from motcua.accounts.services.sharing import choose_sharing
from motcua.audit import services as audit
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden

# Django has no FOR SHARE.
_HOLD = "SELECT closed_at FROM accounts_account WHERE id = ANY(%s) ORDER BY id FOR SHARE"


def ask_to_close(*, actor: Actor, password: str, at: datetime) -> None:
    """Send the code that closes the account to its confirmed mailbox. Nothing has changed yet.

    Raises FieldErrors for `password`, CodeSentRecently, TooManyTries, Forbidden.
    """
    proved = proofs.proved_by(actor=actor, typed=password, at=at)
    with transaction.atomic():
        account = mandates.own_citizen(actor)
        if proved != account.password:
            raise FieldErrors({"password": proofs.WRONG_CURRENT})
        codes.send(account, CodePurpose.CLOSE_ACCOUNT, at)


def is_proved(*, actor: Actor, code: str, at: datetime) -> bool:
    """Whether the code is the right one; it is spent then, else the try counts. Locks the account until the
    caller's transaction ends. Raises Forbidden for an account that was closed meanwhile."""
    account = proofs.own_account(actor, locked=True)
    if not account.is_citizen:
        raise Forbidden
    found = codes.matches(account.pk, CodePurpose.CLOSE_ACCOUNT, code, at)
    if found is not None:
        codes.spend(found, at)
    return found is not None


def only_owner_of(account_id: int) -> tuple[tuple[int, str, bool], ...]:
    """(id, name, whether others belong to it) of the organisations whose only representative this is."""
    others = Membership.objects.filter(
        organisation_id=OuterRef("organisation_id"), ended_at__isnull=True, account__isnull=False
    ).exclude(account_id=account_id)
    owners = others.filter(role=MemberRole.OWNER.value, account__is_active=True)
    mine = Membership.objects.filter(
        ~Exists(owners), account_id=account_id, role=MemberRole.OWNER.value, ended_at__isnull=True
    )
    rows = mine.annotate(has_others=Exists(others)).order_by("organisation__name", "id")
    return tuple(rows.values_list("organisation_id", "organisation__name", "has_others"))


def close(*, actor: Actor, at: datetime) -> None:
    """End all that hangs on the account, and the account; those at the other ends are told. Within the
    caller's transaction, which has seen that the owner wants it.

    Raises LastOwner, StillInUse, Forbidden.
    """
    account = mandates.own_citizen(actor)
    alone = {each for each, _, has_others in only_owner_of(account.pk) if not has_others}
    mine = Membership.objects.filter(account=account, ended_at__isnull=True).order_by("id")
    for organisation_id in list(mine.values_list("organisation_id", flat=True)):
        is_alone = organisation_id in alone
        leave = organisations.close_organisation if is_alone else organisations.leave_organisation
        leave(actor=actor, organisation_id=organisation_id, at=at)
    held = Mandate.objects.filter(ended_at__isnull=True).order_by("id")
    for mandate_id in [*held.filter(giver=account).values_list("pk", flat=True),
                       *held.filter(receiver=account).values_list("pk", flat=True)]:  # fmt: skip
        mandates.end_mandate(actor=actor, mandate_id=mandate_id, at=at)
    if shared.may_share(account.pk):
        choose_sharing(actor=actor, at=at, is_allowed=False, wording=WORDING)
    EmailCode.objects.filter(account=account, used_at__isnull=True).update(used_at=at)
    _shut(account, at)
    letters()(
        key="account.closed",
        account_id=account.pk,
        address=account.email,
        name=account.full_name,
        context={"moment_at": at.isoformat()},
        at=at,
    )
    audit.record_act(actor=actor, act="account_closed", what=f"account:{account.pk}", at=at, facts={})


def _shut(account: Account, at: datetime) -> None:
    """Name, number and mailbox stay with what was filed; what nothing needs any more goes."""
    account.is_active, account.closed_at = False, at
    account.phone, account.address, account.date_of_birth = "", "", None
    account.set_unusable_password()
    account.save(update_fields=["is_active", "closed_at", "phone", "address", "date_of_birth", "password"])
    logins.end_all(account, None)


def hold_open(account_ids: Iterable[str]) -> bool:
    """Keep these accounts from being closed until the caller's transaction ends; False if one of them is
    closed already. Whoever closes one at this moment is waited for.

    Whatever comes to belong to an account asks this before it is written: closing looks only once.
    """
    wanted = sorted({int(each) for each in account_ids if each})
    if not wanted:
        return True
    # A closing holds the row so that others may refer to it (`proofs.own_account`):
    # a share alone keeps them apart.
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [wanted])
        return all(closed_at is None for (closed_at,) in cursor.fetchall())
