"""Organisations and their people. Whoever declares one says that they are its legal representative."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from motcua.accounts import policy
from motcua.accounts.errors import (
    AlreadyDeclared,
    AlreadyThere,
    FieldErrors,
    InvitationSettled,
    LastOwner,
    OthersAreThere,
    StillInUse,
    TooManyOrganisations,
    TooManyPeople,
)
from motcua.accounts.models import Account, Membership, Organisation
from motcua.accounts.ports import is_in_use, letters
from motcua.accounts.queries import acting as queries
from motcua.accounts.rules import acting, entries, identifiers
from motcua.accounts.rules.acting import MemberRole, NumberKind
from motcua.accounts.rules.limits import limit
from motcua.accounts.services.mandates import addressee, own_citizen
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden, NotFound

if TYPE_CHECKING:
    from django.db.models import QuerySet


def declare_organisation(
    *,
    actor: Actor,
    name: str,
    number_kind: NumberKind,
    number: str,
    address: str,
    phone: str,
    email: str,
    at: datetime,
) -> int:
    """Open an organisation with oneself as its legal representative; answers its id.

    It stays declared until a register can prove it: another may declare the same number, and neither learns
    of the other; who belongs to one of this number is told of it. Raises FieldErrors, AlreadyDeclared,
    TooManyOrganisations, Forbidden.

    Basis: DL24-6.3, PT24-6.1.a, PT24-1.2; by reference Luật Doanh nghiệp 2020 Đ12 (memory).
    """
    known = acting.organisation_number(number_kind, number)
    tidy, place = " ".join(name.split()), " ".join(address.split())
    errors = acting.check_organisation(name=tidy, number=known, kind=number_kind, address=place)
    errors |= faults_of_contacts(phone, email)
    with transaction.atomic():
        account = own_citizen(actor)
        if errors:
            raise FieldErrors(errors)
        _must_be_new(account, number_kind, known)
        most = limit("organisation.most_owned")
        if _open().filter(account=account, role=MemberRole.OWNER.value).count() >= most:
            raise TooManyOrganisations(most=most)
        assert known is not None
        row = Organisation.objects.create(
            name=tidy,
            number_kind=number_kind.value,
            number=known,
            address=place,
            phone=identifiers.line(phone) or "",
            email=identifiers.email(email) or "",
            email_verified_at=proved_by(account, identifiers.email(email) or ""),
            declared_at=at,
        )
        _begin(row.pk, account, MemberRole.OWNER, account, at)
    return int(row.pk)


def invite_member(
    *, actor: Actor, organisation_id: int, number: str, name: str, role: MemberRole, at: datetime
) -> None:
    """Invite somebody by number and name; whether they have an account is not told.

    Raises FieldErrors, AlreadyThere, TooManyPeople, NotFound, Forbidden.
    """
    known, tidy = identifiers.personal_id(number), entries.written_name(name)
    errors = entries.check_name(tidy, field="name")
    if known is None:
        errors["number"] = entries.BAD_PERSONAL_ID
    with transaction.atomic():
        account, organisation = as_owner(actor, organisation_id)
        if errors:
            raise FieldErrors(errors)
        here = list(_open().filter(organisation=organisation).values_list("number", flat=True))
        if known in here:
            raise AlreadyThere
        most = limit("organisation.most_people")
        if len(here) >= most:
            raise TooManyPeople(most=most)
        assert known is not None
        row = Membership.objects.create(
            organisation=organisation,
            number=known,
            name=tidy,
            role=role.value,
            invited_by=account,
            invited_at=at,
        )
        _tell_invited(row, account, "organisation.invited", organisation, at)


def accept_invitation(*, actor: Actor, membership_id: int, at: datetime) -> int:
    """Join; answers the organisation's id. Raises NotFound, InvitationSettled, Forbidden."""
    with transaction.atomic():
        account = own_citizen(actor)
        row = _invitation(membership_id, account)
        row.account, row.accepted_at = account, at
        row.save(update_fields=["account", "accepted_at"])
        _tell(row.invited_by, "organisation.joined", account.full_name, row.organisation, at)
    return int(row.organisation_id)


def decline_invitation(*, actor: Actor, membership_id: int, at: datetime) -> None:
    """Do not join; who invited is told. Raises NotFound, InvitationSettled, Forbidden."""
    with transaction.atomic():
        account = own_citizen(actor)
        row = _invitation(membership_id, account)
        _end(row, account, at)
        _tell(row.invited_by, "organisation.declined", account.full_name, row.organisation, at)


def change_role(
    *, actor: Actor, organisation_id: int, membership_id: int, role: MemberRole, at: datetime
) -> None:
    """Give somebody another role. Raises NotFound, LastOwner, Forbidden."""
    with transaction.atomic():
        account, organisation = as_owner(actor, organisation_id)
        row = _member(organisation, membership_id)
        if row.role != role.value:
            _must_not_be_last_owner(row)
            _replace(row, role, account, at)
            _tell_other(row, account, "organisation.changed", organisation, at, role)


def pass_on(*, actor: Actor, organisation_id: int, membership_id: int, at: datetime) -> None:
    """Hand the place of legal representative to another member; the actor goes on as one who files.

    Raises NotFound, Forbidden.
    """
    with transaction.atomic():
        account, organisation = as_owner(actor, organisation_id)
        row = _member(organisation, membership_id)
        if row.account_id is None or row.account_id == account.pk:
            raise NotFound
        if row.role != MemberRole.OWNER.value:
            _replace(row, MemberRole.OWNER, account, at)
        _replace(_open().get(organisation=organisation, account=account), MemberRole.FILER, account, at)
        _tell_other(row, account, "organisation.changed", organisation, at, MemberRole.OWNER)


def remove_member(*, actor: Actor, organisation_id: int, membership_id: int, at: datetime) -> None:
    """End somebody's membership or take an invitation back. Raises NotFound, LastOwner, Forbidden."""
    with transaction.atomic():
        account, organisation = as_owner(actor, organisation_id)
        row = _member(organisation, membership_id)
        _must_not_be_last_owner(row)
        _end(row, account, at)
        _tell_other(row, account, "organisation.removed", organisation, at)
        if row.account_id is None:
            _tell_invited(row, account, "organisation.withdrawn", organisation, at)


def leave_organisation(*, actor: Actor, organisation_id: int, at: datetime) -> None:
    """Leave; from this moment nothing of the organisation is seen. Its legal representatives are told.

    Raises NotFound, LastOwner, Forbidden.
    """
    with transaction.atomic():
        account = own_citizen(actor)
        organisation = _locked(organisation_id)
        row = _open().filter(organisation=organisation, account=account).first()
        if row is None:
            raise NotFound
        _must_not_be_last_owner(row)
        _end(row, account, at)
        for owner in _open().filter(organisation=organisation, role=MemberRole.OWNER.value).order_by("id"):
            _tell_other(owner, account, "organisation.left", organisation, at)


def close_organisation(*, actor: Actor, organisation_id: int, at: datetime) -> None:
    """End an organisation on the portal in which nobody is left but its legal representative: invitations are
    withdrawn, and what was settled of it is seen by nobody any more. It may be declared anew.

    Raises NotFound, OthersAreThere, StillInUse, Forbidden.
    """
    with transaction.atomic():
        account, organisation = as_owner(actor, organisation_id)
        # Locked: whoever is invited may be accepting now, and belongs to it then.
        rows = list(_open().select_for_update().filter(organisation=organisation).order_by("id"))
        if any(row.account_id not in (None, account.pk) for row in rows):
            raise OthersAreThere
        if is_in_use(organisation_id):
            raise StillInUse
        for row in rows:
            _end(row, account, at)
            if row.account_id is None:
                _tell_invited(row, account, "organisation.withdrawn", organisation, at)


def faults_of_contacts(phone: str, email: str) -> dict[str, str]:
    """What is wrong with what was typed; both may be left empty."""
    errors = {}
    if phone and identifiers.line(phone) is None:
        errors["phone"] = entries.BAD_LINE
    if email and identifiers.email(email) is None:
        errors["email"] = entries.BAD_EMAIL
    return errors


def proved_by(account: Account, email: str) -> datetime | None:
    """When this mailbox was confirmed as the account's own; None if it is another."""
    return account.email_verified_at if email and email == account.email else None


def _must_be_new(account: Account, kind: NumberKind, number: str | None) -> None:
    rows = _open().filter(
        account=account, organisation__number_kind=kind.value, organisation__number=number or ""
    )
    row = rows.select_related("organisation").order_by("id").first()
    if row is not None:
        raise AlreadyDeclared(name=row.organisation.name, organisation_id=row.organisation_id)


def as_owner(actor: Actor, organisation_id: int) -> tuple[Account, Organisation]:
    """The actor and the organisation, both locked. Raises NotFound for strangers, Forbidden for others."""
    account = own_citizen(actor)
    organisation = _locked(organisation_id)
    row = _open().filter(organisation=organisation, account=account).first()
    if row is None:
        raise NotFound
    if not policy.may_run_organisation(MemberRole(row.role)):
        raise Forbidden
    return account, organisation


def _locked(organisation_id: int) -> Organisation:
    found = (
        Organisation.objects.select_for_update(of=("self",), no_key=True).filter(pk=organisation_id).first()
    )
    if found is None:
        raise NotFound
    return found


def _invitation(membership_id: int, account: Account) -> Membership:
    rows = Membership.objects.select_for_update(of=("self",)).select_related("organisation", "invited_by")
    row = rows.filter(pk=membership_id, number=account.personal_id).first()
    if row is None or not acting.is_named(account.full_name, row.name):
        raise NotFound
    if not queries.is_invited(row, account):
        raise InvitationSettled
    return row


def _member(organisation: Organisation, membership_id: int) -> Membership:
    """Locked: whoever is invited accepts by the membership alone, without the organisation."""
    rows = _open().select_for_update(of=("self",)).select_related("account")
    row = rows.filter(organisation=organisation, pk=membership_id).first()
    if row is None:
        raise NotFound
    return row


def _must_not_be_last_owner(row: Membership) -> None:
    if row.account_id is not None and queries.is_last_owner(row.account_id, row.organisation_id):
        raise LastOwner


def _replace(row: Membership, role: MemberRole, by: Account, at: datetime) -> None:
    """Another role is another row, so that it can be told who might do what when."""
    _end(row, by, at)
    Membership.objects.create(
        organisation_id=row.organisation_id,
        account=row.account,
        number=row.number,
        name=row.name,
        role=role.value,
        invited_by=by,
        invited_at=at if row.account_id else row.invited_at,
        accepted_at=at if row.account_id else None,
    )


def _begin(organisation_id: int, account: Account, role: MemberRole, by: Account, at: datetime) -> None:
    Membership.objects.create(
        organisation_id=organisation_id,
        account=account,
        number=account.personal_id or "",
        name=account.full_name,
        role=role.value,
        invited_by=by,
        invited_at=at,
        accepted_at=at,
    )


def _end(row: Membership, by: Account, at: datetime) -> None:
    row.ended_at, row.ended_by = at, by
    row.save(update_fields=["ended_at", "ended_by"])


def _tell_invited(row: Membership, by: Account, key: str, organisation: Organisation, at: datetime) -> None:
    """Tell whoever has number and name of an invitation by now; they may have come later, or not at all."""
    invited = addressee(row.number, row.name)
    if invited is not None and invited.pk != by.pk:
        page = f"{settings.PUBLIC_URL}/tai-khoan/to-chuc/loi-moi/{row.pk}/"
        link = page if row.ended_at is None else ""  # then there is none any more
        _tell(invited, key, by.full_name, organisation, at, link=link)


def _tell_other(
    row: Membership,
    by: Account,
    key: str,
    organisation: Organisation,
    at: datetime,
    role: MemberRole | None = None,
) -> None:
    """Tell whose membership changed, unless they did it themselves or never accepted."""
    if row.account is not None and row.account_id != by.pk:
        _tell(row.account, key, by.full_name, organisation, at, role)


def _tell(
    account: Account,
    key: str,
    other: str,
    organisation: Organisation,
    at: datetime,
    role: MemberRole | None = None,
    link: str = "",
) -> None:
    named = {"role": role.value} if role else {}
    letters()(
        key=key,
        account_id=account.pk,
        address=account.email,
        name=account.full_name,
        context={"other": other, "organisation": organisation.name, "link": link} | named,
        at=at,
    )


def _open() -> QuerySet[Membership]:
    """What has not ended."""
    return Membership.objects.filter(ended_at__isnull=True)
