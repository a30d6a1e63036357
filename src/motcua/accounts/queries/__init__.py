"""Looking accounts up. Everything handed out is a frozen card, never a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.contrib.sessions.models import Session

from motcua.accounts.enums import AccountKind
from motcua.accounts.models import Account, Login, TermsAcknowledgement
from motcua.accounts.rules import identifiers
from motcua.accounts.rules.browsers import Device
from motcua.accounts.rules.terms import TermsVersion
from motcua.kernel.actors import Actor, ActorKind
from motcua.kernel.errors import NotFound
from motcua.kernel.text import fold


@dataclass(frozen=True, slots=True)
class AccountCard:
    """One account as others may see it."""

    id: int
    kind: str
    username: str | None
    full_name: str
    personal_id: str | None
    phone: str
    email: str
    email_is_verified: bool
    address: str
    date_of_birth: date | None
    language: str
    is_active: bool
    is_admin: bool
    must_change_password: bool
    sort_key: str
    registered_at: datetime
    logged_in_at: datetime | None = field(default=None, compare=False)  # the last time; None: never
    identity_checked_at: datetime | None = (
        None  # an officer saw that card, person and account belong together
    )

    @property
    def is_citizen(self) -> bool:
        return self.kind == AccountKind.CITIZEN

    @property
    def is_identity_checked(self) -> bool:
        """Whether number and name are more than a claim of whoever registered."""
        return self.identity_checked_at is not None

    @property
    def is_officer(self) -> bool:
        return self.kind == AccountKind.OFFICER


def card_of(account: Account) -> AccountCard:
    """The card of a row already at hand."""
    return AccountCard(
        id=account.pk,
        kind=account.kind,
        username=account.username,
        full_name=account.full_name,
        personal_id=account.personal_id,
        phone=account.phone,
        email=account.email,
        email_is_verified=account.email_verified_at is not None,
        address=account.address,
        date_of_birth=account.date_of_birth,
        language=account.language,
        is_active=account.is_active,
        is_admin=account.is_admin,
        must_change_password=account.must_change_password,
        sort_key=account.sort_key,
        registered_at=account.created_at,
        logged_in_at=account.last_login,
        identity_checked_at=account.identity_checked_at,
    )


def actor_of(account: Account | AccountCard) -> Actor:
    """The account as the one who acts; no query."""
    kind = ActorKind.OFFICER if account.is_officer else ActorKind.CITIZEN
    return Actor(kind, str(account.id), account.full_name)


def account_card(account_id: int | str) -> AccountCard:
    """The account behind an id. Raises NotFound."""
    number = str(account_id)
    is_number = number.isascii() and number.isdigit() and len(number) < 19
    account = Account.objects.filter(pk=int(number)).first() if is_number else None
    if account is None:
        raise NotFound
    return card_of(account)


def cards(account_ids: Iterable[int | str]) -> dict[int, AccountCard]:
    """The accounts behind several ids, by id, in one query; unknown ids are left out."""
    return {row.pk: card_of(row) for row in Account.objects.filter(pk__in=list(account_ids))}


@dataclass(frozen=True, slots=True)
class LoginCard:
    """One device on which somebody is logged in; `is_here` is the one that asks."""

    id: int
    device: Device
    began_at: datetime
    seen_at: datetime
    is_here: bool


def logins(account_id: int, *, here: str, at: datetime) -> tuple[LoginCard, ...]:
    """Where an account is logged in now: this device (its session is `here`) first, then the last seen."""
    rows = list(Login.objects.filter(account_id=account_id).order_by("-seen_at", "-id")[:50])
    keys = [row.session_key for row in rows]
    living = Session.objects.filter(session_key__in=keys, expire_date__gt=at)
    alive = set(living.values_list("session_key", flat=True))
    found = [
        LoginCard(row.pk, Device(row.browser, row.system), row.began_at, row.seen_at, row.session_key == here)
        for row in rows
        if row.session_key in alive
    ]
    return tuple(sorted(found, key=lambda card: not card.is_here))


def acknowledged_at(account_id: int, version: TermsVersion) -> datetime | None:
    """When the account last acknowledged these terms of use; None if it never did."""
    rows = TermsAcknowledgement.objects.filter(
        account_id=account_id, regulation=version.regulation, since=version.since
    )
    return rows.order_by("-id").values_list("at", flat=True).first()


def find_citizen(personal_id: str) -> AccountCard | None:
    """The confirmed citizen with this personal id, for the counter; None if there is none."""
    return find_citizens([personal_id]).get(personal_id)


def find_citizens(personal_ids: Iterable[str]) -> dict[str, AccountCard]:
    """The confirmed citizens with these personal ids, by the id as it was given. One query at most."""
    numbers = {each: number for each in personal_ids if (number := identifiers.personal_id(each))}
    if not numbers:
        return {}
    rows = Account.objects.filter(
        kind=AccountKind.CITIZEN,
        personal_id__in=set(numbers.values()),
        email_verified_at__isnull=False,
        is_active=True,
    )
    found = {row.personal_id: card_of(row) for row in rows.order_by("-pk")}
    return {each: found[number] for each, number in numbers.items() if number in found}


def same_citizen(
    personal_id: str, *, name: str, born: date | None, known: Mapping[str, AccountCard] | None = None
) -> AccountCard | None:
    """The citizen with this personal id whose name, and birthday where both are known, agree too, and whose
    account an officer has compared with the card.

    Registration proves an e-mail address, never the number: number, name and birthday alone say nothing
    about whose account it is. `known` is what `find_citizens` answered, where it was asked for several.

    Basis: DL24-3.4, DL24-18.5, QN20-26.2; our own reading beyond them (ADR 0029).
    """
    card = find_citizen(personal_id) if known is None else known.get(personal_id)
    if card is None or not card.is_identity_checked or not agrees(card, name=name, born=born):
        return None
    return card


def agrees(card: AccountCard, *, name: str, born: date | None) -> bool:
    """Whether the name, and the birthday where both are known, are those of the account."""
    if fold(card.full_name) != fold(name):
        return False
    return not (born and card.date_of_birth and born != card.date_of_birth)


def find_officer(username: str) -> AccountCard | None:
    """The officer with this username, active or not; None if there is none."""
    account = Account.objects.filter(kind=AccountKind.OFFICER, username=username.strip().lower()).first()
    return None if account is None else card_of(account)


def officers(
    *,
    text: str = "",
    after: AccountCard | None = None,
    among: Iterable[int] | None = None,
    but: Iterable[int] | None = None,
    is_active: bool | None = None,
    limit: int = 50,
) -> tuple[AccountCard, ...]:
    """Officers in the order of a Vietnamese dictionary, from `after` on; `text` filters accent-blind.

    `among` leaves out everybody else, `but` these; either may be a query of ids, which is asked with it.
    """
    rows = Account.objects.filter(kind=AccountKind.OFFICER).order_by("sort_key", "id")
    for word in fold(text).split():
        rows = rows.filter(search_text__contains=word)
    if among is not None:
        rows = rows.filter(pk__in=among)
    if but is not None:
        rows = rows.exclude(pk__in=but)
    if is_active is not None:
        rows = rows.filter(is_active=is_active)
    if after is not None:
        rows = rows.filter(sort_key__gte=after.sort_key).exclude(sort_key=after.sort_key, id__lte=after.id)
    return tuple(card_of(row) for row in rows[:limit])
