"""Closing an agency for some time: who is touched is counted and kept, who is concerned is told.

No promise moves by it (ADR 0018). The agency settles before the closure, or its leader apologises in time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from types import MappingProxyType
from uuid import UUID

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app

from motcua.agencies import queries as agencies
from motcua.agencies import services as agency_services
from motcua.agencies.rules.cards import ClosureCard
from motcua.agencies.services import ClosureWish, HoursWish
from motcua.audit import services as audit
from motcua.catalogue import queries as catalogue
from motcua.dossiers import policy, queries
from motcua.dossiers.queries import LettersBefore, Promised, TouchedCounts, TouchedPage, TouchedTerms
from motcua.dossiers.rules.state import State
from motcua.dossiers.services.notices import applicants_of
from motcua.kernel.actors import Actor
from motcua.kernel.dates import day_in_words, in_words
from motcua.notify import queries as notify_queries
from motcua.notify import services as notify
from motcua.worktime.rules import Closure, NewHours, local

TASK = "dossiers.tell_of_closure"
PIECE = 200
CALLED = 50  # how many who must be told by the desk stand on a page
WHY_CALLED = "không báo được lịch nghỉ, phải báo trực tiếp"
# Processes look at calendars every few seconds; what one still promises by the old one is told of, too.
SETTLED_AFTER = {"seconds": 15}


@dataclass(frozen=True, slots=True)
class Unreached:
    """Whom nothing reaches, so that the desk must tell them. `name`, `phone` and `address` are empty for who
    may not see them, the latter two also where none is known. `renewed_at`: the new date, where a letter of
    apology has set one."""

    dossier_id: str
    code: str
    name: str
    phone: str
    address: str
    due_at: datetime
    renewed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ClosureReach:
    """How many of those whose date falls into a closure are written to, and the others: `unreached` in all,
    `lines` those of this page, `after` what the next page begins behind, empty at the end."""

    reached: int
    unreached: int
    lines: tuple[Unreached, ...]
    after: str
    ways: WaysToTell


@dataclass(frozen=True, slots=True)
class WaysToTell:
    """Of how many that nothing reaches a telephone is known, of how many an address alone, of how many
    neither."""

    phones: int
    addresses: int
    nothing: int


@dataclass(frozen=True, slots=True)
class ClosurePlan:
    """What a closure would do, before it is announced. `seen` goes back with the announcement.

    `terms`, `letters` and `reach` stand beside the first page of dossiers only.
    """

    closure: Closure
    counts: TouchedCounts
    page: TouchedPage
    terms: tuple[TouchedTerms, ...]
    seen: str
    reach: ClosureReach | None = None
    letters: LettersBefore | None = None


def plan_closure(*, actor: Actor, at: datetime, wish: ClosureWish, after: str | None = None) -> ClosurePlan:
    """The preview: nothing is written. Raises what `agencies.services.planned_closure` refuses."""
    seen = agencies.closures_mark(wish.agency_id)
    posts = agencies.positions_of(int(actor.id), local(at).date()) if actor.is_officer else frozenset()
    with_names = policy.works_on_all_of(posts, wish.agency_id)
    closure = agency_services.planned_closure(actor=actor, at=at, wish=wish, posts=posts)
    concerned = queries.promised_within(wish.agency_id, closure)
    told = {each.id for each in concerned if each.is_reachable}
    return ClosurePlan(
        closure,
        queries.touched_counts(wish.agency_id, closure, promised=concerned),
        queries.touched(
            wish.agency_id, closure, after=after, named_in=[wish.agency_id] if with_names else ()
        ),
        () if after else queries.touched_terms(wish.agency_id, closure, with_names=with_names),
        seen,
        None if after else _reach(actor, at, concerned, told, "", is_named=with_names),
        None if after else queries.letters_before(wish.agency_id, closure, at, with_names=with_names),
    )


def reach_of_closure(*, actor: Actor, at: datetime, card: ClosureCard, after: str = "") -> ClosureReach:
    """Of the open dossiers whose date falls into a closure: to how many the notice went, or will go while
    applicants were not told yet, and whom it does not reach. Who was given a new date since, by a letter of
    apology, is among the latter if that letter did not reach them. Names and numbers are shown, and the
    reading recorded, as in the preview.

    Basis: DL24-5.4 (notices on intake and return are public).
    """
    posts = agencies.positions_of(int(actor.id), local(at).date()) if actor.is_officer else frozenset()
    put_off = {each.id: each for each in _put_off(card)}
    standing = [each for each in queries.promised_within(card.agency_id, card.span) if each.id not in put_off]
    concerned = tuple(sorted((*standing, *put_off.values()), key=lambda each: (each.due_at, each.id)))
    noticed = _noticed(card, concerned)
    informed = {each.id for each in standing if each.id in noticed}
    informed |= {each.id for each in put_off.values() if each.is_reachable}
    found = _reach(
        actor,
        at,
        concerned,
        informed,
        after,
        is_named=policy.works_on_all_of(posts, card.agency_id),
        renewed={each.id: each.renewed_at for each in put_off.values()},
    )
    return replace(found, reached=len(noticed))


def _noticed(card: ClosureCard, concerned: Iterable[Promised]) -> set[UUID]:
    if card.told_at is None:
        return {each.id for each in concerned if each.is_reachable}
    told = notify_queries.last_told(["dossier.closure"], [str(each.id) for each in concerned])
    since = card.told_at  # an earlier closure was told of by the same letter
    return {each.id for each in concerned if str(each.id) in told and told[str(each.id)] >= since}


@dataclass(frozen=True, slots=True, kw_only=True)
class _PutOff(Promised):
    """Somebody with a new date: `due_at` is the one before, `is_reachable` whether the letter of apology went
    out to them."""

    renewed_at: datetime


def _put_off(card: ClosureCard) -> tuple[_PutOff, ...]:
    found = queries.put_off_since(card.agency_id, card.span, card.announced_at)
    if not found:
        return ()
    told = notify_queries.last_told(["dossier.extended"], [str(identity) for identity, _ in found])
    return tuple(_put_off_of(identity, state, told.get(str(identity))) for identity, state in found)


def _put_off_of(identity: UUID, state: State, told_at: datetime | None) -> _PutOff:
    letter, applicant = state.apologies[-1], state.contents.applicant
    return _PutOff(
        identity,
        state.reference,
        applicant.name,
        applicant.phone,
        applicant.address,
        local(letter.was_due_at),
        told_at is not None and told_at >= letter.at,
        renewed_at=local(letter.due_at),
    )


def _reach(
    actor: Actor,
    at: datetime,
    concerned: tuple[Promised, ...],
    reached: Iterable[UUID],
    after: str,
    *,
    is_named: bool,
    renewed: Mapping[UUID, datetime] = MappingProxyType({}),
) -> ClosureReach:
    told = frozenset(reached)
    others = [each for each in concerned if each.id not in told]
    begin = next((place + 1 for place, each in enumerate(others) if str(each.id) == after), 0)
    page = others[begin : begin + CALLED]
    lines = tuple(
        Unreached(
            str(each.id), each.code, each.name, each.phone, each.address, each.due_at, renewed.get(each.id)
        )
        for each in page
    )
    if not is_named:
        lines = tuple(replace(each, name="", phone="", address="") for each in lines)
    elif lines:
        what = [f"dossier:{each.dossier_id}" for each in lines]
        audit.record_reads(actor=actor, what=what, why=WHY_CALLED, at=at)
    more = lines[-1].dossier_id if begin + len(page) < len(others) else ""
    phones = sum(bool(each.phone) for each in others)
    addresses = sum(bool(each.address) and not each.phone for each in others)
    ways = WaysToTell(phones, addresses, len(others) - phones - addresses)
    return ClosureReach(len(concerned) - len(others), len(others), lines, more, ways)


@dataclass(frozen=True, slots=True)
class HoursPlan:
    """What new opening hours would do, before they are published: to dossiers of the agency and of the
    `followers` below it, which have no hours of their own."""

    hours: NewHours
    followers: int
    counts: TouchedCounts
    page: TouchedPage


def plan_hours(*, actor: Actor, at: datetime, wish: HoursWish, after: str | None = None) -> HoursPlan:
    """The preview: nothing is written. Raises what `agencies.services.planned_hours` refuses."""
    hours = agency_services.planned_hours(actor=actor, at=at, wish=wish)
    posts = agencies.positions_of(int(actor.id), local(at).date())
    followers = agencies.followers(wish.agency_id, hours.first_day)
    both = queries.both_calendars((wish.agency_id, *followers), hours)
    named_in = {each for each in (wish.agency_id, *followers) if policy.works_on_all_of(posts, each)}
    return HoursPlan(
        hours,
        len(followers),
        queries.touched_counts(wish.agency_id, hours, both=both),
        queries.touched(wish.agency_id, hours, after=after, named_in=named_in, both=both),
    )


def close_agency(*, actor: Actor, at: datetime, wish: ClosureWish, seen: str) -> ClosureCard:
    """Announce the closure, tell the agency's officers, and let applicants be told who would come in vain.

    Raises what `agencies.services.announce_closure` refuses.

    Basis: DL24-5.4 (notices on intake and return are public).
    """
    closure = agency_services.planned_closure(actor=actor, at=at, wish=wish)
    promised = queries.promised_within(wish.agency_id, closure)  # looked at before anything is locked
    counts = queries.touched_counts(wish.agency_id, closure, promised=promised)
    with transaction.atomic():
        card = agency_services.announce_closure(
            actor=actor, at=at, wish=wish, seen=seen, moved=counts.moved, in_vain=counts.in_vain
        )
        _tell_officers("desk.closure", card, at)
        app.configure_task(TASK, schedule_in=SETTLED_AFTER).defer(closure_id=card.id, is_withdrawn=False)
    return card


@transaction.atomic
def reopen_agency(*, actor: Actor, at: datetime, closure_id: int) -> ClosureCard:
    """Withdraw a closure that has not begun; who was told of it is told of this.

    Raises NotFound, Forbidden, ClosureHasBegun.
    """
    card = agency_services.withdraw_closure(actor=actor, at=at, closure_id=closure_id)
    _tell_officers("desk.closure_withdrawn", card, at)
    app.configure_task(TASK).defer(closure_id=card.id, is_withdrawn=True)
    return card


@transaction.atomic
def tell_of_closure(*, closure_id: int, is_withdrawn: bool, at: datetime) -> int:
    """Tell the applicants whose date lies within the closure, once; how many dossiers they were told of.

    Their date stays as it was promised; they are told when somebody will be there.
    """
    card = agency_services.closure_to_tell(closure_id=closure_id, is_withdrawn=is_withdrawn, at=at)
    if card is None:
        return 0
    key = "dossier.closure_withdrawn" if is_withdrawn else "dossier.closure"
    count = 0
    concerned = queries.promised_within(card.agency_id, card.span)
    for first in range(0, len(concerned), PIECE):
        piece = [each.id for each in concerned[first : first + PIECE]]
        for identity, state in queries.states_of(piece):
            posted = notify.post(
                key=key,
                recipients=applicants_of(state, at),
                context=_context(card) | _about(card, state),
                about=str(identity),
                at=at,
            )
            count += posted > 0
    return count


def in_words_of(span: Closure) -> str:
    """`ngày 24 tháng 3 năm 2026`, several days, or from one moment to another, as letters write it."""
    starts, ends = local(span.starts_at), local(span.ends_at)
    if starts.time() == ends.time() == time():
        last = ends.date() - timedelta(days=1)
        if last == starts.date():
            return day_in_words(last)
        return f"từ {day_in_words(starts.date())} đến hết {day_in_words(last)}"
    return f"từ {in_words(starts)} đến {in_words(ends)}"


def _tell_officers(key: str, card: ClosureCard, at: datetime) -> None:
    officers = agencies.colleagues_of([card.agency_id], local(at).date())
    names = {officer.account_id: officer.full_name for officer in officers}
    told = [notify.Recipient(account_id, None, name) for account_id, name in names.items()]
    path = f"/noi-bo/lich-nghi/nghi/{card.id}/"
    context = _context(card) | {
        "moved": str(card.moved) if card.moved else "",
        "in_vain": str(card.in_vain) if card.in_vain else "",
        "link": f"{settings.PUBLIC_URL}{path}",
    }
    notify.post(key=key, recipients=told, context=context, about=f"closure:{card.id}", at=at)


def _context(card: ClosureCard) -> dict[str, str]:
    return {
        "agency": agencies.agency(card.agency_id).name,
        "when": in_words_of(card.span),
        **_edges(card.span),
        "reason": card.span.reason,
        "hotline": settings.HOTLINE,
    }


def _edges(span: Closure) -> dict[str, str]:
    """For subjects and English letters: the days where whole ones are closed, else the moments."""
    starts, ends = local(span.starts_at), local(span.ends_at)
    if starts.time() == ends.time() == time():
        first, last = starts.date(), ends.date() - timedelta(days=1)
        return {"first": f"{first:%d/%m/%Y}", "last": f"{last:%d/%m/%Y}" if last != first else ""}
    return {"starts": f"{starts:%H:%M %d/%m/%Y}", "ends": f"{ends:%H:%M %d/%m/%Y}"}


def _about(card: ClosureCard, state: State) -> dict[str, str]:
    assert state.due_at is not None
    calendar = agencies.calendar_of(card.agency_id, local(state.received_at or state.due_at).date())
    applicant = state.contents.applicant
    return {
        "applicant": applicant.name,
        "is_organisation": "1" if applicant.organisation_number else "",
        "code": state.reference,
        "procedure": catalogue.sheet(state.target.procedure_version_id).matter,
        "due": in_words(state.due_at),
        "due_at": state.due_at.isoformat(),
        "opening": in_words(calendar.next_opening(state.due_at)),
        "opens": local(calendar.next_opening(state.due_at)).strftime("%H:%M %d/%m/%Y"),
        "link": f"{settings.PUBLIC_URL}/tra-cuu/{state.reference}",
    }
