"""Mandates: offered to a number and a name, accepted by who has both, ended by either side at any time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from motcua.accounts.enums import AccountKind
from motcua.accounts.errors import FieldErrors, MandateSettled, TooManyMandates
from motcua.accounts.models import Account, Mandate
from motcua.accounts.ports import letters
from motcua.accounts.queries import acting as queries
from motcua.accounts.rules import acting, entries, identifiers
from motcua.accounts.rules.limits import limit
from motcua.accounts.services import proofs
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden, NotFound
from motcua.worktime.rules import local


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody wants to entrust to whom. `procedures` are codes, empty means all; `paper` is the stored
    power of attorney, which the giver has sent."""

    number: str
    name: str
    since: date | None
    until: date | None
    procedures: Sequence[str]
    paper: str


def offer_mandate(*, actor: Actor, offer: Offer, password: str, at: datetime) -> int:
    """Entrust one's matters to somebody; answers the number of the mandate, which waits to be accepted.

    Whether the number and the name have an account is not told: the answer is the same, and whoever comes to
    have both sees the offer. Raises FieldErrors, TooManyMandates, TooManyTries, Forbidden.

    Basis: KT22-1.2.c, PT24-8.2; by reference Bộ luật Dân sự 2015 Đ562, Đ563 (memory).
    """
    number = identifiers.personal_id(offer.number)
    name = entries.written_name(offer.name)
    errors = _faults(offer, number, name, local(at).date())
    proved = proofs.proved_by(actor=actor, typed=password, at=at)
    with transaction.atomic():
        giver = own_citizen(actor)
        if number == giver.personal_id:
            errors["number"] = acting.OWN_NUMBER
        if proved != giver.password:
            errors["password"] = proofs.WRONG_CURRENT
        if errors:
            raise FieldErrors(errors)
        _must_have_room(giver)
        assert number is not None
        assert offer.since is not None
        assert offer.until is not None
        row = Mandate.objects.create(
            giver=giver,
            receiver_number=number,
            receiver_name=name,
            since=offer.since,
            until=offer.until,
            procedures=sorted(set(offer.procedures)),
            paper=UUID(offer.paper),
            offered_at=at,
        )
        _tell_addressee(row, giver, "mandate.offered", at)
    return int(row.pk)


def faults_of_offer(*, actor: Actor, offer: Offer, password: str, at: datetime) -> dict[str, str]:
    """What `offer_mandate` would find wrong with an offer that is not whole yet, by field, so that everything
    is said at once. A password is a try like any other, none typed is not. Raises TooManyTries, Forbidden.
    """
    number = identifiers.personal_id(offer.number)
    errors = _faults(offer, number, entries.written_name(offer.name), local(at).date())
    if number is not None and number == proofs.own_account(actor).personal_id:
        errors["number"] = acting.OWN_NUMBER
    if password and proofs.proved_by(actor=actor, typed=password, at=at) is None:
        errors["password"] = proofs.WRONG_CURRENT
    return errors


def accept_mandate(*, actor: Actor, mandate_id: int, at: datetime) -> None:
    """Take on a mandate that was offered; the giver is told. Raises NotFound, MandateSettled, Forbidden."""
    with transaction.atomic():
        account = own_citizen(actor)
        row = _locked(mandate_id, account)
        is_free = row.receiver_id is None and row.ended_at is None
        if not is_free or row.giver_id == account.pk or row.until < local(at).date():
            raise MandateSettled
        row.receiver, row.accepted_at = account, at
        row.save(update_fields=["receiver", "accepted_at"])
        _tell(row.giver, "mandate.accepted", account.full_name, row, at)


def end_mandate(*, actor: Actor, mandate_id: int, at: datetime) -> None:
    """Revoke, decline or lay down a mandate: from this moment nothing is done under it; who is at the other
    end is told. Raises NotFound, MandateSettled, Forbidden.

    Basis: by reference Bộ luật Dân sự 2015 Đ569 (memory): either side may end it at any time.
    """
    with transaction.atomic():
        account = own_citizen(actor)
        row = _locked(mandate_id, account)
        if row.ended_at is not None:
            raise MandateSettled
        row.ended_at, row.ended_by = at, account
        row.save(update_fields=["ended_at", "ended_by"])
        if account.pk != row.giver_id:
            key = "mandate.ended" if row.accepted_at else "mandate.declined"
            _tell(row.giver, key, account.full_name, row, at)
        elif row.receiver is not None:
            _tell(row.receiver, "mandate.ended", account.full_name, row, at)
        else:
            _tell_addressee(row, account, "mandate.withdrawn", at)


def own_citizen(actor: Actor) -> Account:
    """The actor's own account, a citizen's, locked: two offers at once count one another."""
    account = proofs.own_account(actor, locked=True)
    if not account.is_citizen:
        raise Forbidden
    return account


def addressee(number: str, name: str) -> Account | None:
    """The confirmed citizen with this number and name, to be told what waits for them; None if nobody."""
    rows = Account.objects.filter(
        kind=AccountKind.CITIZEN, personal_id=number, email_verified_at__isnull=False, is_active=True
    )
    account = rows.first()
    return account if account is not None and acting.is_named(account.full_name, name) else None


def _faults(offer: Offer, number: str | None, name: str, today: date) -> dict[str, str]:
    errors = entries.check_name(name, field="name")
    if number is None:
        errors["number"] = entries.BAD_PERSONAL_ID
    if len(set(offer.procedures)) > limit("mandate.most_procedures"):
        errors["procedures"] = acting.TOO_MANY_PROCEDURES
    if not offer.paper:
        errors["paper"] = acting.NO_PAPER
    return errors | acting.check_term(offer.since, offer.until, today)


def _must_have_room(giver: Account) -> None:
    most = limit("mandate.most_waiting")
    waiting = Mandate.objects.filter(giver=giver, accepted_at__isnull=True, ended_at__isnull=True)
    if waiting.count() >= most:
        raise TooManyMandates(most=most)


def _locked(mandate_id: int, account: Account) -> Mandate:
    row = (
        Mandate.objects.select_for_update(of=("self",))
        .select_related("giver", "receiver")
        .filter(pk=mandate_id)
        .first()
    )
    is_theirs = row is not None and account.pk in (row.giver_id, row.receiver_id)
    if row is None or not (is_theirs or queries.is_offered_to(row, account)):
        raise NotFound
    return row


def _tell_addressee(row: Mandate, giver: Account, key: str, at: datetime) -> None:
    """Tell whoever has number and name by now; they may have come after the offer, or not at all."""
    receiver = addressee(row.receiver_number, row.receiver_name)
    if receiver is not None and receiver.pk != giver.pk:
        _tell(receiver, key, giver.full_name, row, at)


def _tell(account: Account, key: str, other: str, row: Mandate, at: datetime) -> None:
    letters()(
        key=key,
        account_id=account.pk,
        address=account.email,
        name=account.full_name,
        context={
            "other": other,
            "since": row.since.isoformat(),
            "until": row.until.isoformat(),
            "link": f"{settings.PUBLIC_URL}/tai-khoan/uy-quyen/{row.pk}/",
        },
        at=at,
    )
