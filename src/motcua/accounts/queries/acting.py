"""Who acts for whom: mandates and organisations as their people see them, and what an account may do now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Q

from motcua.accounts.models import Account, Mandate, Membership, Organisation
from motcua.accounts.rules import acting
from motcua.accounts.rules.acting import Grant, MemberRole, NumberKind, Proof
from motcua.kernel.errors import NotFound
from motcua.worktime.rules import local

MANDATE_KEY, ORGANISATION_KEY = "uy-quyen-", "to-chuc-"
ACTING = (MemberRole.OWNER.value, MemberRole.FILER.value)
_MOST = 200  # of one person's mandates and memberships on a page


@dataclass(frozen=True, slots=True)
class MandateCard:
    """A mandate as giver or receiver sees it. `other` is the name of the one at the other end: what the giver
    typed until it is accepted. `standing` is waiting, ahead, in_force, over, declined, withdrawn or ended."""

    id: int
    is_given: bool
    other: str
    number: str
    since: date
    until: date
    procedures: tuple[str, ...]
    paper: str
    offered_at: datetime
    accepted_at: datetime | None
    ended_at: datetime | None
    ended_by_giver: bool
    standing: str


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in an organisation, or invited into it; `account_id` is None for who has not accepted."""

    id: int
    account_id: int | None
    name: str
    number: str
    role: MemberRole
    invited_at: datetime
    accepted_at: datetime | None


@dataclass(frozen=True, slots=True)
class OrganisationCard:
    """An organisation as one of its people sees it; `own` is their own membership or invitation."""

    id: int
    name: str
    number_kind: NumberKind
    number: str
    address: str
    phone: str
    email: str
    is_email_confirmed: bool  # else no letter goes there
    proof: Proof
    declared_at: datetime
    own: Member


def grants_of(account_id: int | str, on: date) -> tuple[Grant, ...]:
    """What the account may do for others on the day, mandates first. Two queries.

    Basis: KT22-1.2.c, PT24-8.2.
    """
    number = int(account_id)
    given = Mandate.objects.filter(
        receiver_id=number, ended_at__isnull=True, since__lte=on, until__gte=on, giver__is_active=True
    ).select_related("giver")
    within = Membership.objects.filter(account_id=number, ended_at__isnull=True)
    return (
        *(_grant_of_mandate(row) for row in given.order_by("giver__sort_key", "-until")[:_MOST]),
        *(
            _grant_of_member(row)
            for row in within.select_related("organisation").order_by("organisation__name", "id")[:_MOST]
        ),
    )


def _grant_of_mandate(row: Mandate) -> Grant:
    return Grant(
        key=f"{MANDATE_KEY}{row.pk}",
        name=row.giver.full_name,
        number=row.giver.personal_id or "",
        may_act=True,
        principal_id=str(row.giver_id),
        procedures=frozenset(row.procedures),
        file_id=str(row.paper),
        since=row.since,
        until=row.until,
    )


def _grant_of_member(row: Membership) -> Grant:
    return Grant(
        key=f"{ORGANISATION_KEY}{row.organisation_id}",
        name=row.organisation.name,
        number=row.organisation.number,
        may_act=row.role in ACTING,
        organisation_id=str(row.organisation_id),
        role=MemberRole(row.role),
        is_proved=row.organisation.proof == Proof.PROVED,
    )


def acting_members(organisation_id: int | str) -> tuple[tuple[int, str, str], ...]:
    """(account id, name, e-mail) of those who may act for an organisation now: they are told what happens."""
    rows = Membership.objects.filter(
        organisation_id=int(organisation_id), ended_at__isnull=True, account__isnull=False, role__in=ACTING
    )
    return tuple(rows.order_by("id").values_list("account_id", "account__full_name", "account__email"))


def mailbox_of(organisation_id: int | str) -> str:
    """The mailbox to which letters of an organisation go besides those to its people; empty while none is
    confirmed."""
    rows = Organisation.objects.filter(pk=int(organisation_id), email_verified_at__isnull=False)
    return rows.values_list("email", flat=True).first() or ""


def is_last_owner(account_id: int | str, organisation_id: int | str) -> bool:
    """Whether the account is the one legal representative of the organisation who can log in. One query."""
    owners = Membership.objects.filter(
        organisation_id=int(organisation_id), ended_at__isnull=True, role=MemberRole.OWNER.value
    ).filter(account__isnull=False)
    found = set(owners.values_list("account_id", "account__is_active"))
    own = int(account_id)
    return any(each == own for each, _ in found) and not any(each != own and active for each, active in found)


def with_acting_members(organisation_ids: Iterable[int]) -> frozenset[int]:
    """Those of the organisations for which somebody may act now. One query."""
    rows = Membership.objects.filter(
        organisation_id__in=set(organisation_ids),
        ended_at__isnull=True,
        account__isnull=False,
        role__in=ACTING,
    )
    return frozenset(rows.values_list("organisation_id", flat=True).distinct())


def holds_mandate(receiver_id: int | str, giver_id: int | str, procedure_code: str, on: date) -> bool:
    """Whether one account may act for another in this procedure on the day. One query."""
    rows = Mandate.objects.filter(
        receiver_id=int(receiver_id),
        giver_id=int(giver_id),
        ended_at__isnull=True,
        since__lte=on,
        until__gte=on,
        giver__is_active=True,
    )
    return any(not codes or procedure_code in codes for codes in rows.values_list("procedures", flat=True))


@dataclass(frozen=True, slots=True)
class Lapsed:
    """The end of a mandate that one account gave another: ended by either (`ended_at`), or run out after its
    last day."""

    name: str  # of who gave it
    last_day: date
    ended_at: datetime | None

    @property
    def ran_out(self) -> bool:
        """Whether it came to its last day: nobody ended it, or only afterwards."""
        return self.ended_at is None or self.ended_at.date() > self.last_day


def last_lapsed(receiver_id: int | str, giver_id: int | str, procedure_code: str, on: date) -> Lapsed | None:
    """How the newest mandate that held in this procedure came to its end; None where there was none. One
    query."""
    rows = Mandate.objects.filter(
        Q(ended_at__isnull=False) | Q(until__lt=on),
        receiver_id=int(receiver_id),
        giver_id=int(giver_id),
        accepted_at__isnull=False,
    ).select_related("giver")
    ends = [
        Lapsed(row.giver.full_name, row.until, local(row.ended_at) if row.ended_at else None)
        for row in rows.order_by("-id")[:_MOST]
        if not row.procedures or procedure_code in row.procedures
    ]
    return max(ends, key=_end_of, default=None)


def _end_of(lapsed: Lapsed) -> date:
    return min(lapsed.last_day, lapsed.ended_at.date()) if lapsed.ended_at else lapsed.last_day


@dataclass(frozen=True, slots=True)
class Departed:
    """How somebody came to belong to an organisation no more: by their own step, or taken out by another."""

    name: str  # of the organisation
    at: datetime
    has_left: bool


def departed(account_id: int | str, organisation_id: int | str) -> Departed | None:
    """How the newest membership of an account in an organisation ended; None where it never belonged to it,
    or does still. One query."""
    rows = Membership.objects.filter(
        organisation_id=int(organisation_id), account_id=int(account_id), accepted_at__isnull=False
    )
    row = rows.select_related("organisation").order_by("-id").first()
    if row is None or row.ended_at is None:
        return None
    return Departed(row.organisation.name, local(row.ended_at), row.ended_by_id == row.account_id)


@dataclass(frozen=True, slots=True)
class RunningOut:
    """A mandate that holds and will soon have had its last day; both sides by account and name."""

    id: int
    giver_id: int
    giver: str
    receiver_id: int
    receiver: str
    until: date


def running_out(on: date, days: int) -> tuple[RunningOut, ...]:
    """The mandates that hold and end within so many days, the first to end first. One query.

    Not those that were accepted within these days: both sides have just read the last day.
    """
    ahead = timedelta(days=days)
    rows = (
        Mandate.objects.filter(
            ended_at__isnull=True, since__lte=on, until__gte=on, until__lte=on + ahead, giver__is_active=True
        )
        .filter(accepted_at__isnull=False)
        .select_related("giver", "receiver")
        .order_by("until", "id")
    )
    return tuple(
        RunningOut(
            row.pk, row.giver_id, row.giver.full_name, row.receiver.pk, row.receiver.full_name, row.until
        )
        for row in rows
        if row.receiver and row.accepted_at and local(row.accepted_at).date() < row.until - ahead
    )


def mandates_of(account_id: int, on: date) -> tuple[MandateCard, ...]:
    """The mandates that an account gave, received or is offered, the newest first."""
    account = Account.objects.get(pk=account_id)
    rows = Mandate.objects.filter(Q(giver=account) | Q(receiver=account) | _offered_to(account))
    found = rows.select_related("giver", "receiver").order_by("-id")[:_MOST]
    return tuple(_card(row, account, on) for row in found if _may_see(row, account))


def offers_to(account_id: int, on: date) -> tuple[tuple[MandateCard, ...], tuple[OrganisationCard, ...]]:
    """The mandates and the invitations into organisations that wait for the account's word."""
    account = Account.objects.get(pk=account_id)
    mandates = Mandate.objects.filter(_offered_to(account)).select_related("giver", "receiver")
    offered = (_card(row, account, on) for row in mandates.order_by("-id")[:_MOST] if _may_see(row, account))
    members = Membership.objects.filter(_invited(account), ended_at__isnull=True)
    invited = members.select_related("organisation", "account").order_by("organisation__name", "id")[:_MOST]
    return (
        tuple(each for each in offered if not each.is_given and each.standing == "waiting"),
        tuple(_organisation(row) for row in invited if is_invited(row, account)),
    )


def mandate(account_id: int, mandate_id: int, on: date) -> MandateCard:
    """One mandate, for giver or receiver. Raises NotFound for everybody else."""
    account = Account.objects.get(pk=account_id)
    row = Mandate.objects.select_related("giver", "receiver").filter(pk=mandate_id).first()
    if row is None or not _may_see(row, account):
        raise NotFound
    return _card(row, account, on)


def _offered_to(account: Account) -> Q:
    return Q(receiver__isnull=True, ended_at__isnull=True, receiver_number=account.personal_id)


def _may_see(row: Mandate, account: Account) -> bool:
    return account.pk in (row.giver_id, row.receiver_id) or is_offered_to(row, account)


def is_offered_to(row: Mandate, account: Account) -> bool:
    """Whether the mandate went to this account, by number and name, and nobody took it."""
    is_free = row.receiver_id is None and row.giver_id != account.pk
    return is_free and _is_meant(account, row.receiver_number, row.receiver_name)


def _is_meant(account: Account, number: str, name: str) -> bool:
    is_them = account.is_citizen and account.is_active and account.email_verified_at is not None
    return is_them and number == account.personal_id and acting.is_named(account.full_name, name)


def _card(row: Mandate, account: Account, on: date) -> MandateCard:
    is_given = row.giver_id == account.pk
    other = row.receiver.full_name if row.receiver else row.receiver_name
    number = row.receiver_number if is_given else row.giver.personal_id or ""
    return MandateCard(
        id=row.pk,
        is_given=is_given,
        other=other if is_given else row.giver.full_name,
        number=number,
        since=row.since,
        until=row.until,
        procedures=tuple(row.procedures),
        paper=str(row.paper),
        offered_at=row.offered_at,
        accepted_at=row.accepted_at,
        ended_at=row.ended_at,
        ended_by_giver=row.ended_by_id == row.giver_id,
        standing=_standing(row, on),
    )


def _standing(row: Mandate, on: date) -> str:
    if row.ended_at is not None:
        if row.accepted_at is None:
            return "withdrawn" if row.ended_by_id == row.giver_id else "declined"
        return "ended"
    if row.until < on:
        return "over"
    if row.accepted_at is None:
        return "waiting"
    return "in_force" if row.since <= on else "ahead"


def organisations_of(account_id: int) -> tuple[OrganisationCard, ...]:
    """The organisations that an account is in or invited into, by name."""
    account = Account.objects.get(pk=account_id)
    rows = Membership.objects.filter(Q(account=account) | _invited(account), ended_at__isnull=True)
    found = rows.select_related("organisation", "account").order_by("organisation__name", "id")[:_MOST]
    return tuple(_organisation(row) for row in found if row.account_id or is_invited(row, account))


def organisation(account_id: int, organisation_id: int) -> OrganisationCard:
    """One organisation, for its people. Raises NotFound for everybody else."""
    rows = Membership.objects.filter(
        organisation_id=organisation_id, account_id=account_id, ended_at__isnull=True
    )
    row = rows.select_related("organisation", "account").first()
    if row is None:
        raise NotFound
    return _organisation(row)


@dataclass(frozen=True, slots=True)
class Invitation:
    """Into which organisation somebody is invited, and the name of who invites them."""

    organisation: OrganisationCard
    by: str


def invitation(account_id: int, membership_id: int) -> Invitation:
    """An invitation to this account. Raises NotFound."""
    account = Account.objects.get(pk=account_id)
    rows = Membership.objects.select_related("organisation", "account", "invited_by")
    row = rows.filter(pk=membership_id).first()
    if row is None or not is_invited(row, account):
        raise NotFound
    return Invitation(_organisation(row), row.invited_by.full_name)


@dataclass(frozen=True, slots=True)
class Declared:
    """An organisation as a desk finds it by its number; `owners` are the names of its representatives,
    `owner_ids` their accounts in the same order."""

    id: int
    name: str
    address: str
    is_proved: bool
    owners: tuple[str, ...]
    owner_ids: tuple[int, ...]


def organisations_of_numbers(
    numbers: Iterable[tuple[NumberKind, str]],
) -> dict[tuple[NumberKind, str], tuple[Declared, ...]]:
    """The organisations declared under each of these numbers, a proved one first, then as they came.

    Several may stand under one: whoever declares one proves nothing by it. One that was closed is none. Two
    queries, none if nothing is asked.

    Basis: DL24-6.3, PT24-6.1.a.
    """
    found: dict[tuple[NumberKind, str], list[Declared]] = {each: [] for each in numbers}
    if not found:
        return {}
    asked = reduce(or_, (Q(number_kind=kind.value, number=number) for kind, number in found))
    rows = list(Organisation.objects.filter(asked).order_by("id")[: _MOST * len(found)])
    owners: dict[int, list[tuple[int, str]]] = {row.pk: [] for row in rows}
    belonging = Membership.objects.filter(
        organisation__in=rows, role=MemberRole.OWNER.value, ended_at__isnull=True, account__isnull=False
    )
    for organisation_id, account_id, name in belonging.order_by("id").values_list(
        "organisation_id", "account_id", "account__full_name"
    ):
        owners[organisation_id].append((account_id, name))
    for row in rows:
        if owners[row.pk]:  # an organisation has its last one until it is closed
            found[NumberKind(row.number_kind), row.number].append(_declared(row, owners[row.pk]))
    return {key: tuple(sorted(each, key=lambda one: not one.is_proved)) for key, each in found.items()}


def _declared(row: Organisation, owners: list[tuple[int, str]]) -> Declared:
    return Declared(
        id=row.pk,
        name=row.name,
        address=row.address,
        is_proved=row.proof == Proof.PROVED.value,
        owners=tuple(name for _, name in owners),
        owner_ids=tuple(account_id for account_id, _ in owners),
    )


def members(organisation_id: int) -> tuple[Member, ...]:
    """Everybody in an organisation and everybody invited, as they came."""
    rows = Membership.objects.filter(organisation_id=organisation_id, ended_at__isnull=True)
    return tuple(_member(row) for row in rows.select_related("account").order_by("id")[:_MOST])


def _invited(account: Account) -> Q:
    return Q(account__isnull=True, number=account.personal_id)


def is_invited(row: Membership, account: Account) -> bool:
    """Whether the invitation waits for this account: its number and its name were both typed."""
    is_open = row.account_id is None and row.ended_at is None
    return is_open and _is_meant(account, row.number, row.name)


def waiting(account_id: int, on: date) -> int:
    """How many mandates and invitations wait for this account's answer."""
    return sum(map(len, offers_to(account_id, on)))


def _organisation(row: Membership) -> OrganisationCard:
    of = row.organisation
    return OrganisationCard(
        id=of.pk,
        name=of.name,
        number_kind=NumberKind(of.number_kind),
        number=of.number,
        address=of.address,
        phone=of.phone,
        email=of.email,
        is_email_confirmed=of.email_verified_at is not None,
        proof=Proof(of.proof),
        declared_at=of.declared_at,
        own=_member(row),
    )


def _member(row: Membership) -> Member:
    return Member(
        id=row.pk,
        account_id=row.account_id,
        name=row.account.full_name if row.account else row.name,
        number=row.number,
        role=MemberRole(row.role),
        invited_at=row.invited_at,
        accepted_at=row.accepted_at,
    )
