"""What administrators do: agencies, units, people and their posts. Every act goes into the audit chain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q

from motcua.accounts import services as accounts
from motcua.accounts.queries import AccountCard
from motcua.accounts.services.officers import GivenAccount
from motcua.agencies import policy, queries
from motcua.agencies.enums import AgencyLevel, Role, UnitKind
from motcua.agencies.errors import (
    AgencyExists,
    BadAgency,
    BadCode,
    BadReach,
    CodeTaken,
    EndsBeforeItStarts,
    OwnPost,
    ParentBelow,
    PostEndsEarlier,
    PostIsOver,
    RoleNotOfUnit,
    TreeTooDeep,
    UnitExists,
    UnknownAgency,
)
from motcua.agencies.models import Agency, Position, Unit
from motcua.agencies.queries.posts import holding_of
from motcua.agencies.rules import codes, reach, trees
from motcua.agencies.rules.cards import UNITS_OF_ROLE, Holding
from motcua.agencies.services.editions import turn_page, wait_for_the_page
from motcua.agencies.services.importing import import_agencies
from motcua.agencies.services.positions import give_position, locked_position, locked_unit
from motcua.agencies.services.telling import tell_of_account, tell_of_post
from motcua.audit import services as audit
from motcua.kernel.actors import Actor
from motcua.kernel.errors import N_, Forbidden, NotFound
from motcua.kernel.text import visible, visible_line
from motcua.law.services import rests_on
from motcua.worktime.rules import local


@dataclass(frozen=True, slots=True)
class Entry:
    """A new agency as it is entered; without a code it gets a synthetic one that cannot be taken for real."""

    province: str
    name: str
    level: str
    kind: str
    code: str = ""
    parent_key: str = ""
    address: str = ""
    phones: tuple[str, ...] = ()
    email: str = ""
    valid_from: date | None = None


@rests_on()
@transaction.atomic
def add_agency(*, actor: Actor, at: datetime, entry: Entry) -> int:
    """An agency with the usual units of its kind; its id. Raises Forbidden, AgencyExists, BadAgency."""
    if not policy.scope_of(actor, at).is_province:
        raise Forbidden()
    key = trees.slug(entry.name)[:120]
    there = Agency.objects.filter(province=entry.province, key=key).values_list("name", flat=True).first()
    if there is not None:
        raise AgencyExists(name=there)
    valid_from = entry.valid_from
    if (
        valid_from is None and entry.level == AgencyLevel.DISTRICT
    ):  # without a day it would have been for ever
        valid_from = local(at).date()
    row = {
        "key": key,
        "province": entry.province,
        "name_vi": entry.name,
        "level": entry.level,
        "kind": entry.kind,
        "code": entry.code or None,
        "parent": entry.parent_key or None,
        "address": entry.address,
        "phones": list(entry.phones),
        "email": entry.email,
        "valid_from": valid_from.isoformat() if valid_from else None,
        "valid_to": None,
        "marks": {"entered": "by an administrator"},
    }
    report = import_agencies(rows=[{k: v for k, v in row.items() if v is not None}], actor=actor, at=at)
    if report.failures:
        failure = report.failures[0]
        raise BadAgency(reason=failure.reason.rstrip("."), column=failure.field)
    agency = Agency.objects.get(province=entry.province, key=key)
    facts = {k: str(v) if isinstance(v, date) else v for k, v in asdict(entry).items()}
    facts["phones"] = "; ".join(entry.phones)
    _record(actor, "agency_added", f"agency:{agency.pk}", at, facts)
    return agency.pk


@rests_on()
@transaction.atomic
def change_agency(
    *,
    actor: Actor,
    at: datetime,
    agency_id: int,
    name: str,
    address: str,
    phones: Sequence[str] | None = None,
    email: str | None = None,
) -> None:
    """Name, address, numbers and mailbox of an agency; None leaves number or mailbox as it is.

    Raises Forbidden, UnknownAgency, BadReach.

    Basis: QN20-18, DL24-11.3.
    """
    if not policy.scope_of(actor, at).is_province:
        raise Forbidden()
    wait_for_the_page()
    queries.agency(agency_id)
    agency = Agency.objects.select_for_update(no_key=True).get(id=agency_id)
    agency.name, agency.address = visible_line(name), visible(address)
    _reach(agency, agency.phones if phones is None else phones, agency.email if email is None else email)
    agency.save()
    facts = {
        "name": agency.name,
        "address": agency.address,
        "phones": "; ".join(agency.phones),
        "email": agency.email,
    }
    _record(actor, "agency_changed", f"agency:{agency_id}", at, facts)
    turn_page()


@rests_on(add_agency)
@transaction.atomic
def identify_agency(*, actor: Actor, at: datetime, agency_id: int, code: str, parent_id: int | None) -> None:
    """Another code, another agency above. Whether dossiers bear the code, `dossiers` asks first.

    Raises Forbidden, UnknownAgency, BadCode, CodeTaken, ParentBelow, TreeTooDeep.
    """
    if not policy.scope_of(actor, at).is_province:
        raise Forbidden()
    wait_for_the_page()  # two at once could make a ring
    queries.agency(agency_id)
    agency = Agency.objects.select_for_update(no_key=True).get(id=agency_id)
    was: dict[str, Any] = {"code_was": agency.code, "parent_was": agency.parent_id}
    if code != agency.code:
        _give_code(agency, code)
    if parent_id != agency.parent_id:
        _check_place(agency, parent_id)
        agency.parent_id = parent_id
    agency.save()
    facts = {"name": agency.name, "code": agency.code, "parent": parent_id} | was
    _record(actor, "agency_identified", f"agency:{agency_id}", at, facts)
    turn_page()


def _give_code(agency: Agency, code: str) -> None:
    if not codes.is_real(code):
        raise BadCode()
    there = Agency.objects.filter(province=agency.province).filter(Q(code=code) | Q(legacy_code=code))
    name = there.exclude(pk=agency.pk).values_list("name", flat=True).first()
    if name is not None:
        raise CodeTaken(name=name)
    if agency.code and agency.legacy_code == codes.legacy_of(agency.code):
        agency.legacy_code = ""  # the older form of the code that was wrong
    agency.code, agency.code_is_synthetic = code, False


def _check_place(agency: Agency, parent_id: int | None) -> None:
    """No agency stands above itself, and no tree is deeper than there are levels."""
    parents: dict[int, int | None] = dict(
        Agency.objects.filter(province=agency.province).values_list("id", "parent_id")
    )
    if parent_id is not None and parent_id not in parents:
        raise UnknownAgency()
    parents[agency.pk] = parent_id
    if agency.pk in _line(parents, parent_id):
        raise ParentBelow()
    if any(len(line) > len(AgencyLevel) for each in parents if agency.pk in (line := _line(parents, each))):
        raise TreeTooDeep()


def _line(parents: dict[int, int | None], start: int | None) -> set[int]:
    found: set[int] = set()
    while start is not None and start not in found:
        found.add(start)
        start = parents.get(start)
    return found


def _reach(agency: Agency, phones: Sequence[str], email: str) -> None:
    """Numbers and mailbox as they are from now on; what somebody wrote is no sample any more."""
    faults: dict[str, str] = {}
    if len(phones) > reach.MOST_PHONES or not all(map(reach.is_phone, phones)):
        faults["phones"] = N_("Số điện thoại chưa đúng, hoặc nhiều hơn ba số.")
    if email and not reach.is_mailbox(email):
        faults["email"] = N_("Địa chỉ thư điện tử chưa đúng.")
    if faults:
        raise BadReach(faults)
    if (list(phones), email) != (list(agency.phones), agency.email):
        agency.marks = {key: mark for key, mark in agency.marks.items() if key != "contact"}
    agency.phones, agency.email = list(phones), email


@rests_on(policy.scope_of, policy.is_told)
@transaction.atomic
def add_unit(*, actor: Actor, at: datetime, agency_id: int, name: str, kind: UnitKind) -> int:
    """A new unit of an agency; its id. Raises Forbidden, UnitExists."""
    policy.must_administer(actor, agency_id, at)
    wait_for_the_page()
    queries.agency(agency_id)
    clean = visible_line(name)
    position = Unit.objects.filter(agency_id=agency_id).count()
    try:
        with transaction.atomic():
            unit = Unit.objects.create(
                agency_id=agency_id,
                key=trees.slug(clean)[:80],
                name=clean,
                kind=kind.value,
                position=position,
                mark="entered",
            )
    except IntegrityError:
        raise UnitExists() from None
    facts = {"agency": agency_id, "name": clean, "kind": kind.value}
    _record(actor, "unit_added", f"unit:{unit.pk}", at, facts)
    turn_page()
    return unit.pk


@rests_on(policy.scope_of, policy.is_told)
@transaction.atomic
def rename_unit(*, actor: Actor, at: datetime, unit_id: int, name: str) -> None:
    """Raises UnknownUnit, Forbidden."""
    wait_for_the_page()
    card = queries.unit(unit_id)
    policy.must_administer(actor, card.agency_id, at)
    clean = visible_line(name)
    Unit.objects.filter(id=unit_id).update(name=clean)
    _record(actor, "unit_renamed", f"unit:{unit_id}", at, {"from": card.name, "to": clean})
    turn_page()


@rests_on(policy.scope_of, policy.is_told)
@transaction.atomic
def appoint(
    *,
    actor: Actor,
    at: datetime,
    account_id: int,
    unit_id: int,
    role: Role,
    valid_from: date,
    valid_to: date | None = None,
) -> int:
    """Give an officer a post at a unit for some time; its id.

    Nobody appoints themselves, and only the province makes administrators of agencies.
    Raises UnknownUnit, Forbidden, OwnPost, RoleNotOfUnit, EndsBeforeItStarts, PositionOverlaps.

    Basis: DL24-11.6.
    """
    scope = policy.must_administer(actor, queries.unit(unit_id).agency_id, at)
    return _appoint(scope, actor, at, account_id, unit_id, role, valid_from, valid_to)


def _appoint(
    scope: policy.Scope,
    actor: Actor,
    at: datetime,
    account_id: int,
    unit_id: int,
    role: Role,
    valid_from: date,
    valid_to: date | None = None,
) -> int:
    unit = queries.unit(unit_id)
    if role is Role.ADMIN and not scope.is_province:
        raise Forbidden()
    if actor.id == str(account_id):
        raise OwnPost()
    if unit.kind not in UNITS_OF_ROLE[role]:
        raise RoleNotOfUnit()
    if valid_to and valid_to < valid_from:
        raise EndsBeforeItStarts()
    position = give_position(
        account_id=account_id,
        unit_id=unit_id,
        role=role,
        actor=actor,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    held = queries.holding(position)
    assert held is not None
    days = {"from": str(valid_from), "to": str(valid_to or "")}
    tell_of_post(actor, at, account_id, unit_id, first=valid_from, last=valid_to)
    _record(actor, "post_given", f"account:{account_id}", at, _facts(held) | days)
    return position


@rests_on(policy.scope_of, policy.is_told)
@transaction.atomic
def relieve(*, actor: Actor, at: datetime, position_id: int, last_day: date) -> None:
    """End a post after its last day; the day that it has already is no act.

    An end only comes nearer: a day more is given by `appoint`, with all that it asks, and so is a post that
    is over.

    Raises NotFound, Forbidden, OwnPost, PostIsOver, PostEndsEarlier, EndsBeforeItStarts.

    Basis: DL24-11.6.
    """
    row = _may_end(actor, at, position_id)
    if row.valid_to and last_day > row.valid_to:
        raise PostEndsEarlier(day=row.valid_to)
    if row.valid_from and last_day < row.valid_from:
        raise EndsBeforeItStarts()
    if last_day == row.valid_to:  # pressed twice: nothing changes, nothing is told
        return
    row.valid_to = last_day
    row.save(update_fields=["valid_to"])
    held = holding_of(row)
    tell_of_post(actor, at, held.account_id, held.unit_id, first=None, last=last_day)
    _record(actor, "post_ended", f"account:{held.account_id}", at, _facts(held) | {"to": str(last_day)})


@rests_on(policy.scope_of, policy.is_told)
@transaction.atomic
def take_back(*, actor: Actor, at: datetime, position_id: int) -> None:
    """End the rights of a post at once, on the day it began too: one that was given by mistake.

    Of a post that began before today yesterday is the last day; one that begins today or later is gone, as no
    day of it is left. The chain of acts keeps which it was, from when, and the moment; what its holder did
    meanwhile stays with their name. Raises NotFound, Forbidden, OwnPost, PostIsOver.

    Basis: DL24-11.6.
    """
    row, today = _may_end(actor, at, position_id), local(at).date()
    held = holding_of(row)
    if row.valid_from and row.valid_from >= today:
        row.delete()
    else:
        row.valid_to = today - timedelta(days=1)
        row.save(update_fields=["valid_to"])
    days = {"from": str(row.valid_from or "")}
    tell_of_post(actor, at, held.account_id, held.unit_id, first=None, last=None)
    _record(actor, "post_taken_back", f"account:{held.account_id}", at, _facts(held) | days)


@rests_on(names="account.officer_issuer")
@transaction.atomic
def add_officer(
    *,
    actor: Actor,
    at: datetime,
    full_name: str,
    username: str,
    email: str = "",
    phone: str = "",
    unit_id: int | None = None,
    role: Role | None = None,
    valid_from: date | None = None,
) -> GivenAccount:
    """An account with a password to be changed, and its first post, by whom the regulation has issue them.

    Who issues for all agencies gives the first post at any of them, or leaves it to the agency; who does so
    for an agency must name one there. Raises Forbidden, IssuedElsewhere, FieldErrors and what `appoint`
    refuses.

    Basis: KT22-22.6, DL24-6.2, PT24-3.4, QN20-4.3#1; our own reading beyond them (reading A46).
    """
    scope = policy.scope_of(actor, at)
    agency_id = None if unit_id is None else queries.unit(unit_id).agency_id
    policy.must_issue(scope, agency_id, settings.PROVINCE, local(at).date())
    if unit_id is not None:
        locked_unit(unit_id)  # before the chain of acts, to which the account is written first
    given = accounts.create_officer(
        actor=actor, at=at, full_name=full_name, username=username, email=email, phone=phone, granted=True
    )
    if unit_id is not None and role is not None:
        _appoint(scope, actor, at, given.account.id, unit_id, role, valid_from or local(at).date())
    return given


@rests_on(policy.scope_of, policy.is_told)
@transaction.atomic
def change_officer(
    *,
    actor: Actor,
    at: datetime,
    account_id: int,
    full_name: str | None = None,
    phone: str | None = None,
    email: str | None = None,
) -> AccountCard:
    """Name, telephone, e-mail; None leaves as it is. Raises Forbidden, NotFound, FieldErrors.

    Basis: DL24-11.6.
    """
    _must_look_after(actor, account_id, at)
    card = accounts.change_officer(
        actor=actor, account_id=account_id, at=at, full_name=full_name, phone=phone, email=email, granted=True
    )
    tell_of_account(actor, at, account_id, "is_corrected")
    return card


@rests_on(policy.scope_of, policy.is_told)
def give_password(*, actor: Actor, at: datetime, account_id: int) -> GivenAccount:
    """Raises Forbidden, NotFound."""
    _must_look_after(actor, account_id, at)
    return accounts.give_password(actor=actor, account_id=account_id, at=at, granted=True)


@rests_on(policy.scope_of, policy.is_told)
def unlock(*, actor: Actor, at: datetime, account_id: int) -> AccountCard:
    """Raises Forbidden, NotFound."""
    _must_look_after(actor, account_id, at)
    return accounts.unlock(actor=actor, account_id=account_id, at=at, granted=True)


@rests_on(policy.scope_of, policy.is_told)
@transaction.atomic
def open_or_close(*, actor: Actor, at: datetime, account_id: int, is_active: bool) -> AccountCard:
    """Raises Forbidden (also for one's own account), NotFound.

    Basis: DL24-11.6.
    """
    _must_look_after(actor, account_id, at)
    card = accounts.set_active(actor=actor, account_id=account_id, is_active=is_active, at=at, granted=True)
    tell_of_account(actor, at, account_id, "is_opened" if is_active else "is_blocked")
    return card


def _must_look_after(actor: Actor, account_id: int, at: datetime) -> None:
    if not policy.may_look_after(policy.scope_of(actor, at), account_id, at):
        raise Forbidden()


def _may_end(actor: Actor, at: datetime, position_id: int) -> Position:
    """The row of a post that is not over, locked, for whom may end it.

    Raises NotFound, Forbidden, OwnPost, PostIsOver.
    """
    row = locked_position(position_id)
    if row is None:
        raise NotFound()
    policy.must_administer(actor, row.unit.agency_id, at)
    if actor.id == str(row.account_id):
        raise OwnPost()
    if row.valid_to and row.valid_to < local(at).date():
        raise PostIsOver()
    return row


def _facts(held: Holding) -> dict[str, Any]:
    """Who holds which post where, for the log of the officer and that of the agency (`at`)."""
    return {
        "at": f"agency:{held.agency_id}",
        "name": held.full_name,
        "username": held.username,
        "unit": held.unit_id,
        "unit_name": held.unit_name,
        "role": held.role.value,
    }


def _record(actor: Actor, act: str, what: str, at: datetime, facts: dict[str, Any]) -> None:
    audit.record_act(actor=actor, act=act, what=what, at=at, facts=facts)
